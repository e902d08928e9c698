"""What is asked of the database while something is done."""

import contextlib
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Query:
    """text: without the values. terms: how many values stand in it one by one."""

    text: str
    terms: int


@contextlib.contextmanager
def asked():
    """A list of the queries, filled as they come."""
    queries = []

    def note(execute, sql, params, many, context):
        queries.append(Query(sql, len(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield queries
