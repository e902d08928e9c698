"""Pictures made before anybody waits for one: those that a page names before it is put in place, and those
that pages will name as soon as the picture is in the library.
"""

import itertools
import logging
import os
import re
import time
from collections.abc import Iterable, Iterator

from django.core.files.storage import FileSystemStorage, default_storage

from articles.images import ImageRefused, PictureSource, Rendition, find_rendition
from articles.models import Image
from articles.publishing.pictures import expected_renditions, make_renditions

logger = logging.getLogger("articles.press")

RENDITIONS = re.compile(rb"/(renditions/[0-9A-Za-z_/-]{10,150}\.(?:avif|webp|jpg))")
UNREADABLE = (ImageRefused, FileNotFoundError, Image.DoesNotExist)
# Seconds for which a picture that can't be read is left alone: each page that shows it would try again.
LEAVE_ALONE = 600

_broken: dict[int, float] = {}


def renditions_named(body: bytes) -> Iterable[str]:
    return dict.fromkeys(found.decode("ascii") for found in RENDITIONS.findall(body))


def missing_pictures(body: bytes) -> list[str]:
    """The renditions that a page names and that are not there; readers would wait for them."""
    named = renditions_named(body)
    if not isinstance(default_storage, FileSystemStorage):
        return [path for path in named if not default_storage.exists(path)]
    # A front names hundreds, and the disk itself answers ten times as fast as the storage.
    return [path for path in named if not os.path.exists(f"{default_storage.base_location}/{path}")]


def make_ahead(body: bytes) -> None:
    """Make what is missing of the pictures on a page. One that can't be read is said, and passed over."""
    missing = list(found_renditions(missing_pictures(body)))
    missing.sort(key=lambda rendition: rendition.image_id)
    for number, renditions in itertools.groupby(missing, key=lambda rendition: rendition.image_id):
        make_of(number, renditions)


def make_expected(number: int) -> None:
    """All that pages may come to name of a picture of the library."""
    if image := Image.objects.filter(pk=number).first():
        make_of(number, expected_renditions(image))


def make_of(number: int, renditions: Iterable[Rendition]) -> None:
    if time.monotonic() - _broken.get(number, -LEAVE_ALONE) < LEAVE_ALONE:
        return
    try:
        make_renditions(Image.objects.get(pk=number), renditions)
    except UNREADABLE as error:
        _broken[number] = time.monotonic()
        logger.error("Picture %s could not be scaled, pages show its description: %s", number, error)


def found_renditions(paths: Iterable[str]) -> Iterator[Rendition]:
    """Those of the paths that name a picture of ours, each picture looked up once."""
    sources: dict[int, PictureSource | None] = {}

    def source_of(number: int) -> PictureSource | None:
        if number not in sources:
            image = Image.objects.filter(pk=number).first()
            sources[number] = image and image.source
        return sources[number]

    yield from filter(None, (find_rendition(path, source_of) for path in paths))
