import datetime

from django.db import models
from django.utils.timesince import timesince

# A press says every few seconds that it is there.
SEEN_LATELY = datetime.timedelta(minutes=1)
# A container's name goes with it, and a host that died keeps its own: nothing here tells one from the other.
# So whoever has three is told of the one that is missing, for long enough to be read on the next morning,
# and whoever puts new ones up every week is not told of the old ones for ever.
GIVEN_UP = datetime.timedelta(days=1)


class PressStatusQuerySet(models.QuerySet):
    def in_use_and_given_up(self, now):
        """Two lists. Given up is what was not seen for a day while another was; a single one never is."""
        presses = list(self)
        # A host whose clock runs ahead gives up no other.
        last = min(max((press.seen_at for press in presses), default=now), now)
        in_use = [press for press in presses if press.seen_at > last - GIVEN_UP]
        return in_use, [press for press in presses if press not in in_use]


class PrintFailureQuerySet(models.QuerySet):
    def left_behind(self, now):
        """Of shelves whose press is forgotten. Not at once: a new one may fail before it is known."""
        known = PressStatus.objects.values("shelf")
        return self.filter(failed_at__lt=now - GIVEN_UP).exclude(shelf__in=known)

    def without(self, presses):
        """Of presses that were given up: nobody tries these again."""
        return self.exclude(shelf__in=[press.shelf for press in presses])


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

    objects = PressStatusQuerySet.as_manager()

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

    objects = PrintFailureQuerySet.as_manager()

    class Meta:
        ordering = ["-failed_at"]
        constraints = [models.UniqueConstraint(fields=["shelf", "path"], name="failure_once_a_page")]

    def __str__(self):
        return self.path
