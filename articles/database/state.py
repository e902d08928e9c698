"""Whether the database answers, has its tables and knows how large they are. It can be asked before a model
is loaded."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def database_problems():
    try:
        yield from migration_problems()
    except DatabaseError as error:
        reason = (str(error).strip().splitlines() or ["no answer"])[0]
        yield f"the database does not answer ({reason}); start it, or correct DATABASE_URL."


ROWS_LOOKED_AT = 1000  # of each index, so that it takes milliseconds, however many articles there are


def refresh_statistics():
    """On SQLite, count what it chooses its indexes by. Without these counts it reads all published articles
    for the page of one month. PostgreSQL counts by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")


def migration_problems():
    """A list of one sentence or none. DatabaseError if the database does not answer."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return []
    count = f"{len(missing)} migration{'' if len(missing) == 1 else 's'}"
    return [f"the database lacks {count}; run: python manage.py migrate"]
