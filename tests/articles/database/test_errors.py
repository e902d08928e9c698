import sqlite3

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from psycopg_pool import PoolTimeout

from articles.database.errors import is_away


def raised(error, kind=OperationalError):
    """As Django raises it: its own kind, with the driver's beneath."""
    made = kind(str(error))
    made.__cause__ = error
    return made


def of_sqlite(statement):
    try:
        sqlite3.connect("file:/no/such/folder/paper.sqlite3?mode=rw", uri=True).execute(statement)
    except sqlite3.Error as error:
        return error
    raise AssertionError("there is no such folder")


def locked_file(folder):
    """What the second of two who write gets when it has waited long enough."""
    first, second = (sqlite3.connect(folder / "paper.sqlite3", timeout=0) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as caught:
        second.execute("BEGIN IMMEDIATE")
    first.close(), second.close()
    return caught.value


class TestIsAway:
    @pytest.mark.parametrize(
        "error",
        [
            raised(psycopg.OperationalError("connection refused")),
            raised(PoolTimeout("couldn't get a connection after 5.00 sec")),
            raised(psycopg.errors.ConnectionFailure()),
            raised(psycopg.errors.AdminShutdown()),
            raised(psycopg.errors.CannotConnectNow()),
            raised(psycopg.errors.TooManyConnections()),
            raised(psycopg.InterfaceError("the connection is closed"), InterfaceError),
            raised(of_sqlite("SELECT 1")),
        ],
        ids=lambda error: type(error.__cause__).__name__,
    )
    def test_a_database_that_cannot_be_reached(self, error):
        assert is_away(error)

    @pytest.mark.parametrize(
        "error",
        [
            raised(psycopg.errors.DeadlockDetected()),
            raised(psycopg.errors.SerializationFailure()),
            raised(psycopg.errors.QueryCanceled()),
            raised(psycopg.errors.LockNotAvailable()),
            raised(psycopg.errors.DiskFull()),
            raised(psycopg.errors.UndefinedTable(), ProgrammingError),
        ],
        ids=lambda error: type(error.__cause__).__name__,
    )
    def test_one_that_refuses_what_it_is_asked_is_not_away(self, error):
        assert not is_away(error)

    def test_nor_is_a_file_that_somebody_else_writes_to_for_too_long(self, tmp_path):
        assert not is_away(raised(locked_file(tmp_path)))

    def test_nor_is_it_for_an_error_that_is_no_databases(self):
        assert not is_away(ZeroDivisionError())
        assert not is_away(None)
