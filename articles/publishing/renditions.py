"""The files of a picture. Each is made from its master in one size and one coding."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache

from django.core.files.storage import Storage

from articles.images import (
    PORTRAITS,
    SHOWN,
    ImageRefused,
    Rendition,
    allowed,
    encode_all,
    folder_path,
    renditions_for,
)
from articles.metrics.counts import counted
from articles.models import Image
from articles.picture_files import (
    KnownFiles,
    is_on_disk,
    listed,
    masters,
    read_file,
    store_whole,
)
from articles.picture_files import renditions as storage_of_renditions

from .removed_files import remove_files
from .shared.records import announce

logger = logging.getLogger("articles.publishing")

# The roles in which a picture is expected to be used. Their renditions are made as soon as it is in the
# library.
EXPECTED = [role for role in SHOWN if role not in PORTRAITS]


def announce_renditions(image: Image) -> None:
    """Have the press make the renditions in the background, so that publishing need not make them."""
    announce("renditions", image.pk, {})


def expected_renditions(image: Image) -> tuple[Rendition, ...]:
    return renditions_for(image.source, EXPECTED)


def make_rendition(image: Image, rendition: Rendition) -> bytes:
    """The bytes of the rendition. It is made and stored if it does not exist yet, which is found out by
    reading it."""
    storage = storage_of_renditions()
    with suppress(FileNotFoundError):
        return read_file(storage, rendition.path)
    ((_, content),) = made(image, [rendition])
    store_whole(storage, rendition.path, content)
    return content


def make_renditions(image: Image, renditions: Iterable[Rendition]) -> int:
    """Make and store the renditions that do not exist yet. The picture is decoded once. Returns how many were
    made.

    ImageRefused if the stored picture can't be read; OSError if the new files can't be written, or if the
    store does not answer.
    """
    storage = storage_of_renditions()
    missing = [rendition for rendition in renditions if not is_made(storage, rendition.path)]
    if not missing:
        return 0
    for rendition, content in made(image, missing):
        store_whole(storage, rendition.path, content)
        if not is_on_disk(storage):
            known_files(storage).add(rendition.path)
    return len(missing)


def made(image: Image, renditions: Iterable[Rendition]) -> Iterator[tuple[Rendition, bytes]]:
    for each in encode_all(read_master(image), renditions, image.focus, image.crops_by_key):
        counted.add("pictures_made")
        yield each


def is_made(storage: Storage, path: str) -> bool:
    return storage.exists(path) if is_on_disk(storage) else path in known_files(storage)


@lru_cache(maxsize=1)
def known_files(storage: Storage) -> KnownFiles:
    """What this process knows of a store, which takes long to answer and is paid for each question."""
    return KnownFiles(storage)


def forget_known(paths: Iterable[str]) -> None:
    """To be called by a process that knows a store's files, when these have been deleted: a picture that
    readers get again has the same addresses as before."""
    storage = storage_of_renditions()
    if not is_on_disk(storage):
        for path in paths:
            known_files(storage).forget(path)


def read_master(image: Image) -> bytes:
    """The bytes of the stored picture. If they are gone, or the disk does not give them, ImageRefused is
    raised as for a damaged picture. ConnectionError if the store does not answer: nothing is wrong with the
    picture."""
    try:
        return read_file(masters(), image.file.name)
    except ConnectionError:
        raise
    except OSError as error:
        raise ImageRefused(
            f"Its file {image.file.name} cannot be read: {error.strerror or error}."
        ) from error


def rendition_files(image: Image, storage: Storage | None = None) -> Iterator[str]:
    """The names of all renditions of the picture, also for its former focal points and crops, which a file
    server would go on sending."""
    storage = storage or storage_of_renditions()
    shard = folder_path(image.pk, image.key).rpartition("/")[0]
    for folder in listed(storage, shard)[0]:
        if folder.startswith(f"{image.pk}-"):
            yield from (f"{shard}/{folder}/{name}" for name in listed(storage, f"{shard}/{folder}")[1])


def forget_renditions(image: Image) -> None:
    """Delete all renditions of the picture, and have the stores in front forget their addresses.

    If its own store does not say what it has, they are those that pages have named: a picture that has to
    leave readers' pages does not wait for that.
    """
    try:
        files = list(rendition_files(image))
    except OSError as error:
        logger.error("The files of picture %s cannot be listed; older ones may stay: %s", image.pk, error)
        files = sorted(rendition.path for rendition in allowed(image.source))
    remove_files(files)
    announce("renditions", image.pk, {"gone": files})
