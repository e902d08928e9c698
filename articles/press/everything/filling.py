"""A shelf that is new, or was lost, gets every page by itself: readers are to find them there also when the
application is down. What somebody has asked for in the meantime is there already and passed over.
"""

import logging
from collections.abc import Iterator
from urllib.parse import unquote

from articles.models import Article
from articles.press.shelf.port import Shelf

from .addresses import articles_in_words, every_address, is_article

logger = logging.getLogger("articles.press")

LOOKED_AT = 10  # addresses between two looks at the outbox, of which one is printed


class Filling:
    """Noted on the shelf until it is done. Beginning at the first address again costs only the looking."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.note = shelf.note("filling")
        self._rest: Iterator[str] | None = None
        self._articles = self._total = 0

    def begin(self) -> None:
        self.note.write("")
        self.start_over()

    def start_over(self) -> None:
        self._rest = None

    @property
    def is_under_way(self) -> bool:
        return self.note.read() is not None

    def progress_in_words(self) -> str:
        return articles_in_words(self._articles, self._total)

    def next_slice(self) -> list[str]:
        """The next address that has still to be printed; there may be none among those looked at."""
        if self._rest is None:
            self._rest = every_address()
            self._articles, self._total = 0, Article.objects.published().count()
        if self._is_disk_short():
            self._end()
            return []
        for number, address in enumerate(self._rest, start=1):
            self._articles += is_article(unquote(address))
            if not self.shelf.status_at(unquote(address)):
                return [address]
            if number == LOOKED_AT:
                return []
        self._end()
        return []

    def _end(self) -> None:
        self.start_over()
        self.note.delete()

    def _is_disk_short(self) -> bool:
        found = self.shelf.shortage()
        if found:
            logger.warning(
                "The disk of %s is %s: what is not printed yet is printed when somebody asks for it.",
                self.shelf.name,
                found,
            )
        return bool(found)
