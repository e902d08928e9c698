"""Rows into tables by the thousand: COPY on PostgreSQL, executemany on SQLite."""

import datetime
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, Model

Row = Sequence[Any]
FLUSH = 64
NEW_LINE = rb"\n"


SPECIAL = re.compile(r"[\\\n\t\r]")


class Copied(bytes):
    """A text as COPY takes it: encoded, its signs escaped."""


def on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def reserve(model: type[Model], count: int) -> int:
    """The first of `count` numbers in a row that no other writer will be given."""
    table = connection.ops.quote_name(model._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        if on_postgresql():
            # Whoever else inserts asks the sequence only once it has this lock.
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
            (sequence,) = cursor.fetchone()
            cursor.execute("SELECT nextval(%s)", [sequence])
            (first,) = cursor.fetchone()
            cursor.execute("SELECT setval(%s, %s)", [sequence, first + count - 1])
            return first
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        found = cursor.fetchone()
        return (found[0] if found else 0) + 1


def write_rows(model: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """`names` are the fields' attnames; a column that is not among them gets the database's own value."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    chosen = [fields[name] for name in names]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in chosen)
    if on_postgresql():
        copy_rows(f"COPY {table} ({columns}) FROM STDIN", rows)
    else:
        marks = ", ".join(["%s"] * len(chosen))
        # Names are the models' own, never typed by anybody.
        insert_rows(f"INSERT INTO {table} ({columns}) VALUES ({marks})", chosen, rows)  # noqa: S608 - see above


def copy_rows(statement: str, rows: Iterable[Row]) -> None:
    """Sent as it is made: PostgreSQL stores the rows before while the next ones are written."""
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        waiting: list[bytes] = []
        for row in rows:
            waiting.append(b"\t".join(map(as_copied, row)))
            if len(waiting) == FLUSH:
                copy.write(b"\n".join(waiting) + b"\n")
                waiting.clear()
        if waiting:
            copy.write(b"\n".join(waiting) + b"\n")


def as_copied(value: Any) -> bytes:
    """In COPY's text format."""
    kind = type(value)
    if kind is Copied:
        return value
    if value is None:
        return rb"\N"
    if kind is datetime.datetime:
        return value.isoformat().encode()
    if kind is list:
        value = json.dumps(value, ensure_ascii=False)
    elif kind is not str:
        return str(value).encode()
    if SPECIAL.search(value):
        value = value.replace("\\", r"\\").replace("\n", r"\n").replace("\t", r"\t").replace("\r", r"\r")
    return value.encode()


def insert_rows(statement: str, fields: Sequence[Field], rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
                for row in rows
            ],
        )
