"""Reading the whole newsroom as it was at one moment, while editors go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Length

# So many rows are in memory at once, and so many characters of their texts, however long some of these are.
AT_ONCE, MOST_CHARACTERS = 200, 2_000_000

Row = TypeVar("Row", bound=Model)
Text = str | Combinable


@contextmanager
def one_moment() -> Iterator[None]:
    """All queries inside see the newsroom as it was when the first of them was asked.

    PostgreSQL keeps that moment for a transaction that may repeat what it has read. SQLite does so for every
    transaction that only reads; one that begins as the site's others do would keep all writers waiting.

    Pages may be rendered inside. Django would close the connection after each request, because a
    transaction is open, so it is told not to.
    """
    was = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.transaction_mode = None
    request_finished.disconnect(close_old_connections)
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        request_finished.connect(close_old_connections)
        if connection.vendor == "sqlite":
            connection.transaction_mode = was


def slices(rows: QuerySet[Row], *, text: Text = "") -> Iterator[list[Row]]:
    """The rows by their numbers, a few at a time. `text` names the column that may be long."""
    for numbers in numbered(rows, text):
        yield list(rows.filter(pk__gte=numbers[0], pk__lte=numbers[-1]).order_by("pk"))


def numbered(rows: QuerySet[Row], text: Text) -> Iterator[list[int]]:
    """The numbers of the rows of each slice."""
    reached = 0
    while True:
        few = rows.filter(pk__gt=reached).order_by("pk").annotate(long=Length(text) if text else F("pk"))
        found = list(few.values_list("pk", "long")[:AT_ONCE])
        if not found:
            return
        chosen: list[int] = []
        characters = 0
        for number, long in found:
            characters += (long or 0) if text else 0
            if chosen and characters > MOST_CHARACTERS:
                break
            chosen.append(number)
        reached = chosen[-1]
        yield chosen


def each(rows: QuerySet[Row], *, text: Text = "") -> Iterator[Row]:
    for few in slices(rows, text=text):
        yield from few
