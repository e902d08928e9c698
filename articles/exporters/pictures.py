"""Pictures and documents as files: under which name each is written, and its bytes; of a picture, those of
its master."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from django.utils import timezone

from articles.models import Document, Image
from articles.picture_files import storage_of
from articles.words.slugs import slug_of

from .folder import Folder
from .snapshot import each

PLAIN = re.compile(r"[^a-z0-9-]+")
LONGEST = 60
# Bytes that are read at once.
PIECE = 1 << 20
COLUMNS = (
    "file width height alt caption credit decorative copyright origin licence usable_until taken_on"
    " original_name uploaded_at focus_x focus_y crops fingerprint withheld"
).split()

# Is told what is missing, in one line.
Tell = Callable[[str], None]


def name_of(image: Image) -> str:
    """Its path below the folder of uploads, as WordPress would have it: "2026/11/harbour-12.jpg". The number
    is in it, so no two are alike, and none is taken for a smaller copy of another."""
    stem = slug_of(PurePosixPath(image.original_name).stem)
    stem = PLAIN.sub("", stem.lower())[:LONGEST].strip("-") or "picture"
    day = timezone.localtime(image.uploaded_at)
    return f"{day:%Y/%m}/{stem}-{image.pk}{PurePosixPath(image.file.name).suffix}"


def library() -> Iterator[Image]:
    return each(Image.objects.only(*COLUMNS))


def documents() -> Iterator[Document]:
    return each(Document.objects.all())


def write_files(folder: Folder, below: str, tell: Tell) -> None:
    """A copy of each picture and document. One whose file is missing is named, and stops nothing."""
    (folder.inside / below).mkdir()
    for image in library():
        write_file(folder, f"{below}/{name_of(image)}", image.file.name, f"Picture {image.pk}", tell)
    for document in documents():
        name = document.file.name
        write_file(folder, f"{below}/{name}", name, f"Document {document.pk}", tell)


def write_file(folder: Folder, target: str, name: str, what: str, tell: Tell) -> None:
    """`name` is that of the file in the storage."""
    try:
        opened = storage_of(name).open(name)
    except OSError as error:
        folder.counts["missing"] += 1
        tell(f"{what} is left out: {name} cannot be read ({error.strerror or error}).")
        return
    with opened, folder.file(target) as file:
        while piece := opened.read(PIECE):
            file.write_bytes(piece)
