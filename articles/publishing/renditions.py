"""The files of a picture: made from its master, each in one size and coding."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from articles.images import ROLES, ImageRefused, Rendition, encode_all, folder_path, renditions_for
from articles.models import Image
from articles.whole_files import write_whole

from .records import announce

# What a picture may be used as: its renditions are made as soon as it is in the library.
EXPECTED = [role for name, role in ROLES.items() if name != "portrait"]


def announce_renditions(image: Image) -> None:
    """Have the press make them while nobody waits, so that publishing need not."""
    announce("renditions", image.pk, {})


def expected_renditions(image: Image) -> tuple[Rendition, ...]:
    return renditions_for(image.source, EXPECTED)


def make_rendition(image: Image, rendition: Rendition) -> bytes:
    """The rendition's bytes, made and stored if it is not there yet."""
    make_renditions(image, [rendition])
    with default_storage.open(rendition.path) as file:
        return file.read()


def make_renditions(image: Image, renditions: Iterable[Rendition]) -> int:
    """Make and store those that are not there yet, decoding the picture once; answers how many those were.

    ImageRefused if the stored picture can't be read; OSError if the new files can't be written.
    """
    missing = [rendition for rendition in renditions if not default_storage.exists(rendition.path)]
    if not missing:
        return 0
    for rendition, content in encode_all(read_master(image), missing, image.focus):
        store_whole(rendition.path, content)
    return len(missing)


def read_master(image: Image) -> bytes:
    """ImageRefused if the disk does not give it: for whoever wants a rendition that is as if it were damaged.
    A disk that takes no new file is another fault."""
    try:
        with image.file.open() as file:
            return file.read()
    except OSError as error:
        raise ImageRefused(
            f"Its file {image.file.name} cannot be read: {error.strerror or error}."
        ) from error


def store_whole(path: str, content: bytes) -> None:
    """A file server hands a picture out as soon as it has its name, to be kept for ever: never half of it."""
    if not isinstance(default_storage, FileSystemStorage):
        default_storage.save(path, ContentFile(content))
        return
    write_whole(Path(default_storage.path(path)), content, mode=settings.FILE_UPLOAD_PERMISSIONS)


def rendition_files(image: Image) -> Iterator[str]:
    """Also those of focal points that it had before: a file server would go on handing them out."""
    shard = folder_path(image.pk, image.key).rpartition("/")[0]
    for folder in listed(shard)[0]:
        if folder.startswith(f"{image.pk}-"):
            yield from (f"{shard}/{folder}/{name}" for name in listed(f"{shard}/{folder}")[1])


def listed(folder: str) -> tuple[list[str], list[str]]:
    """Its folders and its files; none where it was never made."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
