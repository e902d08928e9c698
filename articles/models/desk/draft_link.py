from django.conf import settings
from django.db import models
from django.utils import timezone


class DraftLinkQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at=None, expires_at__gt=timezone.now())


class DraftLink(models.Model):
    """An address at which somebody without an account reads the newest saved version of one article, and
    writes comments on it: publishing/notes/draft_links.py. The address is not stored, only a hash of its
    secret part."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="draft_links")
    # SHA-256 in hexadecimal digits. The secret has 192 random bits, so nothing is gained by a slower hash.
    hashed = models.CharField(max_length=64, unique=True)
    # Whose right to read the article it hands on.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = DraftLinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"until {self.expires_at:%Y-%m-%d %H:%M}"
