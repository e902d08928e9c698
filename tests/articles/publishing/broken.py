"""A database that goes away in the middle of something."""

from contextlib import contextmanager

from django.db import OperationalError, connection


@contextmanager
def breaks_at(number, begin):
    """The statement with that number, from 1 on, of those that begin so, fails."""
    found = []

    def wrapper(execute, sql, params, many, context):
        if sql.startswith(begin):
            found.append(sql)
            if len(found) == number:
                raise OperationalError("The database is away.")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield
    assert len(found) >= number, f"There were {len(found)} of {begin}"
