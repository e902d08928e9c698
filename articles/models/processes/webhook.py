import uuid

from django.db import models
from django.utils import timezone

from articles.models.desk.versioned import Versioned


class Event(models.TextChoices):
    PUBLISHED = "article.published", "an article is published"
    CHANGED = "article.changed", "readers get another text of it"
    WITHDRAWN = "article.withdrawn", "it is withdrawn, or ends"


# Asked for at the desk, to see whether the other end hears.
TRIAL = "trial"


class Webhook(Versioned):
    """A program elsewhere that is told when articles are published, changed or withdrawn: press/webhooks/."""

    name = models.CharField(max_length=100, unique=True)
    address = models.URLField(max_length=500, help_text="Where it is told, by POST: https, or http.")
    # Its receiver has to know it too, so it is kept as it is.
    secret = models.CharField(max_length=100, editable=False)
    events = models.JSONField("when", default=list)
    is_on = models.BooleanField("on", default=True)
    tries = models.PositiveIntegerField("failed tries", default=0, editable=False)
    # Also until when a host has it in hand.
    next_try_at = models.DateTimeField(default=timezone.now, editable=False)
    last_at = models.DateTimeField("last told", null=True, editable=False)
    last_result = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class WebhookDelivery(models.Model):
    """Something of which a webhook is still to be told. What is said of the article is read when it is
    told."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    uid = models.UUIDField(default=uuid.uuid4)
    event = models.CharField(max_length=30)
    # No foreign key: the article may be deleted meanwhile. 0 for a trial.
    article = models.BigIntegerField(default=0)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["noted_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event", "article"], name="told_once_of_an_event")
        ]
        verbose_name_plural = "webhook deliveries"

    def __str__(self):
        return f"{self.event} {self.article or ''}".strip()
