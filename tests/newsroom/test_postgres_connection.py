"""Against a real PostgreSQL: what is told of a server that is away, or there and silent."""

import subprocess
import sys

import psycopg
import pytest
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool, PoolTimeout

from newsroom.postgres_connection import Connection, pool_of
from tests.servers import free_port
from tests.servers.application import ROOT

# A reader's first request for a page that is not printed, with the application as a server has it.
READER = """
import django, newsroom.wsgi
from django.db import connection
from articles.press.render.printer import DatabaseAway, Printer
from articles.press.shelf.files import the_shelf
connection.pool.pop_stats()
try:
    Printer(the_shelf()).print_if_missing("/world/")
except DatabaseAway:
    print(connection.pool.get_stats()["requests_num"])
"""


@pytest.fixture
def url(postgres):
    return postgres.database_url("postgres")


@pytest.fixture
def connection(url):
    with Connection.connect(url, autocommit=True) as connection:
        yield connection


class TestConnection:
    def test_waits_for_a_command_as_long_as_it_takes(self, connection):
        assert Connection.patience is None
        assert connection.execute("SELECT pg_sleep(1), 7").fetchone()[1] == 7

    def test_of_a_server_gives_up_a_query_that_is_not_answered(self, connection, monkeypatch):
        monkeypatch.setattr(Connection, "patience", 0.2)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT pg_sleep(60)")
        assert connection.closed

    def test_goes_on_after_an_error_of_the_query(self, connection, monkeypatch):
        monkeypatch.setattr(Connection, "patience", 20)
        with pytest.raises(psycopg.errors.DivisionByZero):
            connection.execute("SELECT 1 / 0")
        assert connection.execute("SELECT 7").fetchone() == (7,)


class TestPool:
    def pool(self, url):
        return ConnectionPool(
            url, kwargs={"autocommit": True}, open=True, check=ConnectionPool.check_connection, **pool_of(10)
        )

    def test_gives_up_on_a_server_that_is_silent_and_finds_it_again(self, url, postgres):
        with self.pool(url) as pool:
            with pool.connection() as connection:
                assert connection.execute("SELECT 7").fetchone() == (7,)
            with postgres.silent(), pytest.raises(PoolTimeout), pool.connection():
                pass
            assert self.answer(pool) == (7,)

    def test_costs_nobody_an_error_after_the_server_was_started_anew(self, url, postgres):
        with self.pool(url) as pool:
            pool.resize(4)
            pool.wait()
            postgres.kill()
            postgres.start()
            with pool.connection() as connection:
                assert connection.execute("SELECT 7").fetchone() == (7,)

    def answer(self, pool):
        """A new connection may take several tries: the first are answered before it is there."""
        for _ in range(20):
            try:
                with pool.connection() as connection:
                    return connection.execute("SELECT 7").fetchone()
            except PoolTimeout:
                continue
        return None


class TestReader:
    def test_waits_once_for_a_database_that_refuses(self, tmp_path):
        url = f"postgres://paper@127.0.0.1:{free_port()}/paper"
        done = subprocess.run(
            [sys.executable, "-c", READER],
            env={"PATH": "", "DATABASE_URL": url, "VAR_DIR": str(tmp_path), "PRESS_EMBEDDED": "0"},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.stdout == "1\n", done.stderr


class TestAnArray:
    TEXTS = ['a "quoted" word', "\\", '\\"', "{a,b}", "it's", "NULL", "", " ", "a\nb", "海", "\\u003c", None]

    def test_comes_back_as_it_was_sent(self, url):
        with psycopg.connect(url) as connection:
            for cursor in (psycopg.ClientCursor(connection), connection.cursor()):
                assert cursor.execute("SELECT %s::text[]", [self.TEXTS]).fetchone()[0] == self.TEXTS

    def test_may_hold_json_and_other_arrays(self, url):
        values = [{"a": text} for text in self.TEXTS]
        with psycopg.connect(url) as connection:
            cursor = psycopg.ClientCursor(connection)
            sent = [Jsonb(value) for value in values]
            assert cursor.execute("SELECT %s::jsonb[]", [sent]).fetchone()[0] == values
            nested = [self.TEXTS[:2], self.TEXTS[2:4]]
            assert cursor.execute("SELECT %s::text[][]", [nested]).fetchone()[0] == nested
