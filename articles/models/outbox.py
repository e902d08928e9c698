from django.db import models


class OutboxEntry(models.Model):
    """A change that readers' pages must follow, written in the same transaction as the change itself.

    `change` says what was changed, in values and not in rows, so that it can be read after the rows are
    gone: {"kind": "article", "id": 7, "addresses": [...], "sections": [[department, section]...],
    "tags": [slug...], "authors": [slug...], "days": ["2026-11-22"...]}.
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
