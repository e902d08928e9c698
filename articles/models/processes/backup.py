import datetime

from django.db import models
from django.utils import timezone

# A backup says every minute that it is still being made. One that was killed is known by its silence.
SEEN_LATELY = datetime.timedelta(minutes=10)


class BackupQuerySet(models.QuerySet):
    def under_way(self, now=None):
        return self.filter(ended_at=None, seen_at__gt=(now or timezone.now()) - SEEN_LATELY)

    def whole(self):
        """Those that became an archive, the newest first."""
        return self.exclude(archive="").exclude(ended_at=None).order_by("-begun_at")


class Backup(models.Model):
    """A backup that is being made, or was. While one is, files of removed pictures and documents are kept."""

    begun_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    host = models.CharField(max_length=255)
    archive = models.TextField(blank=True, help_text="Its path on that host; empty if none was made.")
    size = models.BigIntegerField(default=0, help_text="Bytes.")
    error = models.TextField(blank=True)

    objects = BackupQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self):
        return f"backup of {timezone.localtime(self.begun_at):%d %B %Y %H:%M}"

    @property
    def is_in_store(self):
        return self.archive.startswith("s3:")


class RemovedFile(models.Model):
    """A stored file whose picture or document is removed, and that has to be deleted still."""

    name = models.CharField(max_length=300)

    def __str__(self):
        return self.name
