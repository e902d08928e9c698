from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

# What has an address that may change.
KINDS = ("article", "section", "tag", "author", "page")


def only(kind):
    return Q(**{f"{other}__isnull": other != kind for other in KINDS})


class OldAddressQuerySet(models.QuerySet):
    def leading_to(self, thing):
        return self.filter(**{thing._meta.model_name: thing})


class OldAddress(models.Model):
    """An address that something had; it leads to where that is now.

    It names the thing and not its new address: however often that moves on, one redirect leads to it. What
    has the address now is shown there first, so this waits behind a newcomer until that has gone again.
    """

    # Encoded, as addresses are built; a letter takes up to twelve characters then, in the longest slugs.
    path = models.CharField(max_length=2000, unique=True)
    article = models.ForeignKey("Article", null=True, on_delete=models.CASCADE, related_name="old_addresses")
    section = models.ForeignKey("Section", null=True, on_delete=models.CASCADE, related_name="old_addresses")
    tag = models.ForeignKey("Tag", null=True, on_delete=models.CASCADE, related_name="old_addresses")
    author = models.ForeignKey("Author", null=True, on_delete=models.CASCADE, related_name="old_addresses")
    page = models.ForeignKey("Page", null=True, on_delete=models.CASCADE, related_name="old_addresses")
    since = models.DateTimeField(auto_now_add=True)

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "old addresses"
        constraints = [
            models.CheckConstraint(condition=reduce(or_, map(only, KINDS)), name="leads_to_one_thing")
        ]

    def __str__(self):
        return self.path

    @staticmethod
    def led_to(thing):
        """The columns of one that leads to the thing."""
        return {kind: thing if kind == thing._meta.model_name else None for kind in KINDS}

    @property
    def thing(self):
        """What it leads to; asked of the database."""
        return next(filter(None, (getattr(self, kind) for kind in KINDS)))
