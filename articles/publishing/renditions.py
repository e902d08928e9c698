"""The files of a picture. Each is made from its master in one size and one coding."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from articles.images import SHOWN, ImageRefused, Rendition, encode_all, folder_path, renditions_for
from articles.models import Image
from articles.whole_files import write_whole

from .removed_files import remove_files
from .shared.records import announce

# The roles in which a picture is expected to be used. Their renditions are made as soon as it is in the
# library.
EXPECTED = [role for role in SHOWN if role.name != "portrait"]


def announce_renditions(image: Image) -> None:
    """Have the press make the renditions in the background, so that publishing need not make them."""
    announce("renditions", image.pk, {})


def expected_renditions(image: Image) -> tuple[Rendition, ...]:
    return renditions_for(image.source, EXPECTED)


def make_rendition(image: Image, rendition: Rendition) -> bytes:
    """The bytes of the rendition. It is made and stored if it does not exist yet."""
    make_renditions(image, [rendition])
    with default_storage.open(rendition.path) as file:
        return file.read()


def make_renditions(image: Image, renditions: Iterable[Rendition]) -> int:
    """Make and store the renditions that do not exist yet. The picture is decoded once. Returns how many were
    made.

    ImageRefused if the stored picture can't be read; OSError if the new files can't be written.
    """
    missing = [rendition for rendition in renditions if not default_storage.exists(rendition.path)]
    if not missing:
        return 0
    for rendition, content in encode_all(read_master(image), missing, image.focus):
        store_whole(rendition.path, content)
    return len(missing)


def read_master(image: Image) -> bytes:
    """The bytes of the stored picture. If the disk does not give them, ImageRefused is raised as for a
    damaged picture, and not OSError, which means that the disk takes no new files."""
    try:
        with image.file.open() as file:
            return file.read()
    except OSError as error:
        raise ImageRefused(
            f"Its file {image.file.name} cannot be read: {error.strerror or error}."
        ) from error


def store_whole(path: str, content: bytes) -> None:
    """Store a file under its name only when it is complete. A file server sends it as soon as it has its
    name, and browsers keep it for ever."""
    if not isinstance(default_storage, FileSystemStorage):
        default_storage.save(path, ContentFile(content))
        return
    write_whole(Path(default_storage.path(path)), content, mode=settings.FILE_UPLOAD_PERMISSIONS)


def rendition_files(image: Image) -> Iterator[str]:
    """The names of all renditions of the picture, also for its former focal points, which a file server would
    go on sending."""
    shard = folder_path(image.pk, image.key).rpartition("/")[0]
    for folder in listed(shard)[0]:
        if folder.startswith(f"{image.pk}-"):
            yield from (f"{shard}/{folder}/{name}" for name in listed(f"{shard}/{folder}")[1])


def forget_renditions(image: Image) -> None:
    """Delete all renditions of the picture, and have the stores in front forget their addresses."""
    files = list(rendition_files(image))
    remove_files(files)
    announce("renditions", image.pk, {"gone": files})


def listed(folder: str) -> tuple[list[str], list[str]]:
    """The folders and files in the folder; none if it does not exist."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
