from django.db import models


class OutboxEntry(models.Model):
    """A change that readers' pages must follow, written in the same transaction as the change itself.

    `change` says what was changed, in values and not in rows, so that it can be read after the rows are
    gone: {"kind": "article", "id": 7, "addresses": [...], "sections": [address...], "tags": [slug...],
    "authors": [slug...], "days": ["2026-11-22"...], "places": [[section's number, publish time]...]}.

    An article that readers had before and have afterwards, at the same publish time, has two keys more:
    "changed": [name...] names the values of it that are others now (publishing/seen.py), and "came_or_left":
    {"tags": [slug...]...} those of its lists that have it now and had not, or the other way round. Without
    "changed" every page that shows the article may be another. So an entry of an older release is read, and
    what an older release reads of this one has every such page printed.

    {"kind": "scheduled", "id": 7} shows on no page: due at the second of scheduled changes, it has the press
    publish them, which writes an entry of its own.
    """

    change = models.JSONField()
    # When the pages must follow: at once, or at the second at which a scheduled article becomes public.
    due_at = models.DateTimeField(db_index=True)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "outbox entries"

    def __str__(self):
        return f"{self.change.get('kind')} {self.change.get('id', '')}"
