import datetime

from django.db import models
from django.utils import timezone
from django.utils.timesince import timesince

# A press says every few seconds that it is there.
SEEN_LATELY = datetime.timedelta(minutes=1)
# Longer than any change waits while a press is well.
LATE = datetime.timedelta(minutes=5)
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
        return in_use, [press for press in presses if press.seen_at <= last - GIVEN_UP]


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
    printed_until = models.DateTimeField(
        null=True, help_text="All that changed before is printed, and the stores in front know it."
    )
    under_way = models.CharField(max_length=100, blank=True, help_text="What it does between changes.")
    last_error = models.TextField(blank=True)
    last_error_at = models.DateTimeField(null=True)
    recovered_at = models.DateTimeField("over since", null=True, help_text="Since when that error is over.")

    objects = PressStatusQuerySet.as_manager()

    class Meta:
        verbose_name = "press"
        verbose_name_plural = "presses"

    def __str__(self):
        return self.shelf

    def is_running(self, now):
        return now - self.seen_at < SEEN_LATELY

    def is_in_trouble(self, now):
        """An error that is not over, or a change that waits for longer than any should."""
        is_late = self.oldest_at is not None and now - self.oldest_at > LATE
        return is_late or (bool(self.last_error) and self.recovered_at is None)

    def in_words(self, now):
        """Like “runs; 3 changes wait, the oldest for 2 minutes; reprinting, 310 of 1,135 articles”."""
        parts = ["runs" if self.is_running(now) else f"not seen for {timesince(self.seen_at, now)}"]
        if self.waiting:
            many = "1 change waits" if self.waiting == 1 else f"{self.waiting} changes wait"
            parts.append(f"{many}, the oldest for {timesince(self.oldest_at, now)}")
        if self.under_way:
            parts.append(self.under_way)
        return "; ".join(parts if len(parts) > 1 else [*parts, "nothing waits"])

    def error_in_words(self):
        """Like “ShelfFull: no space left (28 November 12:00:05; over since 28 November 12:03:10)”."""
        if not self.last_error:
            return ""
        over = f"over since {moment(self.recovered_at)}" if self.recovered_at else "not over"
        return f"{self.last_error} ({moment(self.last_error_at)}; {over})"


def moment(at):
    return f"{timezone.localtime(at):%d %B %H:%M:%S}"


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


class PictureFailure(models.Model):
    """A picture whose files could not be made: pages show its description, and it is tried again.

    One row for all presses: they share the pictures' folder, and whoever makes the files makes them for all.
    """

    image = models.OneToOneField("Image", on_delete=models.CASCADE, related_name="failure")
    error = models.TextField()
    attempts = models.PositiveIntegerField(default=1)
    failed_at = models.DateTimeField("last failed")
    next_try_at = models.DateTimeField("next try", db_index=True)

    class Meta:
        ordering = ["-failed_at"]

    def __str__(self):
        return str(self.image)
