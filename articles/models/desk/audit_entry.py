from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """Who did what from where. Triggers of the database refuse to change or delete a row; articles/audit/
    writes them.

    It has no foreign key, because an entry outlives the account and the thing that it names.
    """

    class Kind(models.TextChoices):
        LOG_IN = "log_in", "log-in"
        REFUSED = "refused", "log-in refused"
        FORBIDDEN = "forbidden", "act refused"
        LOG_OUT = "log_out", "log-out"
        FACTOR = "factor", "second factor"
        SESSION = "session", "sessions ended"
        ACCOUNT = "account", "account"
        RIGHTS = "rights", "rights"
        PUBLISHING = "publishing", "publishing"
        DELETED = "deleted", "deletion"
        EXPORTED = "exported", "export"
        SETTINGS = "settings", "settings"
        TOKEN = "token", "token"

    at = models.DateTimeField(default=timezone.now, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    person = models.BigIntegerField(null=True, help_text="The number of the account.")
    # As it was then.
    name = models.CharField("by", max_length=150, blank=True)
    address = models.CharField(max_length=45, blank=True)
    what = models.CharField(max_length=500)
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "audit entry", "audit log"
        default_permissions = ("view",)
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["kind", "-id"], name="audit_kind"),
        ]

    def __str__(self):
        return f"{self.name or 'The site'}: {self.get_kind_display()}, {self.what}"


class AuditPruning(models.Model):
    """That entries older than a moment were deleted. While there is such a row the triggers let them go."""

    before = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["-before"]
        indexes = [models.Index(fields=["-before"], name="audit_pruned_before")]

    def __str__(self):
        return f"all before {self.before}"
