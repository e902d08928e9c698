from django.db import models


class PressStatus(models.Model):
    """What a press last said of itself: one row a shelf, for editors and operators to see."""

    shelf = models.CharField(max_length=300, unique=True, help_text="Host and folder.")
    seen_at = models.DateTimeField(help_text="When this press last looked at the outbox.")
    waiting = models.PositiveIntegerField(default=0, help_text="Pages still to be printed.")
    oldest_at = models.DateTimeField(null=True, help_text="Since when the oldest change waits.")
    last_error = models.TextField(blank=True)
    last_error_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "press"
        verbose_name_plural = "presses"

    def __str__(self):
        return self.shelf


class PrintFailure(models.Model):
    """A page that could not be rendered: its last good copy stands, and it is tried again."""

    shelf = models.CharField(max_length=300)
    path = models.CharField(max_length=1000)
    error = models.TextField()
    attempts = models.PositiveIntegerField(default=1)
    failed_at = models.DateTimeField()
    next_try_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-failed_at"]
        constraints = [models.UniqueConstraint(fields=["shelf", "path"], name="failure_once_a_page")]

    def __str__(self):
        return self.path
