"""Words and collections of several pictures at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Collection, Image
from articles.publishing.pictures import change_image
from articles.publishing.shared.text import one_line

LONGEST_NAME = Collection._meta.get_field("name").max_length


def names_of(text: str) -> list[str]:
    """The collections in a line that an editor typed, with commas between them, each once."""
    names = (one_line(name)[:LONGEST_NAME] for name in text.split(","))
    return list({name.casefold(): name for name in names if name}.values())


def collections_called(names: Iterable[str]) -> list[Collection]:
    """Those with these names, which are made if there are none. Capitals make no difference."""
    found = []
    for name in names:
        there = Collection.objects.filter(name__iexact=name).first()
        found.append(there or Collection.objects.get_or_create(name=name)[0])
    return found


@transaction.atomic
def set_collections(image: Image, names: Iterable[str]) -> None:
    """Let the picture be in these collections and no others. One that has no picture any more is gone."""
    image.collections.set(collections_called(names))
    forget_empty()


def forget_empty() -> None:
    empty().delete()


def empty() -> QuerySet:
    """One row of each collection is looked for. A join would go through all rows of all collections, each
    time that a picture is saved."""
    pictures = Image.collections.through.objects.filter(collection=OuterRef("pk"))
    return Collection.objects.filter(~Exists(pictures))


@transaction.atomic
def change_one_of_many(
    image: Image,
    *,
    expected: int,
    words: Mapping[str, str],
    facts: Mapping[str, Any],
    into: Iterable[str] = (),
    out_of: Iterable[str] = (),
) -> None:
    """What was filled in for several pictures, for one of them. Outdated if a colleague has changed it since
    it was chosen."""
    change_image(image, expected=expected, facts=facts, **words)
    image.collections.add(*collections_called(into))
    for name in out_of:
        image.collections.remove(*Collection.objects.filter(name__iexact=name))
    forget_empty()
