from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.desk.people import name_of


class Act(models.Model):
    """Who did what with an article, and when. Written by the publishing verbs, never changed."""

    class Verb(models.TextChoices):
        CREATE = "create", "began"
        SAVE = "save", "saved"
        RESTORE = "restore", "brought back an older version"
        DISCARD = "discard", "discarded the unpublished changes"
        SUBMIT = "submit", "submitted for review"
        APPROVE = "approve", "approved"
        RETURN = "return", "returned to draft"
        PUBLISH = "publish", "published"
        SCHEDULE = "schedule", "scheduled"
        CANCEL = "cancel", "cancelled the scheduled changes"
        HOLD = "hold", "could not publish the scheduled changes"
        WITHDRAW = "withdraw", "withdrew"
        CORRECT = "correct", "corrected"
        MEND = "mend", "mended a note to readers"
        UNCORRECT = "uncorrect", "removed a note to readers"
        REDATE = "redate", "changed the publish time"
        MOVE = "move", "moved"
        TAG = "tag", "tagged"
        BIN = "bin", "put it into the bin"
        UNBIN = "unbin", "took it out of the bin"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="acts")
    verb = models.CharField(max_length=12, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty: the site itself (import, demo).",
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    # The article's newest text then, or the one that went out; empty in acts of an older release.
    version = models.PositiveIntegerField(null=True)
    # Of a note to readers that was mended or removed: the whole of what it said.
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.who} {self.get_verb_display()} {self.detail}".strip()

    @property
    def who(self):
        return name_of(self.by)
