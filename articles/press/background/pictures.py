"""Picture files made before a reader waits for one: those that a page names are made before the page is put
in place, and those that pages are expected to name as soon as the picture is in the library.
"""

import itertools
import logging
import os
import time
from collections.abc import Iterable, Iterator
from math import inf
from pathlib import Path

from django.utils import timezone

from articles.images import SHOWN, ImageRefused, PictureSource, Rendition, find_rendition, renditions_for
from articles.models import Image, PictureFailure
from articles.picture_files import is_on_disk
from articles.picture_files import renditions as storage_of_renditions
from articles.press.changes.intake import Round
from articles.press.render.failures import note_again
from articles.press.shelf.disk_space import shortage
from articles.publishing.renditions import expected_renditions, is_made, make_renditions

logger = logging.getLogger("articles.press")

SAID_EVERY = 600  # seconds between two lines in the log about one disk

said_rarely = Round(SAID_EVERY)


def missing_pictures(named: Iterable[str]) -> list[str]:
    """The files that a page names (`PageFacts.pictures`) and that do not exist yet. Readers would wait for
    them."""
    storage = storage_of_renditions()
    if not is_on_disk(storage):
        return [path for path in named if not is_made(storage, path)]
    # A front names hundreds of files. Asking the disk directly is ten times as fast as asking the storage.
    return [path for path in named if not os.path.exists(f"{storage.base_location}/{path}")]


def make_ahead(named: Iterable[str], *, seconds: float = inf) -> None:
    """Make the files that a page names and that do not exist yet; no picture is begun after so many seconds.
    If one can't be read, it is put aside and the others are made. OSError if the disk does not take the
    files."""
    end = time.monotonic() + seconds
    missing = list(found_renditions(missing_pictures(named)))
    missing.sort(key=lambda rendition: rendition.image_id)
    for number, renditions in itertools.groupby(missing, key=lambda rendition: rendition.image_id):
        if time.monotonic() >= end:
            return
        if image := Image.objects.filter(pk=number).first():
            make_of(image, renditions)


def make_expected(number: int) -> None:
    """Make all files of a picture in the library that pages are expected to name."""
    if image := Image.objects.filter(pk=number).first():
        make_of(image, expected_renditions(image))


def make_again(number: int) -> None:
    """Try a picture again that failed before. All its files are made, because any page may name them by
    now."""
    if image := Image.objects.filter(pk=number).first():
        make_of(image, renditions_for(image.source, SHOWN))


def make_of(image: Image, renditions: Iterable[Rendition]) -> None:
    if not has_room():
        return
    failure = PictureFailure.objects.filter(image=image).first()
    if failure and failure.next_try_at > timezone.now():
        # Do not try yet. Otherwise each page that shows a broken picture would try it again.
        return
    failure = failure or PictureFailure(image=image, attempts=0)
    try:
        make_renditions(image, renditions)
    except ImageRefused as error:
        logger.error("Picture %s could not be made, pages show its description: %s", image.pk, error)
        note_again(failure, str(error))
    except OSError as error:
        # The disk refuses the file, or the store does not answer. The picture is tried again later like a
        # broken one, so that it never holds up others whose files the disk takes.
        note_again(failure, f"Its files cannot be stored: {error}")
        raise
    else:
        if failure.pk:
            failure.delete()


def has_room() -> bool:
    """Whether the disk has room for pictures that nobody has asked for yet. If it has none, each is made when
    a reader asks for it, so that what room there is goes to uploads."""
    storage = storage_of_renditions()
    if not is_on_disk(storage):
        return True
    found = shortage(Path(storage.base_location))
    if found and said_rarely.is_due():
        logger.warning("The pictures' disk is %s: pictures are made when somebody asks for them.", found)
    return not found


def found_renditions(paths: Iterable[str]) -> Iterator[Rendition]:
    """The renditions that these paths name. Paths that name none are left out; each picture is read once."""
    sources: dict[int, PictureSource | None] = {}

    def source_of(number: int) -> PictureSource | None:
        if number not in sources:
            image = Image.objects.filter(pk=number).first()
            sources[number] = image and image.source
        return sources[number]

    yield from filter(None, (find_rendition(path, source_of) for path in paths))
