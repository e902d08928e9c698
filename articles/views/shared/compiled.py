"""Queries whose SQL is made once in each process and then used with other values.

For one of our queries, the ORM takes several times as long to write the SQL as PostgreSQL takes to answer it,
and it writes the same text each time. Only that text is kept here, never a row: each request asks the
database anew.

A list of numbers is one value of the query, so the text is the same for lists of any length.
"""

import datetime
import json

from django.db import connection

# Values that never occur in a request. The SQL is made with these, to find where the real values belong.
FIRST_MARK = -(10**15)
MARKED_YEAR = 1066
# What is written before and after a list of numbers in a condition, instead of “IN (%s, %s, …)”.
AMONG = {
    "postgresql": ("= ANY(", "::bigint[])"),
    "sqlite": ("IN (SELECT value FROM json_each(", "))"),
}


class CompiledQuery:
    """`build` is a function that makes a values_list() queryset from keyword arguments. These may be numbers,
    words, dates, moments, or tuples of numbers for `__in`."""

    def __init__(self, build):
        self.build = build
        self.written = {}

    def rows(self, **values):
        return self.converted(fetched(*self.sql(**values)), **values)

    def rows_for_each(self, name, numbers, **values):
        """A list of rows for each of the numbers, in their order: as if rows() were called with each number
        as the argument `name`.

        It is one query, whose text does not grow with the numbers.
        """
        if not numbers:
            return []
        _, unpacked = FOR_EACH[connection.vendor]
        found = unpacked(fetched(*self.sql_for_each(name, numbers, **values)))
        values |= {name: numbers[0]}
        return [self.converted(found.get(number, ()), **values) for number in numbers]

    def sql_for_each(self, name, numbers, **values):
        sql, params = self.sql(**values, **{name: numbers[0]}, each=name)
        columns = ", ".join(f"c{number}" for number in range(len(self._written(values)[2].select)))
        written, _ = FOR_EACH[connection.vendor]
        return written(sql, columns, params, adapt(tuple(numbers)))

    def sql(self, *, each=None, **values):
        """The SQL and its parameters. The value of the argument named by `each` is not a parameter, but comes
        from a table `asked`."""
        pieces, places, _ = self._written(values)
        adapted = {name: adapt(value) for name, value in values.items()}
        text, params = [pieces[0]], []
        for (name, given), piece in zip(places, pieces[1:], strict=True):
            if name is not None and name == each:
                text.append("asked.value")
            else:
                text.append("%s")
                params.append(given if name is None else adapted[name])
            text.append(piece)
        return "".join(text), params

    def converted(self, rows, **values):
        """The rows with the Python values of the models' fields, because SQLite keeps times and JSON as
        text."""
        compiler = self._written(values)[2]
        return list(compiler.results_iter([rows])) if rows else []

    def _written(self, values):
        if connection.vendor not in self.written:
            self.written[connection.vendor] = self._write(values)
        return self.written[connection.vendor]

    def _write(self, values):
        """The SQL in pieces; for each place between two pieces the name of an argument, or a fixed value; and
        the ORM's compiler."""
        marks = {name: mark(value, number) for number, (name, value) in enumerate(values.items())}
        compiler = self.build(**marks).query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        names = {
            value[0] if isinstance(value, tuple) else adapt(value): name for name, value in marks.items()
        }
        places = [(names.get(given), given) for given in params]
        pieces = sql.split("%s")
        for number, (name, _) in enumerate(places):
            if isinstance(values.get(name), tuple):
                opens, closes = AMONG[connection.vendor]
                pieces[number] = pieces[number].removesuffix("IN (") + opens
                pieces[number + 1] = closes + pieces[number + 1].removeprefix(")")
        return pieces, places, compiler


def fetched(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def mark(value, number):
    """A value of the same type that marks the place of the argument with that number."""
    if isinstance(value, tuple):
        return (FIRST_MARK * (number + 1),)
    if isinstance(value, datetime.datetime):
        return datetime.datetime(MARKED_YEAR, 1, 1, 0, 0, number, tzinfo=datetime.UTC)
    if isinstance(value, datetime.date):
        return datetime.date(MARKED_YEAR, 1, number + 1)
    if isinstance(value, str):
        return f"\x01{number}"
    return FIRST_MARK * (number + 1)


def adapt(value):
    if isinstance(value, tuple):
        return list(value) if connection.vendor == "postgresql" else json.dumps(value)
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    return value


def lateral(sql, columns, params, numbers):
    """SQL that runs the query for each of the numbers. In the query the number is called `asked.value`."""
    return (
        "SELECT asked.value, picked.* FROM unnest(%s::bigint[]) AS asked(value)"  # noqa: S608 - the ORM's own SQL
        f" CROSS JOIN LATERAL ({sql}) AS picked({columns})",
        [numbers, *params],
    )


def by_number(rows):
    found = {}
    for number, *row in rows:
        found.setdefault(number, []).append(row)
    return found


def in_place_of_a_value(sql, columns, params, numbers):
    """The same for SQLite, which has no LATERAL. There a subquery in place of a value may use columns of the
    outer query."""
    return (
        f"SELECT asked.value, (WITH picked({columns}) AS ({sql})"  # noqa: S608 - the ORM's own SQL
        f" SELECT json_group_array(json_array({columns})) FROM picked) FROM json_each(%s) AS asked",
        [*params, numbers],
    )


def out_of_json(rows):
    return {number: json.loads(row) for number, row in rows}


# For each database, how the SQL is written and how its answer is read as number → rows.
FOR_EACH = {"postgresql": (lateral, by_number), "sqlite": (in_place_of_a_value, out_of_json)}


def rows_of_each(asked):
    """The rows of several queries with limits, each given with its values; a list of rows for each, in one
    round trip.

    Meant for a few queries, because SQLite takes only 500 members of a UNION. The subqueries are there
    because SQLite refuses LIMIT directly in a member.
    """
    parts, params = [], []
    for number, (query, values) in enumerate(asked):
        sql, given = query.sql(**values)
        parts.append(f"SELECT {number} AS list, picked.* FROM ({sql}) picked")  # noqa: S608 - the ORM's own SQL
        params.extend(given)
    lists = [[] for _ in parts]
    for number, *row in fetched(" UNION ALL ".join(parts), params):
        lists[number].append(row)
    return [query.converted(rows, **values) for (query, values), rows in zip(asked, lists, strict=True)]
