from django.db import models


class VectorField(models.Field):
    """PostgreSQL's words and positions. Elsewhere it stays empty, because SQLite keeps words in its own
    tables."""

    def db_type(self, connection):
        return "tsvector" if connection.vendor == "postgresql" else "text"


class PairsField(models.Field):
    """Numbers of the pairs of words that stand side by side, for PostgreSQL; see search/postgres.py."""

    def db_type(self, connection):
        return "smallint[]" if connection.vendor == "postgresql" else "text"


class FoldedField(models.CharField):
    """A folded word, compared byte by byte, so that all words with the same beginning stand together."""

    def db_parameters(self, connection):
        found = super().db_parameters(connection)
        return found | {"collation": "C"} if connection.vendor == "postgresql" else found


class Entry(models.Model):
    """An article in an index of the search; search/documents.py says what the key is.

    There is no constraint to the article, because an index must never hold up those who write articles.
    What the index has too much is not found: all that is found is looked up among the articles."""

    article_id = models.BigIntegerField(primary_key=True)
    key = models.BigIntegerField(unique=True)
    language = models.CharField(max_length=12, db_index=True)
    vector = VectorField(null=True, editable=False)
    pairs = PairsField(null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return f"Article {self.article_id}"


class PublicEntry(Entry):
    """What readers can see."""


class DeskEntry(Entry):
    """The newest saved version, whoever may see it."""


class KnownWord(models.Model):
    """A word of an index, for those who mistype it; `backward` is the same word from its end."""

    word = FoldedField(max_length=60)
    backward = FoldedField(max_length=60)
    # Counted when it came first, in the articles that were indexed with that one: enough to tell a common
    # word from a rare one.
    times = models.PositiveIntegerField(default=1)
    is_public = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["backward"], name="known_word_backward")]
        constraints = [models.UniqueConstraint(fields=["word", "is_public"], name="known_word_once")]

    def __str__(self):
        return self.word
