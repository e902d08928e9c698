"""Indexes by which the desk finds articles from parts of words in headline and standfirst.

PostgreSQL finds any three letters in a trigram index. SQLite has no such thing; there the words stand in an
index in the order in which they are looked through, so that no article's body is read on the way.
"""

import logging

from django.db import NotSupportedError, ProgrammingError, migrations, models, transaction
from django.db.models import F

TRIGRAMS = (
    "CREATE INDEX article_words ON articles_article USING gin "
    '(UPPER("headline"::text) gin_trgm_ops, UPPER("standfirst"::text) gin_trgm_ops)'
)
IN_ORDER = "CREATE INDEX article_words ON articles_article (modified_at DESC, id DESC, headline, standfirst)"


def make(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        schema_editor.execute(IN_ORDER)
        return
    try:
        with transaction.atomic(connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(TRIGRAMS)
            # A word of one article in a thousand must be known as rare, or PostgreSQL looks for it by
            # walking through the articles saved last: 2 s at a million of them.
            for column in (1, 2):
                schema_editor.execute(f"ALTER INDEX article_words ALTER COLUMN {column} SET STATISTICS 500")
    except (NotSupportedError, ProgrammingError) as error:
        logging.getLogger("articles").warning(
            "The desk will find articles more slowly: PostgreSQL's pg_trgm could not be installed (%s)", error
        )


def drop(apps, schema_editor):
    schema_editor.execute("DROP INDEX IF EXISTS article_words")


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_press_status")]

    operations = [
        migrations.RunPython(make, drop),
        migrations.AddIndex(
            "article",
            models.Index("language", F("modified_at").desc(), F("id").desc(), name="last_saved_of_language"),
        ),
    ]
