from django.db import models
from django.utils import timezone


class Examination(models.Model):
    """What the doctor last found on a host, and what that host is: one row for each."""

    host = models.CharField(max_length=255, unique=True)
    looked_at = models.DateTimeField(default=timezone.now)
    # By the names of the checks, because some are looked at more often than others.
    findings = models.JSONField(default=dict)
    # "disks" and "versions".
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["host"]
        default_permissions = ()
        permissions = [("view_operation", "Can see how the site runs")]

    def __str__(self):
        return self.host
