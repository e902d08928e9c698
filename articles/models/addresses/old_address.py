import re
from functools import reduce
from itertools import chain
from operator import or_
from urllib.parse import unquote

from django.db import models
from django.db.models import Q

from articles.models.collections.periods import BELOW
from articles.models.desk.versioned import Versioned

# What has a page, whose address may change.
KINDS = ("article", "section", "tag", "author", "page")
# What is a file. The old site had it at another address.
FILES = ("image", "document")
THINGS = (*KINDS, *FILES)
# All columns that say what is at an old address.
LEADS = (*THINGS, "below", "address", "gone")
# Divides an address into that of a list and what follows it in that of a month or a day.
ADDRESS = re.compile(rf"(/.*?)((?:{BELOW})?)", re.DOTALL)
# The first word of a path, as an address of its own.
FIRST_WORDS = re.compile(r"\A/[^/]+/")


def only(kind):
    named = {f"{other}__isnull": other != kind for other in THINGS}
    return Q(**named, address="", gone=False)


def nothing_but(**column):
    return Q(**{f"{kind}__isnull": True for kind in THINGS}, below="", **column)


def forms_of(path):
    """The addresses whose redirects may hold for the path: the path itself, the same with or without a slash
    at its end, and the address above that of a month or a day."""
    return {path, other_form(path), ADDRESS.fullmatch(path)[1]} - {""}


def other_form(path):
    return path.rstrip("/") if path.endswith("/") else f"{path}/"


def nearest(found, path):
    """Of the redirects in `found`, by their path, the one that holds for this path; or None."""
    above = found.get(ADDRESS.fullmatch(path)[1])
    above = above if above and above.has_archive else None
    return found.get(path) or found.get(other_form(path)) or above


class OldAddressQuerySet(models.QuerySet):
    def leading_to(self, thing):
        return self.filter(**{thing._meta.model_name: thing})

    def of_files(self):
        """Those that lead to pictures or documents, with these."""
        files = Q(image__isnull=False) | Q(document__isnull=False)
        return self.filter(files).select_related(*FILES)

    def of_pages(self):
        """All others."""
        return self.filter(image=None, document=None)

    def at(self, path):
        """The one for that address, with or without a slash at its end, or for the address above if it is
        that of a month or a day; or None."""
        return self.at_or_above(path)[0]

    def at_each(self, paths):
        """Path → the same, for those that have one, with what it leads to. One query."""
        rows = self.filter(path__in=set(chain.from_iterable(map(forms_of, paths)))).select_related(*THINGS)
        found = {old.path: old for old in rows.defer("article__body", "article__prepared_body", "page__body")}
        return {path: old for path in paths if (old := nearest(found, path))}

    def at_or_above(self, path):
        """The same as at(); and, of an address below the path at which an old site stood, what follows that
        path, decoded as in a request, or else None. Both come from one query."""
        fronts = FIRST_WORDS.findall(path)
        found = {old.path: old for old in self.filter(path__in={*forms_of(path), *fronts})}
        front = next((found[each] for each in fronts if each in found and each != path), None)
        return (
            nearest(found, path),
            "/" + unquote(path.removeprefix(front.path)) if front and front.address == "/" else None,
        )


class OldAddress(Versioned):
    """An address that something had; it leads to where that is now. Editors write more of them by hand.

    It names the thing and not its new address: however often that moves on, one redirect leads to it. What
    has the address now is shown there first, so this waits behind a newcomer until that has gone again.
    """

    # Encoded, as addresses are built; a letter takes up to twelve characters then, in the longest slugs.
    path = models.CharField("address", max_length=2000, unique=True)
    article = models.ForeignKey("Article", null=True, on_delete=models.CASCADE, related_name="old_addresses")
    section = models.ForeignKey("Section", null=True, on_delete=models.CASCADE, related_name="old_addresses")
    tag = models.ForeignKey("Tag", null=True, on_delete=models.CASCADE, related_name="old_addresses")
    author = models.ForeignKey("Author", null=True, on_delete=models.CASCADE, related_name="old_addresses")
    page = models.ForeignKey("Page", null=True, on_delete=models.CASCADE, related_name="old_addresses")
    # Few redirects lead to files, so their indexes hold those rows alone.
    image = models.ForeignKey(
        "Image", null=True, db_index=False, on_delete=models.CASCADE, related_name="old_addresses"
    )
    document = models.ForeignKey(
        "Document", null=True, db_index=False, on_delete=models.CASCADE, related_name="old_addresses"
    )
    # What follows the address of the thing, such as 2026/06/ or feed/.
    below = models.CharField(max_length=60, blank=True, default="", db_default="")
    # A page of the site itself that it leads to, such as /archive/.
    address = models.CharField(max_length=60, blank=True, default="", db_default="")
    # It leads nowhere: what was there is gone for good.
    gone = models.BooleanField(default=False, db_default=False)
    by_hand = models.BooleanField("made by hand", default=False, db_default=False)
    since = models.DateTimeField(auto_now_add=True)
    # Kept by the servers, about once a minute: see press/serve/visits.py.
    hits = models.PositiveBigIntegerField("visits", default=0, db_default=0, editable=False)
    last_hit_on = models.DateField("last visit", null=True, editable=False)

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "redirect"
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, map(only, THINGS))
                | nothing_but(address__gt="", gone=False)
                | nothing_but(address="", gone=True),
                name="leads_to_one_place",
            )
        ]
        indexes = [
            models.Index(kind, condition=Q(**{f"{kind}__isnull": False}), name=f"old_addresses_of_{kind}s")
            for kind in FILES
        ]

    def __str__(self):
        return self.path

    @staticmethod
    def led_to(thing):
        """The columns of one that leads to the thing."""
        named = {kind: thing if kind == thing._meta.model_name else None for kind in THINGS}
        return {**named, "below": "", "address": "", "gone": False}

    @property
    def thing(self):
        """What it leads to; asked of the database. None if it is gone or a page of the site itself."""
        return next(filter(None, (getattr(self, kind) for kind in THINGS)), None)

    @property
    def has_archive(self):
        """Whether the months and days below it are found below the new address."""
        return not self.below and bool(self.section_id or self.tag_id or self.author_id)

    @property
    def destination(self):
        """Where it leads; asked of the database. Empty if what was there is gone."""
        thing = self.thing
        return thing.get_absolute_url() + self.below if thing else self.address
