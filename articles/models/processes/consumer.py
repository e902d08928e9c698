from django.db import models
from django.utils import timezone
from django.utils.timesince import timesince


class OutboxConsumer(models.Model):
    """How far a consumer of the outbox, other than a press, has followed it. One row for all hosts."""

    name = models.CharField(max_length=40, unique=True)
    # As outbox.cursor.Position writes it. Empty until the consumer has been begun.
    position = models.TextField(blank=True)
    # How far it has built everything, in its own words; NULL when everything is built.
    built_until = models.TextField(null=True, blank=True)  # noqa: DJ001 - empty means that it has just begun
    built_with = models.PositiveIntegerField(default=0, db_default=0, help_text="Its version.")
    followed_at = models.DateTimeField("last followed", default=timezone.now)
    tries = models.PositiveIntegerField("failed tries", default=0, help_text="Since it last went well.")
    next_try_at = models.DateTimeField("next try", default=timezone.now)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def in_words(self, now):
        """Like “followed 2 minutes ago; failed 3 times, next try 28 November 12:00:05”."""
        words = f"followed {timesince(self.followed_at, now)} ago"
        if self.built_until is not None:
            words += "; everything is built anew"
        if not self.tries:
            return words
        times = "once" if self.tries == 1 else f"{self.tries} times"
        return f"{words}; failed {times}, next try {timezone.localtime(self.next_try_at):%d %B %H:%M:%S}"
