from django.conf import settings
from django.db import models
from django.utils import timezone


class Passkey(models.Model):
    """A key of somebody's device or security key, by the names of the standard (WebAuthn). The site has
    only the public half."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    # Base64 for addresses, as browsers send it; a key's own id has 1023 bytes at most.
    credential = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return self.name
