from django.db import models
from django.utils import timezone
from django.utils.timesince import timesince


class Notice(models.Model):
    """An address of which a server elsewhere, such as a hub or a search engine, is still to be told."""

    service = models.CharField(max_length=20)
    # A path, encoded.
    address = models.CharField(max_length=2000)
    noted_at = models.DateTimeField("waits since", help_text="When it changed for readers.")
    tries = models.PositiveIntegerField("failed tries", default=0)
    # Also until when another host has it in hand.
    next_try_at = models.DateTimeField("next try", db_index=True)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["service", "address"], name="notice_once_an_address")]

    def __str__(self):
        return self.address

    def in_words(self, now):
        """Like “for 2 minutes; failed 3 times, next try 28 November 12:00:05”."""
        words = f"for {timesince(self.noted_at, now)}"
        if not self.tries:
            return words
        times = "once" if self.tries == 1 else f"{self.tries} times"
        return f"{words}; failed {times}, next try {timezone.localtime(self.next_try_at):%d %B %H:%M:%S}"
