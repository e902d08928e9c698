"""The shelf as the rest of the press knows it: printed pages, locks and small notes, each by its name.

Today it is a folder (files.py). Nothing outside this room knows that: whoever prints, answers readers or
follows the outbox calls what is defined here. tests/articles/press/shelf/test_port.py reads the source and
proves it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

# The statuses that are printed.
STATUSES = (200, 410, 301)
# The content types that are printed, and how files of each end, here and for nginx.
CONTENT_TYPES = {
    "text/html": "html",
    "text/plain": "txt",
    "application/xml": "xml",
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}


class ShelfFull(Exception):
    """The disk takes no page at the moment; the old one is there as it was."""


class PageRefused(Exception):
    """The disk does not take this one page."""


class PageHeld(Exception):
    """The lock of this page has been held for too long to be waited for."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where a list leads: to the month or day before and after it, and to the articles that it shows."""

    earlier: str = ""
    later: str = ""
    articles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What readers get at an address: its status, its content type and its bytes.

    What is kept beside it, so that nobody has to look for it in the HTML: `leads_to` is where a page of
    status 301 sends its readers, `links` where a list leads. A page that is no list has none, and so has a
    list that an older release has printed.
    """

    status: int
    content_type: str
    body: bytes
    leads_to: str = ""
    links: Links | None = None


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page in one coding, to be kept in memory. It is current while Shelf.stamp(place) answers `stamp`.

    `modified` is in seconds since the epoch. `body` is compressed as the coding says.
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
        """Readers find the text before or this one, and never a part."""

    @abstractmethod
    def delete(self) -> None: ...


class Notes(ABC):
    """Small texts in the order in which they were added. Several processes may add and take them at once."""

    @abstractmethod
    def add(self, text: str) -> str:
        """Kept when this returns. Answers the name by which it is deleted."""

    @abstractmethod
    def oldest(self, most: int) -> list[tuple[str, str]]:
        """The names and texts of the oldest, at most so many."""

    @abstractmethod
    def count(self) -> int: ...

    @abstractmethod
    def put_last(self, name: str) -> str:
        """Behind all that are there now. Answers its new name; the old one if somebody has taken it."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """Also when somebody else has done so already."""

    @abstractmethod
    def clear(self) -> None: ...


class WakeUp(ABC):
    """Heard by the press of this shelf when somebody on the same host has written to the outbox."""

    @abstractmethod
    def wait(self, seconds: float) -> None:
        """So long, or until there is a nudge."""

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
        """Those of a list; None if they are not known, or if no page is there. Cheaper than reading it."""

    @abstractmethod
    def stored(self, path: str, coding: str) -> StoredPage | None:
        """The page in that coding (br, gzip, or "" for neither) with what is needed to keep it in memory."""

    @abstractmethod
    def stamp(self, place: str) -> Hashable | None:
        """By which a copy in memory is known to be current; None if nothing is there. It is asked for with
        each request, so it must cost next to nothing."""

    @abstractmethod
    def status_at(self, path: str) -> int | None:
        """The status of the page there; None if there is none. Cheaper than reading it."""

    @abstractmethod
    def words_below(self, path: str) -> list[str]:
        """The words that follow the address in those of pages of status 200, in no order."""

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

        The page that is rendered last is put in place last: without this, a slow render that began before a
        change could overwrite the page that shows the change. PageHeld if it is not given up within that many
        seconds: one page that hangs must not stop the press.
        """

    @abstractmethod
    def lead(self) -> AbstractContextManager[object]:
        """One press at a time. Yields something that is true while the lead is ours, or None if another press
        has it."""

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
        """What the shelf is short of, in words; empty if there is room for what nobody has asked for."""

    @abstractmethod
    def sweep(self) -> None:
        """Take away what a process that was killed had begun to write."""
