import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone

from articles.models.desk.people import name_of


class BreakingLine(models.Model):
    """One line of breaking news, as it was put out once. Only its end may change later: another one takes its
    place, or somebody ends it.

    Times are whole seconds since the epoch, because every page asks for them in one query with other rows
    (views/shared/navigation.py), and readers' browsers count with them.
    """

    text = models.CharField(max_length=120)
    link = models.CharField(max_length=500, blank=True)
    ends = models.BigIntegerField()
    # Articles with this publish time or a later one are printed with the line.
    since = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # When somebody ended it or put another one in its place.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(Value(1), condition=Q(ended_at=None), name="one_breaking_line"),
        ]

    def __str__(self):
        return self.text

    @property
    def who(self):
        return name_of(self.by)

    @property
    def until(self):
        return datetime.datetime.fromtimestamp(self.ends, datetime.UTC)

    def is_on(self, at=None):
        return self.ended_at is None and self.until > (at or timezone.now())
