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


class Trouble(models.Model):
    """What an alarm is sent of, from when it is first found until all who were told of it know that it is
    over."""

    name = models.CharField(max_length=500, unique=True)
    sentence = models.TextField(blank=True)
    since = models.DateTimeField(default=timezone.now)
    # When it was last found, and by whom. Only who has found it can say that it is over.
    seen_at = models.DateTimeField(default=timezone.now)
    host = models.CharField(max_length=255, blank=True)
    # Names of the ways by which somebody was told.
    told = models.JSONField(default=list)
    # Also until when another host has it in hand.
    next_try_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["since"]
        default_permissions = ()

    def __str__(self):
        return self.name
