from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.desk.people import name_of


class Revision(models.Model):
    """One saved state of an article's content, kept for ever."""

    class Kind(models.TextChoices):
        SAVED = "saved", "saved"
        TYPED = "typed", "typed"  # as it was before it was merged with the newest version
        MERGED = "merged", "saved, with a colleague's changes in it,"
        RESTORED = "restored", "brought back"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(help_text="The article's version that this is.")
    # The version that it was written on; empty in revisions of an older release.
    base = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.SAVED)
    note = models.CharField(max_length=300, blank=True)
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self):
        return f"Version {self.number}"

    @property
    def who(self):
        return name_of(self.by)
