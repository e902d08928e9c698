from django.db import models


class KnownToPostgres(models.Func):
    """What PostgreSQL knows, as text; no other database knows it, and each answers NULL."""

    arity = 0
    output_field = models.TextField()

    def as_sql(self, compiler, connection, **options):
        return "NULL", []

    def as_postgresql(self, compiler, connection, **options):
        return self.template, []


class CurrentTransaction(KnownToPostgres):
    template = "pg_current_xact_id()"


class CurrentSnapshot(KnownToPostgres):
    """Which transactions the statement sees: those below a number, but for some that were still under way."""

    template = "pg_current_snapshot()::text"


class RowVersion(KnownToPostgres):
    """The transaction that wrote this version of the row. It changes when the row is loaded from a copy."""

    template = "xmin::text"


class TransactionField(models.Field):
    """The number of the transaction that wrote the row. PostgreSQL fills it in; elsewhere it is NULL.

    It is text in Python: PostgreSQL converts no other numbers to its own type for these.
    """

    def db_type(self, connection):
        return "xid8" if connection.vendor == "postgresql" else "bigint"


@TransactionField.register_lookup
class SeenSince(models.Lookup):
    """Rows that a statement with that snapshot did not see, and that this one sees.

    The upper bound leaves out rows that were loaded from a copy made in another cluster, where numbers were
    higher; a transaction's own rows, which only tests look at, have neither been seen nor are new.
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
    gone: {"kind": "article", "id": 7, "addresses": [...], "sections": [address...], "tags": [slug...],
    "authors": [slug...], "days": ["2026-11-22"...], "places": [[section's number, publish time]...]}.

    An article that readers had before and have afterwards, at the same publish time, has two keys more:
    "changed": [name...] names the values of it that are others now (publishing/article/seen.py), and
    "came_or_left": {"tags": [slug...]...} those of its lists that have it now and had not, or the other way
    round. Without "changed" every page that shows the article may be another. So an entry of an older release
    is read, and what an older release reads of this one has every such page printed.
    """

    change = models.JSONField()
    # When the pages must follow: at once, or at the second at which a scheduled article becomes public.
    due_at = models.DateTimeField(db_index=True)
    written_at = models.DateTimeField(auto_now_add=True)
    # Rows get their primary keys when they are written and are seen when they are committed. By this number a
    # press knows those that were committed after a row with a higher key.
    transaction = TransactionField(null=True, editable=False, db_default=CurrentTransaction(), db_index=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "outbox entries"

    def __str__(self):
        return f"{self.change.get('kind')} {self.change.get('id', '')}"
