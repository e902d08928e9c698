import datetime

from django.db import models
from django.utils.timesince import timesince

# A press says every few seconds that it is there.
SEEN_LATELY = datetime.timedelta(minutes=1)


class PressStatus(models.Model):
    """What a press last said of itself: one row a shelf, for editors and operators to see."""

    shelf = models.CharField(max_length=300, unique=True, help_text="Host and folder.")
    seen_at = models.DateTimeField("last seen", help_text="When this press last looked at the outbox.")
    waiting = models.PositiveIntegerField(default=0, help_text="Changes still to be printed.")
    oldest_at = models.DateTimeField(
        "oldest waiting since", null=True, help_text="Since when the oldest change waits."
    )
    last_error = models.TextField(blank=True)
    last_error_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "press"
        verbose_name_plural = "presses"

    def __str__(self):
        return self.shelf

    def is_running(self, now):
        return now - self.seen_at < SEEN_LATELY

    def in_words(self, now):
        """Like “runs; 3 changes wait, the oldest for 2 minutes”."""
        said = "runs" if self.is_running(now) else f"not seen for {timesince(self.seen_at, now)}"
        if not self.waiting:
            return f"{said}; nothing waits"
        many = "1 change waits" if self.waiting == 1 else f"{self.waiting} changes wait"
        return f"{said}; {many}, the oldest for {timesince(self.oldest_at, now)}"


class PrintFailure(models.Model):
    """A page that could not be rendered: its last good copy stands, and it is tried again."""

    shelf = models.CharField(max_length=300)
    # Encoded, as old addresses are: a section's and a subsection's longest words take 1440 characters then.
    path = models.CharField(max_length=2000)
    error = models.TextField()
    attempts = models.PositiveIntegerField(default=1)
    failed_at = models.DateTimeField("last failed")
    next_try_at = models.DateTimeField("next try", db_index=True)

    class Meta:
        ordering = ["-failed_at"]
        constraints = [models.UniqueConstraint(fields=["shelf", "path"], name="failure_once_a_page")]

    def __str__(self):
        return self.path
