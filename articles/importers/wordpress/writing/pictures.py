"""Pictures and documents of the old site → those of the paper, and the words that a lead picture has in
a text."""

import re
from collections.abc import Mapping
from html import unescape
from typing import BinaryIO

from articles.importers.wordpress.deciding.wording import plain
from articles.importers.wordpress.media import Kept, NotToBeHad
from articles.models import ImportRun
from articles.publishing import Refused
from articles.publishing.documents import add_document
from articles.publishing.picture_library.intake import add_image

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

    def keep_document(self, file: BinaryIO, *, name: str, title: str) -> Kept:
        try:
            document, _ = add_document(file, name=name, title=plain(title), by=self.run.by)
        except Refused as error:
            raise NotToBeHad(str(error)) from error
        is_new = document.uploaded_at >= self.run.started_at
        where = document.get_absolute_url()
        return Kept(document.pk, is_new, where, document.type, document.size_in_words)


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
