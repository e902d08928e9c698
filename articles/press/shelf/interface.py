"""The interface of the shelf for the rest of the press: printed pages, locks and small notes.

Today the shelf is a folder (files.py). No code outside this package knows that. Printing, answering readers
and following the outbox use only what is defined here; tests/articles/press/shelf/test_interface.py checks
their source.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

# The statuses that are printed.
STATUSES = (200, 410, 301)
# The content types that are printed, each with the ending of its files. nginx is given the same endings. That
# of Markdown is not "md", because an article's folder has a folder index.md for the twin of the article.
CONTENT_TYPES = {
    "text/html": "html",
    "text/plain": "txt",
    "application/xml": "xml",
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/manifest+json": "webmanifest",
    "text/markdown": "markdown",
    "text/javascript": "js",
    "image/x-icon": "ico",
    "image/png": "png",
}


class ShelfFull(Exception):
    """The disk takes no page at the moment. The old page is still there."""


class PageRefused(Exception):
    """The disk does not take this one page."""


class PageHeld(Exception):
    """The lock of this page has been held for too long to be waited for."""


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a list: to the month or day before and after it, and to the articles that it shows."""

    earlier: str = ""
    later: str = ""
    articles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What readers get at an address: its status, its content type and its bytes.

    Two values are kept beside the page, so that nobody has to search its HTML. `leads_to` is where a page of
    status 301 redirects to. `links` are the links of a list; None for other pages, and for a list that an
    older release has printed.
    """

    status: int
    content_type: str
    body: bytes
    leads_to: str = ""
    links: Links | None = None


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page in one coding, to be kept in memory. It is current while Shelf.stamp(place) returns `stamp`.

    `modified` is in seconds since the epoch. `body` is compressed with the coding.
    """

    status: int
    content_type: str
    leads_to: str
    body: bytes
    modified: int
    place: str
    stamp: Hashable


class Note(ABC):
    """A small text that outlives the process."""

    @abstractmethod
    def read(self) -> str | None:
        """None if there is none."""

    @abstractmethod
    def write(self, text: str) -> None:
        """Other processes read either the previous text or this one, never a part of it."""

    @abstractmethod
    def delete(self) -> None: ...


class Notes(ABC):
    """Small texts in the order in which they were added. Several processes may add and take them at once."""

    @abstractmethod
    def add(self, text: str) -> str:
        """Add a text; it is stored when this returns. Returns the name with which it can be deleted."""

    @abstractmethod
    def oldest(self, most: int) -> list[tuple[str, str]]:
        """The names and texts of the oldest notes, at most `most` of them."""

    @abstractmethod
    def count(self) -> int: ...

    @abstractmethod
    def put_last(self, name: str) -> str:
        """Put the note behind all others. Returns its new name, or the old one if somebody has taken it."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """Delete the note. It is no error if somebody else has done so already."""

    @abstractmethod
    def clear(self) -> None: ...


class WakeUp(ABC):
    """Lets the press of this shelf hear that a process on the same host has written to the outbox."""

    @abstractmethod
    def wait(self, seconds: float) -> None:
        """Wait for so many seconds, or until there is a nudge."""

    @abstractmethod
    def close(self) -> None: ...


class Shelf(ABC):
    """`name` tells this shelf from others of the same host, and tells operators which one it is.

    Paths are decoded, as in PATH_INFO, and have_place() (addresses.py).
    """

    name: str

    @abstractmethod
    def make(self) -> None:
        """Make an empty shelf if there is none."""

    @abstractmethod
    def put(self, path: str, page: PrintedPage) -> bool:
        """Put the page in its place; False if the very same one is there. ShelfFull or PageRefused."""

    @abstractmethod
    def put_smaller(self, path: str, page: PrintedPage, *, coding: str, body: bytes) -> bool:
        """Put a better compressed copy of this very page in place, with the time of the page.

        False if the copy is not smaller. The caller holds the page's lock and knows that the page is there.
        """

    @abstractmethod
    def remove(self, path: str) -> bool:
        """Take the page away, of whatever status; False if there was none."""

    @abstractmethod
    def read(self, path: str) -> PrintedPage | None: ...

    @abstractmethod
    def links(self, path: str) -> Links | None:
        """The links of a list. None if they are not known, or if there is no page. Cheaper than reading the
        page."""

    @abstractmethod
    def stored(self, path: str, coding: str) -> StoredPage | None:
        """The page in that coding (br, gzip, or "" for neither) with what is needed to keep it in memory."""

    @abstractmethod
    def stamp(self, place: str) -> Hashable | None:
        """The present stamp of the place, to tell whether a copy in memory is current; None if nothing is
        there. It is asked for with each request, so it must be very cheap."""

    @abstractmethod
    def status_at(self, path: str) -> int | None:
        """The status of the page there; None if there is none. Cheaper than reading it."""

    @abstractmethod
    def words_below(self, path: str) -> list[str]:
        """The words that come next after this address in the addresses of pages of status 200, in no
        order."""

    @abstractmethod
    def walk(
        self, below: str = "/", *, after: str | None = None, without: Callable[[str], bool] | None = None
    ) -> Iterator[str]:
        """Every address from that one down, always in the same order: an address before those below it, and
        the last in the alphabet first, so that the newest years come first.

        `after` leaves out that address and those before it. An address for which `without` is true is left
        out together with all below it.
        """

    @abstractmethod
    def clear(self) -> None:
        """Take all pages away. Notes stay."""

    @abstractmethod
    def lock(self, path: str, *, patience: float | None = None) -> AbstractContextManager[None]:
        """One print of an address at a time, over all processes of this host.

        Without the lock, a slow render that began before a change could overwrite the page that shows the
        change. PageHeld if the lock is not given up within `patience` seconds, because one page that hangs
        must not stop the press.
        """

    @abstractmethod
    def lead(self) -> AbstractContextManager[object]:
        """Only one press leads at a time. Yields an object that is true while we lead, or None if another
        press leads."""

    @abstractmethod
    def note(self, name: str) -> Note: ...

    @abstractmethod
    def notes(self, name: str) -> Notes: ...

    @abstractmethod
    def notes_below(self, name: str) -> set[str]:
        """The names of all sets of notes whose names begin with that one and a slash."""

    @abstractmethod
    def listen(self) -> WakeUp: ...

    @abstractmethod
    def nudge(self) -> None:
        """Wake the press of this shelf, if one listens."""

    @abstractmethod
    def shortage(self) -> str:
        """What the shelf is short of, in words. Empty if there is room for pages that nobody has asked
        for."""

    @abstractmethod
    def sweep(self) -> None:
        """Delete the unfinished files of processes that were killed."""
