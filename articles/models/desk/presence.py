import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.desk.people import name_of

FORGOTTEN_AFTER = datetime.timedelta(minutes=10)


class PresenceQuerySet(models.QuerySet):
    def of_others(self, user):
        """The windows that other people have open now, the longest open first, each with its editor."""
        rows = self.filter(until__gt=timezone.now()).exclude(editor=user)
        return rows.select_related("editor").order_by("opened_at", "pk")

    def left_behind(self, now):
        return self.filter(until__lt=now - FORGOTTEN_AFTER)


class Presence(models.Model):
    """A window in which somebody has an article open. The window sends a request every few seconds; if none
    has come by `until`, it is closed, or its computer is gone."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="presences")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # A window of the browser.
    tab = models.CharField(max_length=40)
    opened_at = models.DateTimeField(default=timezone.now)
    # When something was last changed in this window; empty if nothing was.
    typed_at = models.DateTimeField(null=True)
    until = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "editor", "tab"], name="presence_once_a_window")
        ]
        indexes = [models.Index(fields=["until"])]

    def __str__(self):
        return name_of(self.editor)
