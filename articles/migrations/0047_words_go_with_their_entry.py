"""On SQLite the words of the search go with the entry that they belong to, however that is deleted: `manage.py
flush`, for one, knows no tables of FTS5.

A later migration that changes one of these tables makes it anew, and has to make the trigger again.
"""

from django.db import migrations

TABLES = ("articles_publicentry", "articles_deskentry")


def make_triggers(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for table in TABLES:
        words = f"DELETE FROM {table}_words WHERE rowid"  # noqa: S608 - our own tables
        schema_editor.execute(f"{words} NOT IN (SELECT key FROM {table})")  # noqa: S608 - the same
        schema_editor.execute(
            f"CREATE TRIGGER {table}_deleted AFTER DELETE ON {table} BEGIN {words} = old.key; END"
        )


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_deleted")


class Migration(migrations.Migration):
    dependencies = [("articles", "0046_numbers_of_imports")]

    operations = [migrations.RunPython(make_triggers, drop_triggers)]
