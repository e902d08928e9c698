"""How tests whose transactions end leave the database: empty, but for the permissions and groups that migrations make."""

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import TransactionTestCase

# Django makes these anew after each such test, which takes ten times as long as to empty all the others.
KEPT = ("django_content_type", "auth_permission", "auth_group", "auth_group_permissions")
made = {}
sql_flush = DatabaseOperations.sql_flush


def install():
    DatabaseOperations.sql_flush = sql_flush_of_the_log_too
    TransactionTestCase._fixture_teardown = empty


def sql_flush_of_the_log_too(self, style, tables, **more):
    """Tests whose transactions end empty every table afterwards. On SQLite that is a DELETE, which the triggers of the audit
    log refuse; PostgreSQL's TRUNCATE passes them."""
    with self.connection.cursor() as cursor:
        asked = (
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'articles_audit%'"
        )
        found = cursor.execute(asked).fetchall()
    dropped = [f"DROP TRIGGER {name}" for name, _ in found]
    return [*dropped, *sql_flush(self, style, tables, **more), *(statement for _, statement in found)]


def empty(test):
    for alias in test._databases_names(include_mirrors=False):
        connection = connections[alias]
        if made.get(alias) == kept_rows(connection):
            empty_the_others(connection)
            continue
        # The first of them, or one that gave or took rights.
        call_command("flush", verbosity=0, interactive=False, database=alias, reset_sequences=False)
        made[alias] = kept_rows(connection)


def kept_rows(connection):
    with connection.cursor() as cursor:
        tables = []
        for table in KEPT:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 - one of ours
            tables.append(cursor.fetchall())
    return tables


def empty_the_others(connection):
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    others = [name for name in names if name not in KEPT]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), others))
