"""What becomes of each picture and document of the old site, as the report and the lists say it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from articles.documents import HEAD, recognise
from articles.importers.wordpress.deciding.media import attachment_of
from articles.importers.wordpress.deciding.states import Kind
from articles.importers.wordpress.media import Kept, Taken, Uploads, kind_of
from articles.importers.wordpress.records import Item
from articles.importers.wordpress.text.addresses import is_picture_file

from .plan import REASONS, Outcome, Rest

PICTURES, DOCUMENTS = "pictures.jsonl", "documents.jsonl"


class NothingKept:
    """For a dry run. Files are found and read, but not decoded, which would take as long as the import."""

    def __init__(self) -> None:
        self.found = 0

    def keep(self, data: bytes, *, name: str, words: Mapping[str, str]) -> tuple[int, bool]:
        """A number that no other picture of the run has; no text with it is stored."""
        self.found += 1
        return self.found, True

    def keep_document(self, file: BinaryIO, *, name: str, title: str) -> Kept:
        self.found += 1
        return Kept(self.found, True, "/", recognise(file.read(HEAD), name).name, "")


def with_file(rest: Rest, uploads: Uploads | None) -> Rest:
    """A file of the media library is taken over even if no text shows it. All else stays as it was."""
    if uploads is None or not isinstance(rest.item, Item) or rest.reason != REASONS[Kind.MEDIA]:
        return rest
    attachment = attachment_of(rest.item)
    is_picture = is_picture_file(attachment.url)
    taken = uploads.pictures.taken(attachment) if is_picture else uploads.documents.of_attachment(attachment)
    if taken.number is None:
        name = "picture" if is_picture else "document"
        return Rest(rest.item, Outcome.SKIPPED, f"{name}: {kind_of(taken)}")
    return Rest(rest.item, Outcome.IMPORTED if taken.is_new else Outcome.UNCHANGED, "")


def write_lists(folder: Path, uploads: Uploads) -> None:
    """Each picture and each document that a text or the media library names, one on a line."""
    write_list(folder / PICTURES, uploads.pictures.all(), "image")
    write_list(folder / DOCUMENTS, uploads.documents.all(), "document")


def write_list(path: Path, all_taken: Iterable[Taken], name: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        for taken in all_taken:
            values = {
                "address": taken.address,
                "attachment": taken.attachment,
                "result": taken.result,
                name: taken.number,
                "here": taken.here,
                "type": taken.type,
                "size": taken.size,
                "file": taken.file,
                "reason": taken.reason,
                "note": taken.note,
            }
            line = {name: value for name, value in values.items() if value not in ("", None)}
            # ASCII alone, because the name of a file may have bytes that are no text.
            file.write(json.dumps(line) + "\n")
