"""Queries that are written once a process and then only given other values.

The ORM takes several times as long to write one of our queries as PostgreSQL to answer it, and writes the
same text each time. What is kept here is that text, never a row: each request asks the database anew.
"""

import datetime

from django.db import connection

# Values that no request brings, by which the places of the real ones are found among the parameters.
FIRST_MARK = -(10**15)
MARKED_YEAR = 1066


class CompiledQuery:
    """`build` makes a values_list() queryset of its keyword arguments: numbers, words, dates, moments, or
    tuples of numbers."""

    def __init__(self, build):
        self.build = build
        self.written = {}

    def rows(self, **values):
        sql, params = self.sql(**values)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        return self.converted(rows, **values)

    def sql(self, **values):
        text, places, _ = self._written(values)
        adapted = {name: adapt(value) for name, value in values.items()}
        return text, [
            given if name is None else adapted[name] if index is None else adapted[name][index]
            for name, index, given in places
        ]

    def converted(self, rows, **values):
        """As the fields of the models have it: SQLite keeps times and JSON as text."""
        compiler = self._written(values)[2]
        return list(compiler.results_iter([rows])) if rows else []

    def _written(self, values):
        lengths = tuple(len(value) for value in values.values() if isinstance(value, tuple))
        key = (connection.vendor, lengths)
        if key not in self.written:
            self.written[key] = self._write(values)
        return self.written[key]

    def _write(self, values):
        marks = {name: mark(value, number) for number, (name, value) in enumerate(values.items())}
        compiler = self.build(**marks).query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        names = {}
        for name, value in marks.items():
            if isinstance(value, tuple):
                names |= {each: (name, index) for index, each in enumerate(value)}
            else:
                names[adapt(value)] = (name, None)
        return sql, [(*names.get(given, (None, None)), given) for given in params], compiler


def mark(value, number):
    """A value of the same type that stands for the one of that number."""
    if isinstance(value, tuple):
        return tuple(FIRST_MARK * (number + 1) - index for index in range(len(value)))
    if isinstance(value, datetime.datetime):
        return datetime.datetime(MARKED_YEAR, 1, 1, 0, 0, number, tzinfo=datetime.UTC)
    if isinstance(value, datetime.date):
        return datetime.date(MARKED_YEAR, 1, number + 1)
    if isinstance(value, str):
        return f"\x01{number}"
    return FIRST_MARK * (number + 1)


def adapt(value):
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    return value


def rows_of_each(asked):
    """The rows of several limited queries (with their values), a list for each, in one round trip.

    SQLite refuses LIMIT in the members of a UNION, but not in a subquery there.
    """
    parts, params = [], []
    for number, (query, values) in enumerate(asked):
        sql, given = query.sql(**values)
        parts.append(f"SELECT {number} AS list, picked.* FROM ({sql}) picked")  # noqa: S608 - the ORM's own SQL
        params.extend(given)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        rows = cursor.fetchall()
    lists = [[] for _ in parts]
    for number, *row in rows:
        lists[number].append(row)
    return [query.converted(rows, **values) for (query, values), rows in zip(asked, lists, strict=True)]
