"""Documents: taking files in, changing their titles, and removing those that no text links to."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import get_random_string

from articles.documents import HEAD, MOST_BYTES, recognise, stored_name
from articles.models import Article, Document, Page

from .article.drafts import User
from .removed_files import remove_files
from .shared.errors import Problem, Refused
from .shared.text import one_line
from .shared.uses import Use, counted, refuse_if_used, some, used_by_articles
from .shared.versions import raise_version

PIECE = 1 << 20
ASCII_SMALL = "abcdefghijklmnopqrstuvwxyz0123456789"


def add_document(file: BinaryIO, *, name: str, title: str = "", by: User) -> tuple[Document, bool]:
    """Take a file in, which is read in pieces, and say whether it is new. If the same bytes are here already,
    the document is that one. Refused with a problem at the field `file`."""
    mark, size, head = read_through(file)
    if existing := Document.objects.filter(fingerprint=mark).first():
        return existing, False
    kind = recognise(head, name)
    name = one_line(name)[-255:]
    return kept_once(
        mark,
        file,
        title=one_line(title or name)[:200] or kind.name,
        # The file's own name never reaches the disk, except for plain letters and digits.
        file=stored_name(name, kind, secret=get_random_string(16, ASCII_SMALL)),
        size=size,
        kind=kind.ending,
        original_name=name,
        uploaded_by=by,
    )


def read_through(file: BinaryIO) -> tuple[str, int, bytes]:
    """The fingerprint of the file, its size, and its first bytes."""
    digest, size, head = sha256(), 0, b""
    for piece in pieces(file):
        head = head or piece[:HEAD]
        size += len(piece)
        if size > MOST_BYTES:
            raise Refused([Problem("file", f"This is larger than {MOST_BYTES // 10**6} MB.")])
        digest.update(piece)
    if not size:
        raise Refused([Problem("file", "This file is empty.")])
    return digest.hexdigest(), size, head


def pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


@transaction.atomic
def kept_once(mark: str, content: BinaryIO, **values: Any) -> tuple[Document, bool]:
    """Make the row and its file. The database lets only one of several transactions write the row, and only
    that one writes a file."""
    document, is_new = Document.objects.get_or_create(fingerprint=mark, defaults=values)
    if is_new:
        content.seek(0)
        default_storage.save(document.file.name, File(content))
    return document, is_new


@transaction.atomic
def change_document(document: Document, *, title: str, expected: int | None = None) -> Document:
    """Save a new title. No page shows it, so nothing is printed."""
    was = Document.objects.select_for_update().filter(pk=document.pk).first()
    document.title = one_line(title)[:200]
    raise_version(document, was, expected=expected)
    document.save()
    return document


def uses_of_document(document: Document) -> list[Use]:
    """What links to it. All texts are read, which takes a while in a large archive."""
    address = document.get_absolute_url()
    return some(
        *used_by_articles(body__contains=address),
        Use("pages", counted(Page.objects.filter(body__contains=address)), "page"),
    )


def articles_linking(document: Document) -> Any:
    return Article.including_bin.filter(body__contains=document.get_absolute_url())


@transaction.atomic
def remove_document(document: Document) -> None:
    """Remove the row, the old addresses that lead to it, and its file once that is committed and no backup is
    being made."""
    refuse_if_used(str(document), uses_of_document(document))
    name = document.file.name
    document.delete()
    remove_files([name])
