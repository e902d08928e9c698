from django.db import models


class Versioned(models.Model):
    """A row that is changed in forms. Each verb that saves it raises its version, and a form carries the one
    that it showed, so that nobody's change is written over unknowingly."""

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
