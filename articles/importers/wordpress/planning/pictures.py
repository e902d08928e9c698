"""What becomes of each picture of the old site, as the report and the list of pictures say it."""

import json
from collections.abc import Mapping
from pathlib import Path

from articles.importers.wordpress.deciding.media import attachment_of
from articles.importers.wordpress.deciding.states import Kind
from articles.importers.wordpress.media import Pictures, kind_of
from articles.importers.wordpress.records import Item
from articles.importers.wordpress.text.addresses import is_picture_file

from .plan import REASONS, Outcome, Rest

PICTURES = "pictures.jsonl"


class NothingKept:
    """For a dry run. Files are found and read, but not decoded, which would take as long as the import."""

    def __init__(self) -> None:
        self.found = 0

    def keep(self, data: bytes, *, name: str, words: Mapping[str, str]) -> tuple[int, bool]:
        """A number that no other picture of the run has; no text with it is stored."""
        self.found += 1
        return self.found, True


def with_picture(rest: Rest, pictures: Pictures | None) -> Rest:
    """A picture of the media library is taken over even if no text shows it. All else stays as it was."""
    if pictures is None or not isinstance(rest.item, Item) or rest.reason != REASONS[Kind.MEDIA]:
        return rest
    attachment = attachment_of(rest.item)
    if not is_picture_file(attachment.url):
        return rest
    taken = pictures.taken(attachment)
    if taken.image is None:
        return Rest(rest.item, Outcome.SKIPPED, f"picture: {kind_of(taken)}")
    return Rest(rest.item, Outcome.IMPORTED if taken.is_new else Outcome.UNCHANGED, "")


def write_list(folder: Path, pictures: Pictures) -> None:
    """Each picture that a text or the media library names, one on a line."""
    with (folder / PICTURES).open("w", encoding="utf-8") as file:
        for taken in pictures.all():
            values = {
                "address": taken.address,
                "attachment": taken.attachment,
                "result": taken.result,
                "image": taken.image,
                "file": taken.file,
                "reason": taken.reason,
                "note": taken.note,
            }
            line = {name: value for name, value in values.items() if value not in ("", None)}
            # ASCII alone, because the name of a file may have bytes that are no text.
            file.write(json.dumps(line) + "\n")
