"""Pages of the shelf in the memory of a web worker. With each request the stamp shows whether a page is
current."""

import threading
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus

from articles.http.caching import lifetime_of, with_charset
from articles.http.content_policy import policy_of
from articles.middleware.headers import headers_of_kind, security_headers
from articles.press.shelf.interface import Shelf, StoredPage

Headers = list[tuple[str, str]]

ROUND_ABOUT = 2000  # bytes that an entry takes in addition to its body, estimated
# Where in a request it stands what answered it, for those who count.
SOURCE = "newsroom.source"
# How many pages of a kind were sent whole, and how often it was said that one is unchanged.
Hits = list[int]
WHOLE, UNCHANGED = 0, 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in one coding. It is current as long as the shelf has `stamp` at its place."""

    place: str
    stamp: Hashable
    status: str
    # False for a page that is gone: a reader who still has the old copy must be told so.
    may_be_unchanged: bool
    etag: str
    modified: int
    headers: Headers
    headers_unchanged: Headers
    body: bytes
    # Those of its kind.
    hits: Hits
    # Where a page that has moved leads.
    leads_to: str = ""


class Entries:
    """As many pages as fit into the memory. When it is full, the oldest half makes room for new ones."""

    def __init__(self, shelf: Shelf, memory: int, headers: Iterable[tuple[str, str]]) -> None:
        self.shelf = shelf
        self.memory = memory
        self.headers = list(headers)
        self.hits: dict[str, Hits] = {}
        self._entries: dict[tuple[str, str], Entry] = {}
        self._bytes = 0
        self._stamp = shelf.stamp
        self._counting = threading.Lock()

    def find(self, spelt: str, path: str, coding: str) -> Entry | None:
        """The page as it is on the shelf now; `spelt` is how the request spells the path."""
        return self.in_memory(spelt, coding) or self._load(spelt, path, coding)

    def in_memory(self, spelt: str, coding: str) -> Entry | None:
        entry = self._entries.get((spelt, coding))
        if entry is None or self._stamp(entry.place) == entry.stamp:
            return entry
        self._forget((spelt, coding))
        return None

    def _load(self, spelt: str, path: str, coding: str) -> Entry | None:
        stored = self.shelf.stored(path, coding)
        # An older release did not store where a redirect leads; the application knows.
        if stored is None or (stored.status == HTTPStatus.MOVED_PERMANENTLY and not stored.leads_to):
            return None
        return self._remember((spelt, coding), self._entry(path, stored, coding))

    def _entry(self, path: str, page: StoredPage, coding: str) -> Entry:
        status = HTTPStatus(page.status)
        # The same ETag as nginx makes for the file, because a reader's requests may go to either.
        etag = f'"{page.modified:x}-{len(page.body):x}"'
        # nginx leaves it out of a 410 too, because nobody asks whether a page that is gone has changed.
        modified = formatdate(page.modified, usegmt=True) if status == HTTPStatus.OK else ""
        policy = policy_of(path, page.content_type)
        kept = [
            ("ETag", etag),
            *([("Last-Modified", modified)] if modified else []),
            ("Cache-Control", lifetime_of(path)),
            *self.headers,
            *security_headers(policy),
            *headers_of_kind(page.content_type),
        ]
        headers = [
            ("Content-Type", with_charset(page.content_type)),
            ("Content-Length", str(len(page.body))),
            *([("Content-Encoding", coding)] if coding else []),
            *([("Location", page.leads_to)] if page.leads_to else []),
            *kept,
        ]
        return Entry(
            place=page.place,
            stamp=page.stamp,
            status=f"{status.value} {status.phrase}",
            may_be_unchanged=status == HTTPStatus.OK,
            etag=etag,
            modified=page.modified,
            headers=headers,
            headers_unchanged=kept,
            body=page.body,
            hits=self.hits.setdefault(kind_of_page(path), [0, 0]),
            leads_to=page.leads_to,
        )

    def counted(self) -> Iterator[tuple[tuple[str, ...], int]]:
        """For articles.metrics: what was answered from memory without another look."""
        for kind, hits in list(self.hits.items()):
            yield ("requests", kind, "200", "memory"), hits[WHOLE]
            yield ("requests", kind, "304", "memory"), hits[UNCHANGED]

    def _remember(self, key: tuple[str, str], entry: Entry) -> Entry:
        with self._counting:
            # Another thread may have read the same page in the same moment.
            self._drop(key)
            if self._bytes > self.memory:
                for old in list(self._entries)[: len(self._entries) // 2 + 1]:
                    self._drop(old)
            self._entries[key] = entry
            self._bytes += len(entry.body) + ROUND_ABOUT
        return entry

    def _forget(self, key: tuple[str, str]) -> None:
        with self._counting:
            self._drop(key)

    def _drop(self, key: tuple[str, str]) -> None:
        if (entry := self._entries.pop(key, None)) is not None:
            self._bytes -= len(entry.body) + ROUND_ABOUT


def kind_of_page(path: str) -> str:
    if path.startswith("/sitemap"):
        return "sitemap"
    return "feed" if "/feed/" in path else "page"
