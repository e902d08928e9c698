"""Files of the shelf in a web worker's memory, each checked by one stat whenever it is handed out."""

import gzip
import os
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formatdate
from html import unescape
from http import HTTPStatus

import brotli

from articles.content_policy import OF_FILES, OF_PAGES
from articles.middleware.headers import security_headers
from articles.press.shelf.files import ENDINGS, KINDS, TREES, Shelf

Headers = list[tuple[str, str]]

CONTENT_TYPES = {name: kind for kind, name in KINDS.items()}
# What the page of something that has moved says of where it is now.
REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)">')
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
ROUND_ABOUT = 2000  # bytes that an entry takes besides its body


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in one coding, as its file was when `stamp` was taken."""

    file: str
    stamp: tuple[int, int, int]
    status: str
    # Gone is gone, also for whoever still has the page from before.
    may_be_unchanged: bool
    etag: str
    modified: int
    headers: Headers
    headers_unchanged: Headers
    body: bytes


class Entries:
    """As many as fit into the memory given; the oldest half makes room for new ones."""

    def __init__(self, shelf: Shelf, memory: int, headers: Iterable[tuple[str, str]]) -> None:
        self.shelf = shelf
        self.memory = memory
        self.headers = list(headers)
        self._entries: dict[tuple[str, str], Entry] = {}
        self._bytes = 0
        self._counting = threading.Lock()

    def find(self, said: str, path: str, coding: str) -> Entry | None:
        """The page as it is on the shelf now; `said` is how the request spells the path."""
        return self.in_memory(said, coding) or self._load(said, path, coding)

    def in_memory(self, said: str, coding: str) -> Entry | None:
        entry = self._entries.get((said, coding))
        if entry is None:
            return None
        try:
            found = os.stat(entry.file)
        except OSError:
            found = None
        if found and (found.st_ino, found.st_mtime_ns, found.st_size) == entry.stamp:
            return entry
        self._forget((said, coding))
        return None

    def _load(self, said: str, path: str, coding: str) -> Entry | None:
        for status in TREES:
            folder = self.shelf.folder(path, status)
            for name, content_type in CONTENT_TYPES.items():
                try:
                    entry = self._read(f"{folder}/{name}", content_type, coding, HTTPStatus(status))
                except (FileNotFoundError, NotADirectoryError):
                    continue
                return self._remember((said, coding), entry)
        return None

    def _read(self, page: str, content_type: str, coding: str, status: HTTPStatus) -> Entry:
        name = f"{page}{ENDINGS[coding]}"
        with open(name, "rb") as file:
            found, body = os.fstat(file.fileno()), file.read()
        # As nginx makes it of the same file: readers may be sent from one to the other.
        etag = f'"{int(found.st_mtime):x}-{found.st_size:x}"'
        kept = [
            ("ETag", etag),
            # nginx leaves it out of a 410 too; nobody asks for one again to compare.
            *(
                [("Last-Modified", formatdate(int(found.st_mtime), usegmt=True))]
                if status == HTTPStatus.OK
                else []
            ),
            *self.headers,
            *security_headers(OF_PAGES if content_type == "text/html" else OF_FILES),
        ]
        headers = [
            ("Content-Type", f"{content_type}; charset=utf-8"),
            ("Content-Length", str(len(body))),
            *([("Content-Encoding", coding)] if coding else []),
            *(
                [("Location", leads_to(UNPACK[coding](body)))]
                if status == HTTPStatus.MOVED_PERMANENTLY
                else []
            ),
            *kept,
        ]
        return Entry(
            file=name,
            stamp=(found.st_ino, found.st_mtime_ns, found.st_size),
            status=f"{status.value} {status.phrase}",
            may_be_unchanged=status == HTTPStatus.OK,
            etag=etag,
            modified=int(found.st_mtime),
            headers=headers,
            headers_unchanged=kept,
            body=body,
        )

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


def leads_to(page: bytes) -> str:
    """Where the page sends its readers. ValueError if it does not say."""
    found = REFRESH.search(page.decode())
    if found is None:
        raise ValueError("it does not say where it leads")
    return unescape(found[1])
