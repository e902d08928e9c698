"""Queries whose SQL is made once in each process and then used with other values.

For one of our queries, the ORM takes several times as long to write the SQL as PostgreSQL takes to answer it,
and it writes the same text each time. Only that text is kept here, never a row: each request asks the
database anew. PostgreSQL keeps the plan for each text, too (docs/decisions/0012).

A list of numbers is one value of the query, so the text is the same for lists of any length.
"""

import datetime
import json
from operator import itemgetter

import psycopg
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
        pieces, places, *_ = self._written(values)
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
        _, _, compiler, converters = self._written(values)
        return list(compiler.apply_converters(rows, converters) if converters else rows)

    def _written(self, values):
        if connection.vendor not in self.written:
            self.written[connection.vendor] = self._write(values)
        return self.written[connection.vendor]

    def _write(self, values):
        """The SQL in pieces; for each place between two pieces the name of an argument, or a fixed value; the
        ORM's compiler; and what makes Python values of its columns."""
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
        if connection.vendor == "postgresql":
            pieces, places = with_fixed_values(pieces, places)
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        return pieces, places, compiler, compiler.get_converters(columns)


def with_fixed_values(pieces, places):
    """The same with the fixed values in the text. PostgreSQL uses an index over published articles alone only
    if the plan that it keeps knows that published ones are asked for."""
    first, *rest = pieces
    written, open_places = [first], []
    for (name, given), piece in zip(places, rest, strict=True):
        if name is None:
            written[-1] += connection.ops.compose_sql("%s", [given]).replace("%", "%%") + piece
        else:
            written.append(piece)
            open_places.append((name, given))
    return written, open_places


class Columns:
    """The columns of a model for a query, and model instances made from their values."""

    def __init__(self, model, path=""):
        self.model = model
        self.names = [field.attname for field in model._meta.concrete_fields]
        self.asked = [f"{path}{name}" for name in self.names]

    def row(self, values):
        """None where the outer join found nothing."""
        made = self.model.from_db(None, self.names, values)
        return None if made.pk is None else made


class CompiledRow:
    """The row of a model that has a value in a unique column, without its relations."""

    def __init__(self, model, name):
        self.columns = Columns(model)
        self.query = CompiledQuery(
            lambda **known: model.objects.filter(**known).order_by().values_list(*self.columns.asked)
        )
        self.name = name

    def get(self, value):
        """None if there is none."""
        return next(map(self.columns.row, self.query.rows(**{self.name: value})), None)


def fetched(sql, params):
    # The driver can't say afterwards what a prepared query was. While queries are logged, none is prepared.
    prepares = connection.vendor == "postgresql" and not connection.queries_logged
    with preparing_cursor() if prepares else connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


class PreparingCursor(psycopg.Cursor):
    """PostgreSQL keeps the plan of each query for as long as the connection lasts. Django's own cursor writes
    the values into the text, so PostgreSQL makes a new plan each time, which takes longer than answering."""

    def execute(self, query, params=None):
        # The driver prepares nothing without a threshold. Other cursors have none, because the driver would
        # keep their queries in memory to count them, with all the values in them.
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params)
        finally:
            self.connection.prepare_threshold = None


def preparing_cursor():
    connection.ensure_connection()
    return connection.make_cursor(PreparingCursor(connection.connection))


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
    """The rows of several queries with limits, each given with its values; a list of rows for each, in its
    order, in one round trip. They are numbered, because a UNION promises no order.

    Meant for a few queries, because SQLite takes only 500 members of a UNION. The subqueries are there
    because SQLite refuses LIMIT directly in a member.
    """
    parts, params = [], []
    for number, (query, values) in enumerate(asked):
        sql, given = query.sql(**values)
        numbered = f"SELECT {number} AS list, row_number() OVER () AS place, picked.*"
        parts.append(f"{numbered} FROM ({sql}) picked")
        params.extend(given)
    lists = [[] for _ in parts]
    for number, _, *row in sorted(fetched(" UNION ALL ".join(parts), params), key=itemgetter(0, 1)):
        lists[number].append(row)
    return [query.converted(rows, **values) for (query, values), rows in zip(asked, lists, strict=True)]
