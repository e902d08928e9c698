"""PostgreSQL's connections as the site has them: none of them waits for ever.

A database that is stopped refuses connections at once. One whose machine is frozen, or whose network drops
everything, has accepted them and says nothing more. The driver would wait for it without end, and with it the
thread that answers the request.
"""

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.array import ListDumper

# Seconds. A request that finds no connection by then is told that the database is away.
FOR_A_CONNECTION = 0.8
# A connection of the pool that does not say by then that it is well is given up.
FOR_A_SIGN = 0.5
# How long a query may take while a request waits; nginx waits no longer. A command waits as long as it takes.
FOR_AN_ANSWER = 20.0
# Until a new connection is there. libpq waits for no less than two, and for ever if it is not told.
FOR_A_GREETING = 3


class Connection(psycopg.Connection):
    patience: float | None = None

    def execute(self, query, *arguments, **how):
        """The pool sends an empty query before it hands a connection out, to see that it is well."""
        if query:
            return super().execute(query, *arguments, **how)
        self.patience = FOR_A_SIGN
        try:
            return super().execute(query, *arguments, **how)
        except psycopg.OperationalError:
            # The others are of the same server. Looking at one after the other, the pool would pause for a
            # second between two of them, longer than a request waits.
            self._pool.drain()
            raise
        finally:
            del self.patience

    def wait(self, gen, *arguments, **how):
        how.setdefault("timeout", self.patience)
        try:
            return super().wait(gen, *arguments, **how)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                # It may still answer, and that would be taken for the answer to the next query.
                self.pgconn.finish()
            raise


def answers_requests():
    """To be said once by a process that answers requests, before it connects."""
    Connection.patience = FOR_AN_ANSWER


def pool_of(connections):
    """Options of the pool that Django opens, for so many connections at most."""
    return {
        "connection_class": Connection,
        "min_size": 1,
        "max_size": connections,
        "timeout": FOR_A_CONNECTION,
        # After a failed try the pool makes one more, and then none until somebody asks: by itself it would
        # pause longer each time, and find a database that is back only minutes later.
        "reconnect_timeout": 1.0,
    }


class Escapes:
    """What the driver asks of a regular expression, which calls Python for each quotation mark of a text."""

    @staticmethod
    def sub(template, value):
        return bytes(value).replace(b"\\", b"\\\\").replace(b'"', b'\\"')


class QuickListDumper(ListDumper):
    """Arrays, in which Django sends the rows that it writes many at once: whole texts among them."""

    _re_esc = Escapes


psycopg.adapters.register_dumper(list, QuickListDumper)
