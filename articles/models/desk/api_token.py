from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.desk.people import name_of


class Scope(models.TextChoices):
    READ = "read", "read what its owner reads at the desk"
    WRITE = "write", "write and submit"
    PICTURES = "pictures", "add pictures to the library"
    PUBLISH = "publish", "publish, correct and withdraw"


class ApiTokenQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at=None, expires_at__gt=timezone.now())


class ApiToken(models.Model):
    """With it a program acts for a person in the content API, within its scopes and never beyond that
    person's rights: publishing/rights/tokens.py. The token is not stored, only a hash of it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100, help_text="What it is for, such as “Wire of the agency”.")
    # SHA-256 in hexadecimal digits. The secret has 256 random bits, so nothing is gained by a slower hash.
    hashed = models.CharField(max_length=64, unique=True, editable=False)
    beginning = models.CharField(max_length=12, editable=False)
    scopes = models.JSONField("may", default=list)
    made_at = models.DateTimeField("made", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("good until", editable=False)
    ended_at = models.DateTimeField("ended", null=True, editable=False)
    last_used_at = models.DateTimeField("last used", null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "API token"
        default_permissions = ("view", "delete")

    def __str__(self):
        return f"{self.name} ({name_of(self.person)})"

    @property
    def is_open(self):
        return self.ended_at is None and self.expires_at > timezone.now()
