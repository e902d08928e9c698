from django.db import models


class KnownToPostgres(models.Func):
    """A value that only PostgreSQL knows, as text. On other databases it is NULL."""

    arity = 0
    output_field = models.TextField()

    def as_sql(self, compiler, connection, **options):
        return "NULL", []

    def as_postgresql(self, compiler, connection, **options):
        return self.template, []


class CurrentTransaction(KnownToPostgres):
    template = "pg_current_xact_id()"


class CurrentSnapshot(KnownToPostgres):
    """The snapshot of the statement: which transactions it sees."""

    template = "pg_current_snapshot()::text"


class RowVersion(KnownToPostgres):
    """The transaction that wrote this version of the row. It changes when the row is loaded from a copy."""

    template = "xmin::text"


class TransactionField(models.Field):
    """The number of the transaction that wrote the row. PostgreSQL fills it in; elsewhere it is NULL.

    In Python it is text, because PostgreSQL converts no numbers to its own type xid8.
    """

    def db_type(self, connection):
        return "xid8" if connection.vendor == "postgresql" else "bigint"


@TransactionField.register_lookup
class SeenSince(models.Lookup):
    """Rows that a statement with that snapshot did not see, and that this one sees.

    The upper bound leaves out rows that were loaded from a copy made in another cluster, where numbers were
    higher. A transaction does not find its own rows, which matters only in tests.
    """

    lookup_name = "seen_since"

    def as_postgresql(self, compiler, connection):
        column, _ = self.process_lhs(compiler, connection)
        conditions = [
            f"{column} >= pg_snapshot_xmin(%s::pg_snapshot)",
            f"NOT pg_visible_in_snapshot({column}, %s::pg_snapshot)",
            f"{column} < pg_snapshot_xmax(pg_current_snapshot())",
            f"{column} IS DISTINCT FROM pg_current_xact_id_if_assigned()",
        ]
        return f"({' AND '.join(conditions)})", [self.rhs, self.rhs]


class OutboxEntry(models.Model):
    """A change that readers' pages must follow, written in the same transaction as the change itself.

    `change` says what was changed, in values and not in rows, so that it can be read after the rows are
    gone: {"kind": "article", "id": 7, "addresses": [...], "uids": [...], "sections": [address...],
    "tags": [slug...], "authors": [slug...], "days": ["2026-11-22"...],
    "places": [[section's number, publish time]...], "related": [number...]}. The last ones are articles that
    others show under “Related”.
    A change of something that articles show, such as a tag, names their numbers in "shown_in", and if
    sitemaps show it, their months in "sitemaps": ["2026-11"...].

    "quiet" is true of what happened earlier, as in an import: no hub and no search engine is told of it.

    A change of a board names in "fronts" the page that it is for, and nothing else.

    A change of breaking news names in "since" the publish time from which on articles are printed with it, in
    seconds since the epoch. With "ends" its time is over.

    "printed" are pages that are printed again if they are on the shelf.

    "series" are its places in series: [[tag's slug, tag's number, publish time, article's number,
    the place that an editor has given it, or 0]...].

    If readers had the article before and have it afterwards, at the same publish time, there are two more
    keys. "changed": [name...] are the names of its values that differ now
    (publishing/article/content/seen_by_readers.py), and "came_or_left": {"tags": [slug...]...} are the lists
    that the article has joined or left. Without "changed" every page that shows the article is printed. So
    entries of an older release work too, and an older release that ignores these keys prints every such page.
    """

    change = models.JSONField()
    # When the pages must be printed: at once, or at the time at which a scheduled article becomes public.
    due_at = models.DateTimeField(db_index=True)
    written_at = models.DateTimeField(auto_now_add=True)
    # Rows get their primary keys when they are written, but are seen only when they are committed. With this
    # number a press finds rows that were committed after a row with a higher key.
    transaction = TransactionField(null=True, editable=False, db_default=CurrentTransaction(), db_index=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "outbox entries"

    def __str__(self):
        return f"{self.change.get('kind')} {self.change.get('id', '')}"
