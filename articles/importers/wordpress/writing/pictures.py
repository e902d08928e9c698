"""Pictures of the old site → the picture library, and what the report says of each of them."""

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from articles.importers.wordpress.deciding.media import attachment_of
from articles.importers.wordpress.deciding.states import Kind
from articles.importers.wordpress.deciding.wording import plain
from articles.importers.wordpress.media import Pictures
from articles.importers.wordpress.planning import Outcome, Rest
from articles.importers.wordpress.planning.plan import REASONS
from articles.importers.wordpress.records import Item
from articles.importers.wordpress.text.addresses import is_picture_file
from articles.models import ImportRun
from articles.publishing.pictures import add_image

LIST = "pictures.jsonl"
ALT = re.compile(r'<img [^<>]*?\balt="([^"]*)"')
CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)
CITED = re.compile(r"<cite>(.*?)</cite>", re.DOTALL)


class Library:
    """Pictures go through the same intake as those that an editor uploads."""

    def __init__(self, run: ImportRun):
        self.run = run

    def keep(self, data: bytes, *, name: str, words: Mapping[str, str]) -> tuple[int, bool]:
        image = add_image(data, name=name, by=self.run.by, **words)
        return image.pk, image.uploaded_at >= self.run.started_at


def with_picture(rest: Rest, pictures: Pictures) -> Rest:
    """A picture of the media library is taken over even if no text shows it. All else stays as it was."""
    if not isinstance(rest.item, Item) or rest.reason != REASONS[Kind.MEDIA]:
        return rest
    attachment = attachment_of(rest.item)
    if not is_picture_file(attachment.url):
        return rest
    taken = pictures.taken(attachment)
    if taken.image is None:
        return Rest(rest.item, Outcome.SKIPPED, f"picture: {taken.reason}")
    return Rest(rest.item, Outcome.IMPORTED if taken.is_new else Outcome.UNCHANGED, "")


def write_list(folder: Path, pictures: Pictures) -> None:
    """Each picture that a text or the media library names, one on a line."""
    with (folder / LIST).open("w", encoding="utf-8") as file:
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


def words_of_figure(figure: str) -> dict[str, str]:
    """The words that a text has under the picture that is now the lead picture alone. What it does not say is
    left to the library."""
    alt, caption = ALT.search(figure), CAPTION.search(figure)
    written = caption[1] if caption else ""
    cited = CITED.search(written)
    found = {
        "lead_alt": unescape(alt[1]) if alt else "",
        "lead_caption": plain(CITED.sub("", written)),
        "lead_credit": plain(cited[1]) if cited else "",
    }
    return {name: value for name, value in found.items() if value}
