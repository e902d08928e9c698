"""Indexes by which the library finds pictures: those without words, and parts of words by any three letters of them.

SQLite has no trigrams; there the text of each picture is looked through.
"""

import logging

from django.conf import settings
from django.db import NotSupportedError, ProgrammingError, migrations, models, transaction


TRIGRAMS = "CREATE INDEX picture_words ON articles_image USING gin (search_text gin_trgm_ops)"


def make(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(TRIGRAMS)
    except (NotSupportedError, ProgrammingError) as error:
        logging.getLogger("articles").warning(
            "The library will find pictures more slowly: PostgreSQL's pg_trgm could not be installed (%s)", error
        )


def drop(apps, schema_editor):
    schema_editor.execute("DROP INDEX IF EXISTS picture_words")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0070_boards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(make, drop),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(models.OrderBy(models.F('id'), descending=True), condition=models.Q(('alt', ''), ('decorative', False)), name='pictures_without_alt'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(models.OrderBy(models.F('id'), descending=True), condition=models.Q(('credit', '')), name='pictures_without_credit'),
        ),
    ]
