"""Tells whether an error means that the database is away, or that it refuses what we asked."""

import sqlite3

from django.db import InterfaceError, OperationalError

# https://www.postgresql.org/docs/current/errcodes-appendix.html: classes 08, connection exceptions, and 57P,
# the server shuts down, has crashed or does not take connections yet; 53300, it has too many.
GONE = ("08", "57P", "53300")
# SQLite's codes for a file that can't be opened or read.
CANNOT_BE_READ = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}


def is_away(error: BaseException | None) -> bool:
    """Whether the database can't be reached, so that the same request may succeed in a moment.

    False for a deadlock, for a statement or lock that took too long, and for too many variables in a query.
    These are our own faults, and the next request would have the same error.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        # The last byte of the code is the kind of error, the other bytes give details. Errors of the Python
        # module itself have no code.
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in CANNOT_BE_READ
    # There is no code if the server could not be reached at all.
    code = getattr(cause, "sqlstate", None)
    return code is None or code.startswith(GONE)
