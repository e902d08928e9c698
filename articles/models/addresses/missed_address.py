from django.db import models


class MissedAddress(models.Model):
    """An address at which readers have found nothing, and how often. It says nothing about the readers."""

    path = models.CharField("address", max_length=300, unique=True)
    hits = models.PositiveBigIntegerField("visits", default=0)
    first_on = models.DateField("first visit")
    last_on = models.DateField("last visit")

    class Meta:
        verbose_name = "address not found"
        verbose_name_plural = "addresses not found"
        indexes = [models.Index("hits", "last_on", name="missed_least")]

    def __str__(self):
        return self.path
