"""The journal of imports: what was brought in from another site, so that a second run makes nothing twice."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class ImportRun(models.Model):
    """One run of an import. Without an end it was stopped, or it is under way."""

    started_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    files = models.JSONField(default=list)
    # How many items had which result.
    results = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Import of {self.started_at:%Y-%m-%d %H:%M}"


class Imported(models.Model):
    """An article or page that an import has made. It is written in the same transaction."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="imported")
    source = models.CharField(max_length=300, help_text="The old site's address, in one spelling.")
    source_id = models.CharField(max_length=60, help_text="The item's number there.")
    content_hash = models.CharField(max_length=32, help_text="Of all that was taken over.")
    # Why it is in another state than it was there.
    reason = models.CharField(max_length=200, blank=True)
    # Both are empty once it is deleted here. It is not brought in again then.
    article = models.ForeignKey("Article", null=True, on_delete=models.SET_NULL, related_name="imported")
    page = models.ForeignKey("Page", null=True, on_delete=models.SET_NULL, related_name="imported")
    # Its version after the import. A higher one says that somebody has edited it here.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="imported_once")]
        # Old addresses such as /?p=7 name the number only.
        indexes = [models.Index("source_id", name="imported_number")]

    def __str__(self):
        return f"{self.source} {self.source_id}"
