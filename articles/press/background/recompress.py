"""Pages compressed once more, as small as brotli can: too slow for printing, worth it afterwards."""

from collections.abc import Iterator

import brotli

from articles.press.shelf.port import PageHeld, Shelf

WINDOW = 18  # bits: no page is longer than that, and a longer one costs 30 MB
BEST = 11  # takes 50 to 150 ms a page, and makes an article a tenth smaller than printing does


def recompress(shelf: Shelf, path: str) -> bool:
    """Put the smaller copy in place of the printed one; False if there is none, or the page is another."""
    stored = shelf.stored(path, "br")
    if stored is None or is_best(stored.body) or (page := shelf.read(path)) is None:
        return False
    best = brotli.compress(page.body, quality=BEST, lgwin=WINDOW)
    try:
        with shelf.lock(path):
            # It may be another by now.
            return shelf.read(path) == page and shelf.put_smaller(path, page, coding="br", body=best)
    except PageHeld:
        return False


def is_best(body: bytes) -> bool:
    """Whether it was made here: it begins with the bits of its window (RFC 7932, 9.1), which are 0011 for 18.
    Printing uses another window."""
    return body[:1] != b"" and body[0] & 0b1111 == 0b0011


class Recompressing:
    """All pages on the shelf, one at a time, once a walk has printed them. Noted with how far it has come."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.note = shelf.note("recompress")
        self._rest: Iterator[str] | None = None
        self._reached = ""

    def begin(self) -> None:
        self.note.write("")

    def end(self) -> None:
        self.note.delete()

    def next(self) -> bool:
        """Compress the next page; False if there is none. Another process may have begun it anew."""
        reached = self.note.read()
        if reached is None:
            return False
        if self._rest is None or reached != self._reached:
            self._rest = self.shelf.walk(after=reached or None)
        path = next(self._rest, None)
        if path is None:
            self._rest = None
            self.end()
            return False
        recompress(self.shelf, path)
        if self.note.read() == reached:
            self.note.write(path)
            self._reached = path
        return True
