from django.conf import settings
from django.db import models
from django.utils import timezone


class DeskSession(models.Model):
    """A log-in that lasts, as its owner sees it. The session itself is Django's, which says whose it is only
    to whoever has its key."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    begun_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    address = models.CharField(max_length=45, blank=True)
    # What the browser calls itself.
    agent = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-seen_at"]

    def __str__(self):
        return f"{self.person}, since {self.begun_at:%Y-%m-%d %H:%M}"


class KnownDevice(models.Model):
    """A browser with which somebody has logged in. Of the cookie that it has only a hash is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # SHA-256 in hexadecimal digits. The cookie has 256 random bits, so nothing is gained by a slower hash.
    hashed = models.CharField(max_length=64)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "hashed"], name="device_known_once")]

    def __str__(self):
        return f"{self.person}, {self.hashed[:8]}"
