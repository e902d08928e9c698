"""Pages compressed a second time, as small as brotli can make them. That is too slow while readers wait for a
page, so it is done afterwards."""

from collections.abc import Callable, Iterator

from articles.press.shelf.interface import PageHeld, Shelf

from .best_compression import smallest

Compress = Callable[[bytes], bytes]


def recompress(shelf: Shelf, path: str, compress: Compress = smallest) -> bool:
    """Replace the printed copy by a smaller one. False if there is no page, the copy is as small as can be
    already, or the page was printed anew meanwhile."""
    stored = shelf.stored(path, "br")
    if stored is None or is_best(stored.body) or (page := shelf.read(path)) is None:
        return False
    best = compress(page.body)
    try:
        with shelf.lock(path):
            # The page may have been printed anew since it was read.
            return shelf.read(path) == page and shelf.put_smaller(path, page, coding="br", body=best)
    except PageHeld:
        return False


def is_best(body: bytes) -> bool:
    """Whether smallest() has compressed it. A brotli stream begins with the bits of its window (RFC 7932,
    9.1), which are 0011 for 18; printing uses another window."""
    return body[:1] != b"" and body[0] & 0b1111 == 0b0011


class Recompressing:
    """Compresses all pages on the shelf, one at a time, after a walk has printed them. A note on the shelf
    holds the last page that was done, so that another process can go on from there."""

    def __init__(self, shelf: Shelf, compress: Compress = smallest) -> None:
        self.shelf = shelf
        self.compress = compress
        self.note = shelf.note("recompress")
        self._rest: Iterator[str] | None = None
        self._reached = ""

    def begin(self) -> None:
        self.note.write("")

    def end(self) -> None:
        self.note.delete()

    def next(self) -> bool:
        """Compress the next page; False if there is none. The note is read each time, because another process
        may have begun again from the first page."""
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
        recompress(self.shelf, path, self.compress)
        if self.note.read() == reached:
            self.note.write(path)
            self._reached = path
        return True
