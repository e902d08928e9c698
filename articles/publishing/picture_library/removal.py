"""Deleting pictures, and cleaning up those that nothing uses."""

import datetime
from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from articles.models import Image, OldAddress
from articles.publishing.removed_files import remove_files
from articles.publishing.renditions import forget_renditions
from articles.publishing.shared.errors import Refused
from articles.publishing.shared.locks import lock, tried_again
from articles.publishing.shared.uses import refuse_if_used

from .uses import unused, uses_of_image

# Whoever uploads a picture has so long to use it.
SPARED = datetime.timedelta(days=30)


@transaction.atomic
def remove_image(image: Image) -> None:
    """Remove the row, and its files once that is committed and no backup is being made. Stores in front
    forget them."""
    lock(changed={Image: [image.pk]})
    refuse_if_used(str(image), uses_of_image(image))
    remove_files([image.file.name])
    forget_renditions(image)
    image.delete()


def cleanable(*, spared: datetime.timedelta = SPARED) -> QuerySet:
    """The pictures that nothing uses, which are in the library for so long already, and to which no address
    of an older site leads."""
    old = Image.objects.filter(uploaded_at__lt=timezone.now() - spared)
    led_to = OldAddress.objects.filter(image=OuterRef("pk"))
    return unused(old.filter(~Exists(led_to)))


def clean_up(*, spared: datetime.timedelta = SPARED, most: int | None = None) -> Iterator[str]:
    """Delete them, each in a transaction of its own: what somebody begins to use meanwhile stays. Yields the
    names of those that are gone."""
    for number in list(cleanable(spared=spared).order_by("pk").values_list("pk", flat=True)[:most]):
        if name := tried_again(partial(_cleaned_up, number, spared)):
            yield name


@transaction.atomic
def _cleaned_up(number: int, spared: datetime.timedelta) -> str:
    lock(changed={Image: [number]})
    image = cleanable(spared=spared).filter(pk=number).first()
    if image is None:
        return ""
    name = str(image)
    try:
        remove_image(image)
    except Refused:
        return ""
    return name
