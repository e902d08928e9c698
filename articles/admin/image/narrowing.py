"""By what the library can be narrowed: the same in its list and in the dialog that chooses a picture."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin
from django.db.models import F
from django.utils import timezone

from articles.models import Collection
from articles.publishing.picture_library.uses import unused

SOON = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Choice:
    """`rows` gets the pictures and the person who asks."""

    label: str
    rows: Callable


def ends_soon(images, user):
    today = timezone.localdate()
    return images.filter(usable_until__gte=today, usable_until__lte=today + SOON)


# The parameter of the address → what it is called, and its choices.
NARROWINGS = {
    "missing": (
        "what is missing",
        {
            "alt": Choice("Without alt text", lambda images, user: images.without_alt()),
            "credit": Choice("Without credit", lambda images, user: images.without_credit()),
        },
    ),
    "use": ("use", {"none": Choice("Used by nothing", lambda images, user: unused(images))}),
    "by": ("who added it", {"me": Choice("Mine", lambda images, user: images.filter(uploaded_by=user))}),
    "shape": (
        "shape",
        {
            "landscape": Choice("Landscape", lambda images, user: images.filter(width__gt=F("height"))),
            "portrait": Choice("Portrait", lambda images, user: images.filter(width__lt=F("height"))),
        },
    ),
    "licence": (
        "licence",
        {
            "ended": Choice("Has ended", lambda images, user: images.ended()),
            "soon": Choice("Ends in 30 days", ends_soon),
        },
    ),
}
COLLECTION = "collection"
MOST_COLLECTIONS = 200


def narrowed(images, asked, user):
    """The pictures that fit what an address asks for. What it asks for that there is not is left out."""
    for name, (_, choices) in NARROWINGS.items():
        if choice := choices.get(asked.get(name, "")):
            images = choice.rows(images, user)
    if number := collection_number(asked.get(COLLECTION, "")):
        images = images.filter(collections=number)
    return images


def collection_number(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def collections():
    return list(Collection.objects.values_list("pk", "name")[:MOST_COLLECTIONS])


def filter_of(name):
    """The list's filter."""
    told, choices = NARROWINGS[name]

    class Narrowing(admin.SimpleListFilter):
        title = told
        parameter_name = name

        def lookups(self, request, model_admin):
            return [(value, choice.label) for value, choice in choices.items()]

        def queryset(self, request, queryset):
            choice = choices.get(self.value())
            return choice.rows(queryset, request.user) if choice else queryset

    return Narrowing


class CollectionFilter(admin.SimpleListFilter):
    title = "collection"
    parameter_name = COLLECTION

    def lookups(self, request, model_admin):
        return [(str(number), name) for number, name in collections()]

    def queryset(self, request, queryset):
        number = collection_number(self.value() or "")
        return queryset.filter(collections=number) if number else queryset


FILTERS = [*map(filter_of, NARROWINGS), CollectionFilter]
