from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy


class Correction(models.Model):
    """A dated note to readers on a published article."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", gettext_lazy("Correction")
        UPDATE = "update", gettext_lazy("Update")
        CLARIFICATION = "clarification", gettext_lazy("Clarification")

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.CORRECTION)
    text = models.TextField(help_text="What was wrong and what is right, for readers.")
    at = models.DateTimeField("time", default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        day = timezone.localdate(self.at)
        return f"{self.get_kind_display()}, {day.day} {day:%B %Y}"
