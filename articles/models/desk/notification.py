from django.conf import settings
from django.db import models
from django.utils import timezone


class Kind(models.TextChoices):
    MENTIONED = "mentioned", "somebody mentions you in a note"
    ANSWERED = "answered", "somebody answers in a thread of yours"
    COMMENTED = "commented", "somebody comments through a draft link of yours or on an article of yours"
    SENT_BACK = "back", "an article of yours is sent back"
    APPROVED = "approved", "an article that you submitted is approved"
    SOON = "soon", "an article of yours goes out in an hour"
    FAILED = "failed", "a page cannot be printed"


class Notification(models.Model):
    """Something of which one person is told at the desk, and by e-mail if the person wants that. It names the
    article and holds none of its words: what is shown of it is asked for whoever may read it then."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    # Names the event: nobody is told of it twice, however many hosts tell.
    key = models.CharField(max_length=200)
    article = models.ForeignKey("Article", null=True, on_delete=models.CASCADE, related_name="+")
    note = models.ForeignKey("Note", null=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # When an article goes out.
    time = models.DateTimeField(null=True)
    # Which page cannot be printed.
    address = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="told_once")]
        indexes = [
            models.Index("person", models.F("at").desc(), models.F("id").desc(), name="told_newest"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="told_unread"),
        ]

    def __str__(self):
        return self.get_kind_display()


class EmailWanted(models.Model):
    """Of what somebody wants to be told by e-mail as well."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="wanted_once")]

    def __str__(self):
        return self.get_kind_display()
