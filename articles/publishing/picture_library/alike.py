"""Pictures of the library that look like one of them."""

from functools import reduce
from operator import or_

from django.db.models import Q

from articles.images import ALIKE, difference, make_master, says_something
from articles.models import Image
from articles.publishing.renditions import read_master

BANDS = ("band_1", "band_2", "band_3", "band_4")
MOST_COMPARED = 500
MOST_OFFERED = 3


def look_alikes(image: Image) -> list[Image]:
    """Those that may be the same photograph in another size or coding, the likest first. Each that differs in
    three bits of 64 or fewer is among those compared, and many that differ in more."""
    if image.bands is None:
        return []
    said = {name: band for name, band in zip(BANDS, image.bands, strict=True) if says_something(band)}
    if not said:
        return []
    in_common = reduce(or_, (Q(**{name: band}) for name, band in said.items()))
    rows = Image.objects.filter(in_common).exclude(pk=image.pk).order_by()
    found = sorted(
        (difference(image.bands, tuple(bands)), number)
        for number, *bands in rows.values_list("pk", *BANDS)[:MOST_COMPARED]
    )
    numbers = [number for bits, number in found if bits <= ALIKE][:MOST_OFFERED]
    there = Image.objects.in_bulk(numbers)
    return [there[number] for number in numbers if number in there]


def look_at(image: Image) -> None:
    """Write down the likeness of a picture that was in the library before those were kept. ImageRefused if
    its file can't be read."""
    image.bands = make_master(read_master(image)).likeness
    Image.objects.filter(pk=image.pk).update(**dict(zip(BANDS, image.bands, strict=True)))
