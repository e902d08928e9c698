"""Pictures made before anybody waits for one: those that a page names before it is put in place, and those
that pages will name as soon as the picture is in the library.
"""

import itertools
import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

from articles.images import ROLES, ImageRefused, PictureSource, Rendition, find_rendition, renditions_for
from articles.models import Image, PictureFailure
from articles.press.outbox.intake import Round
from articles.press.render.failures import note_again
from articles.press.shelf.disk_space import shortage
from articles.publishing.renditions import expected_renditions, make_renditions

logger = logging.getLogger("articles.press")

SAID_EVERY = 600  # seconds between two lines in the log about one disk

said_rarely = Round(SAID_EVERY)


def missing_pictures(named: Iterable[str]) -> list[str]:
    """Those of the files that a page names (`PageFacts.pictures`) that are not there; readers would wait for
    them."""
    if not isinstance(default_storage, FileSystemStorage):
        return [path for path in named if not default_storage.exists(path)]
    # A front names hundreds, and the disk itself answers ten times as fast as the storage.
    return [path for path in named if not os.path.exists(f"{default_storage.base_location}/{path}")]


def make_ahead(named: Iterable[str]) -> None:
    """Make those of the files that a page names that are not there. A picture that can't be read is put
    aside, and the others are made. OSError if the disk does not take them."""
    missing = list(found_renditions(missing_pictures(named)))
    missing.sort(key=lambda rendition: rendition.image_id)
    for number, renditions in itertools.groupby(missing, key=lambda rendition: rendition.image_id):
        if image := Image.objects.filter(pk=number).first():
            make_of(image, renditions)


def make_expected(number: int) -> None:
    """All that pages may come to name of a picture of the library."""
    if image := Image.objects.filter(pk=number).first():
        make_of(image, expected_renditions(image))


def make_again(number: int) -> None:
    """What could not be made before: any page may name any of it by now."""
    if image := Image.objects.filter(pk=number).first():
        make_of(image, renditions_for(image.source, ROLES.values()))


def make_of(image: Image, renditions: Iterable[Rendition]) -> None:
    if not has_room():
        return
    failure = PictureFailure.objects.filter(image=image).first()
    if failure and failure.next_try_at > timezone.now():
        # Else each page that shows a broken picture would try it again.
        return
    failure = failure or PictureFailure(image=image, attempts=0)
    try:
        make_renditions(image, renditions)
    except ImageRefused as error:
        logger.error("Picture %s could not be made, pages show its description: %s", image.pk, error)
        note_again(failure, str(error))
    except OSError as error:
        # The disk takes nothing. It is tried again later like one that is broken, so that it never stands in
        # the way of others whose files the disk does take.
        note_again(failure, f"Its files cannot be written: {error}")
        raise
    else:
        if failure.pk:
            failure.delete()


def has_room() -> bool:
    """Whether the pictures' disk has room for some that nobody has asked for. Where it has none, each is made
    when a reader asks for it, and uploads go before those that nobody looks at."""
    if not isinstance(default_storage, FileSystemStorage):
        return True
    found = shortage(Path(default_storage.base_location))
    if found and said_rarely.is_due():
        logger.warning("The pictures' disk is %s: pictures are made when somebody asks for them.", found)
    return not found


def found_renditions(paths: Iterable[str]) -> Iterator[Rendition]:
    """Those of the paths that name a picture of ours, each picture looked up once."""
    sources: dict[int, PictureSource | None] = {}

    def source_of(number: int) -> PictureSource | None:
        if number not in sources:
            image = Image.objects.filter(pk=number).first()
            sources[number] = image and image.source
        return sources[number]

    yield from filter(None, (find_rendition(path, source_of) for path in paths))
