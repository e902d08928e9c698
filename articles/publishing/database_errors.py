"""What an error of the database says: that it is away, or that we asked it something that it refuses."""

import sqlite3

from django.db import InterfaceError, OperationalError

# https://www.postgresql.org/docs/current/errcodes-appendix.html: classes 08, connection exceptions, and 57P,
# the server shuts down, has crashed or does not take connections yet; 53300, it has too many.
GONE = ("08", "57P", "53300")
# The file can't be opened or read.
CANNOT_BE_READ = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}


def is_away(error: BaseException | None) -> bool:
    """Whether the database can't be reached, so that the same request may be well in a moment.

    Not a deadlock, a statement or a lock that took too long, or more variables than a query may have: those
    are faults of ours, and the next request would meet them too.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        # The last byte is the kind, the others say more of it. A misuse of the module has no code.
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in CANNOT_BE_READ
    # Of a server that nobody could speak to there is no code.
    code = getattr(cause, "sqlstate", None)
    return code is None or code.startswith(GONE)
