from django.db import models
from django.utils import timezone
from django.utils.timesince import timesince


class TaskQuerySet(models.QuerySet):
    def due(self, now=None):
        """In the order in which they were left."""
        return self.filter(next_try_at__lte=now or timezone.now()).order_by("pk")


class Task(models.Model):
    """The rest of a change that touches too many articles for one transaction.

    The verb leaves it in its own transaction, and the press works it off in slices. `kind` and `arguments`
    say what is to be done; `cursor`, whose form the kind knows, how far it has come.
    """

    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    cursor = models.JSONField()
    what = models.CharField(max_length=300, help_text="What is being done, in words.")
    made_at = models.DateTimeField("begun", auto_now_add=True)
    tries = models.PositiveIntegerField("failed tries", default=0, help_text="Since a slice was last done.")
    next_try_at = models.DateTimeField("next try", default=timezone.now, db_index=True)
    last_error = models.TextField(blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.what

    def in_words(self, now):
        """Like “for 2 minutes, goes on”."""
        age = f"for {timesince(self.made_at, now)}"
        if not self.tries:
            return f"{age}, goes on"
        times = "once" if self.tries == 1 else f"{self.tries} times"
        return f"{age}; failed {times}, next try {timezone.localtime(self.next_try_at):%d %B %H:%M:%S}"
