"""The tables of the search. What each database has for words is its own: GIN on PostgreSQL, FTS5 on SQLite."""

import articles.models.processes.search
from django.db import migrations, models

TABLES = ("articles_publicentry", "articles_deskentry")
COLUMNS = (
    "headline, standfirst, names, body, headline_forms, standfirst_forms, names_forms, body_forms, facts"
)


def make_words(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            # Read for each result that is ranked, which takes a fraction of the time with this compression.
            if has_lz4(schema_editor.connection):
                schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN vector SET COMPRESSION lz4")
            schema_editor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (vector)")
        else:
            # Words come folded, so that this tokenizer has only to divide them at the spaces.
            tokenizer = "tokenize = \"ascii tokenchars '~@'\""
            schema_editor.execute(f"CREATE VIRTUAL TABLE {table}_words USING fts5({COLUMNS}, {tokenizer})")


def drop_words(apps, schema_editor):
    kind = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    for table in TABLES:
        schema_editor.execute(f"DROP {kind} {table}_words")


def has_lz4(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
        )
        found = cursor.fetchone()
    return bool(found and found[0])


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0037_consumers_build_in_parts'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeskEntry',
            fields=[
                ('article_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('key', models.BigIntegerField(unique=True)),
                ('language', models.CharField(db_index=True, max_length=12)),
                ('vector', articles.models.processes.search.VectorField(editable=False, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublicEntry',
            fields=[
                ('article_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('key', models.BigIntegerField(unique=True)),
                ('language', models.CharField(db_index=True, max_length=12)),
                ('vector', articles.models.processes.search.VectorField(editable=False, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='KnownWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', articles.models.processes.search.FoldedField(max_length=60)),
                ('backward', articles.models.processes.search.FoldedField(max_length=60)),
                ('times', models.PositiveIntegerField(default=1)),
                ('is_public', models.BooleanField()),
            ],
            options={
                'indexes': [models.Index(fields=['backward'], name='known_word_backward')],
                'constraints': [models.UniqueConstraint(fields=('word', 'is_public'), name='known_word_once')],
            },
        ),
        migrations.RunPython(make_words, drop_words),
    ]
