from django.db import models
from django.utils import timezone
from django.utils.timesince import timesince


class Email(models.Model):
    """An e-mail that is to be sent, or was: its row is kept as long as its notification, so that it is
    not sent twice."""

    notification = models.OneToOneField("Notification", on_delete=models.CASCADE, related_name="email")
    noted_at = models.DateTimeField("waits since", default=timezone.now)
    # Empty while it waits. Set when it is sent, when nobody may get it any more, and when it is dropped after
    # three days.
    done_at = models.DateTimeField("sent", null=True)
    tries = models.PositiveIntegerField("failed tries", default=0)
    # Also until when another host has it in hand.
    next_try_at = models.DateTimeField("next try", default=timezone.now)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(done_at=None), name="emails_waiting")
        ]
        verbose_name = "e-mail"

    def __str__(self):
        return f"e-mail {self.pk}"

    def in_words(self, now):
        """Like “waits for 2 minutes; failed 3 times, next try 28 November 12:00:05”."""
        if self.done_at:
            return f"done {timezone.localtime(self.done_at):%d %B %H:%M:%S}"
        words = f"waits for {timesince(self.noted_at, now)}"
        if not self.tries:
            return words
        times = "once" if self.tries == 1 else f"{self.tries} times"
        return f"{words}; failed {times}, next try {timezone.localtime(self.next_try_at):%d %B %H:%M:%S}"
