"""Taking pictures into the library, and another file into the place of an old one."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from articles.images import (
    EmbeddedWords,
    FirstLook,
    Focus,
    Master,
    embedded_words,
    fingerprint,
    first_look,
    make_master,
)
from articles.models import Image
from articles.picture_files import masters, store_whole
from articles.publishing.article.drafts import User
from articles.publishing.pictures import announce_image, cleaned
from articles.publishing.removed_files import remove_files
from articles.publishing.renditions import announce_renditions, forget_renditions
from articles.publishing.shared.errors import Problem, Refused
from articles.publishing.shared.locks import lock
from articles.publishing.shared.text import one_line
from articles.publishing.shared.versions import raise_version

# Two files whose proportions differ by more are not cut alike.
SAME_PROPORTIONS = 0.01
NOT_STORED = (
    "The picture could not be stored ({}). Nothing was kept: try again in a moment, and tell those who run"
    " the site if it happens again."
)


class NotStored(OSError):
    """The disk or the store of pictures does not take the file. Neither a row nor a file is left of it."""

    def __init__(self, error: Exception) -> None:
        super().__init__(NOT_STORED.format(getattr(error, "strerror", None) or error))
        self.message = str(self)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """`note`: what its editor has to know of the file."""

    image: Image
    is_new: bool
    note: str = ""


def add_image(data: bytes, *, name: str, by: User, **words: str) -> Image:
    """Take an upload into the library. If it has the same bytes already, that picture is returned.

    `words` are alt, caption and credit. Raises articles.images.ImageRefused with a message for the editor, or
    NotStored.
    """
    return _taken_in(data, name, by, words).image


def take_in(data: bytes, *, name: str, by: User, **words: str) -> TakenIn:
    """The same, for an editor who looks at the picture's words next: those that nobody typed are the ones
    that its file brings along."""
    return _taken_in(data, name, by, words, asks_file=True)


def _taken_in(
    data: bytes, name: str, by: User, words: Mapping[str, str], *, asks_file: bool = False
) -> TakenIn:
    mark = fingerprint(data)
    if existing := Image.objects.filter(fingerprint=mark).first():
        return TakenIn(existing, is_new=False)
    master = make_master(data)
    typed = {name: said for name, said in words.items() if said}
    offered = offered_words(embedded_words(data)) if asks_file else {}
    image, is_new = kept_once(
        mark, master, original_name=one_line(name)[-255:], uploaded_by=by, **offered | cleaned(typed)
    )
    return TakenIn(image, is_new, master.note)


def offered_words(embedded: EmbeddedWords) -> dict[str, Any]:
    """In stored form: as plain text, and no longer than may be."""
    said = {field.name: getattr(embedded, field.name) for field in fields(embedded)}
    taken_on = said.pop("taken_on")
    return cleaned(said) | ({"taken_on": taken_on} if taken_on else {})


@transaction.atomic
def kept_once(mark: str, master: Master, **values: Any) -> tuple[Image, bool]:
    """Make the row and its file. If somebody else has added the same bytes meanwhile, return their picture.

    The row is written first. The database lets only one of several transactions write it, and only that one
    writes a file.
    """
    look = first_look(master.content)
    values |= columns_of(mark, master, look) | columns_of_focus(look.focus)
    image, is_new = Image.objects.get_or_create(fingerprint=mark, defaults=values)
    if is_new:
        with stored(image.file.name, master.content):
            announce_renditions(image)
    return image, is_new


def columns_of_focus(focus: Focus) -> dict[str, int]:
    return {"focus_x": round(100 * focus.x), "focus_y": round(100 * focus.y)}


def columns_of(mark: str, master: Master, look: FirstLook) -> dict[str, Any]:
    """What the file says of the row."""
    return {
        # The upload's own name never reaches the disk: it can hold anything.
        "file": f"masters/{mark[:2]}/{get_random_string(16).lower()}.{master.extension}",
        "width": master.width,
        "height": master.height,
        "bands": master.likeness,
        "color": look.color,
    }


@contextmanager
def stored(name: str, content: bytes) -> Iterator[None]:
    """Stores the file, and takes it away again if what has to go with it fails."""
    try:
        store_whole(masters(), name, content)
    except Exception as error:  # each store has errors of its own
        raise NotStored(error) from error
    try:
        yield
    except BaseException:
        with suppress(Exception):
            masters().delete(name)
        raise


def replace_file(image: Image, data: bytes, *, expected: int | None = None) -> TakenIn:
    """Put another file in the place of the picture's own. It keeps its number, its words and all its uses;
    its renditions get new addresses, and every page that shows it is printed.

    Raises ImageRefused, NotStored, or Refused with a problem at the field `file`.
    """
    return _replaced(image, fingerprint(data), make_master(data), expected)


@transaction.atomic
def _replaced(image: Image, mark: str, master: Master, expected: int | None) -> TakenIn:
    lock(changed={Image: [image.pk]})
    was = Image.objects.filter(pk=image.pk).first()
    raise_version(image, was, expected=expected)
    if other := Image.objects.filter(fingerprint=mark).first():
        raise Refused([Problem("file", is_there(image, other))])
    look = first_look(master.content)
    for name, value in columns_of(mark, master, look).items():
        setattr(image, name, value)
    image.fingerprint = mark
    if abs(was.width / was.height - image.width / image.height) > SAME_PROPORTIONS:
        image.crops = ""
        for name, value in columns_of_focus(look.focus).items():
            setattr(image, name, value)
    with stored(image.file.name, master.content):
        image.save()
        remove_files([was.file.name])
        forget_renditions(was)
        announce_renditions(image)
        announce_image(image, was, on_cards=True, in_texts=True)
    return TakenIn(image, is_new=True, note=master.note)


def is_there(image: Image, other: Image) -> str:
    if other.pk == image.pk:
        return "This is the file that the picture has already."
    return f"The library has this file already, as the picture “{other}”. Use that one instead."
