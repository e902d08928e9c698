"""PostgreSQL finds phrases of common words without reading every article that has these words somewhere."""

import articles.models.processes.search
from django.db import migrations

TABLES = ("articles_publicentry", "articles_deskentry")


def index(columns):
    def change(apps, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return
        for table in TABLES:
            schema_editor.execute(f"DROP INDEX {table}_words")
            schema_editor.execute(f"CREATE INDEX {table}_words ON {table} USING gin ({columns})")
            # What only the index needs does not stand between the keys, which are read for each result.
            schema_editor.execute(f"ALTER TABLE {table} SET (toast_tuple_target = 128)")

    return change


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0043_imports'),
    ]

    operations = [
        migrations.AddField(
            model_name='deskentry',
            name='pairs',
            field=articles.models.processes.search.PairsField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='publicentry',
            name='pairs',
            field=articles.models.processes.search.PairsField(editable=False, null=True),
        ),
        migrations.RunPython(index("vector, pairs"), index("vector")),
    ]
