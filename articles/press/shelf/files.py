"""Printed pages as files: one folder an address, three files a page, each put in place whole.

    shelf/pages/2026/11/22/sea-wall/index.html  .html.gz  .html.br
    shelf/gone/2026/…/index.html …                answered with 410, so a file server needs them apart
    shelf/moved/2026/…/index.html …               answered with 301, or by the page itself if need be
    shelf/new/                                    what is being written, before it is renamed
    shelf/locks/, shelf/position.json …           the press's own notes

Only addresses of a plain shape have a place: nothing that a request carries can name a file elsewhere.
"""

import errno
import fcntl
import gzip
import os
import re
import shutil
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import brotli

from articles.whole_files import UNFINISHED, write_together

# Words of letters, digits, - and _: without dots no address can be a file's name. Or one file at the top.
ADDRESS = re.compile(r"/(?:[\w-]{1,120}/){0,7}|/[\w-]{1,60}\.(?:txt|xml|json)")
# What the site answers afresh each time, or keeps for itself, whatever it answers.
NEVER_PRINTED = frozenset(["admin", "api", "health", "media", "preview", "search", "site-version", "static"])
LONGEST_WORD = 240  # bytes; file systems take 255
ENDINGS = {"br": ".br", "gzip": ".gz", "": ""}
KINDS = {
    "text/html": "index.html",
    "text/plain": "index.txt",
    "application/xml": "index.xml",
    "application/rss+xml": "index.rss",
    "application/atom+xml": "index.atom",
    "application/feed+json": "index.json",
}
# The folder of the pages of each status.
TREES = {200: "pages", 410: "gone", 301: "moved"}
LOCKS = 256
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE})
LEFT_BEHIND = 3600  # seconds after which nobody writes any more what is not finished
# Where a process that was killed may have left what it had begun.
UNFINISHED_IN = ("new/*", "under-way/*", f"{UNFINISHED}*", f"*/{UNFINISHED}*", f"purges/*/{UNFINISHED}*")
LONGEST_PRINT = 15.0  # seconds that others wait for one who prints the page
HELD_FOR = 60.0  # seconds in which nobody waits again for a lock that was not given up
LOOK_EVERY = 0.01  # seconds, the longest, between two looks whether they have finished


class ShelfFull(Exception):
    """The disk takes no page at the moment; the old one stands as it was."""


class PageRefused(Exception):
    """The disk does not take this one page."""


class PageHeld(Exception):
    """The lock of this page has been held for too long to be waited for."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What readers get at an address: its status (one of TREES), its kind and its bytes."""

    status: int
    content_type: str
    body: bytes


def has_place(path: str) -> bool:
    """Whether the address (decoded, as in PATH_INFO) may ever be printed."""
    if not ADDRESS.fullmatch(path):
        return False
    words = path.split("/")
    return words[1] not in NEVER_PRINTED and all(len(word.encode()) <= LONGEST_WORD for word in words)


class Shelf:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.pages = root / TREES[200]
        self.new = root / "new"
        self._held: dict[int, float] = {}

    def folder(self, path: str, status: int = 200) -> Path:
        """Where the page's files stand. The caller has asked has_place()."""
        return self.root / TREES[status] / path.strip("/")

    def put(self, path: str, page: PrintedPage) -> bool:
        """Put the page in its place; False if the very same one is there. ShelfFull or PageRefused."""
        name = KINDS[page.content_type.partition(";")[0].strip()]
        folder = self.folder(path, page.status)
        try:
            changed = self._put_files(folder, name, page.body)
        except OSError as error:
            refusal = ShelfFull if error.errno in FULL else PageRefused
            raise refusal(f"{path} could not be printed: {error.strerror} ({folder})") from error
        # A reader in between may get either: the page before, or this one.
        return self._take_away(path, others_than(page.status)) or changed

    def remove(self, path: str) -> bool:
        """Take the page away, of whatever status; False if there was none."""
        return self._take_away(path, TREES)

    def _take_away(self, path: str, statuses: Iterable[int]) -> bool:
        return sum(self._remove_files(self.folder(path, status)) for status in statuses) > 0

    def read(self, path: str) -> PrintedPage | None:
        for status in TREES:
            for file in files_in(self.folder(path, status)):
                with suppress(FileNotFoundError):
                    return PrintedPage(status, content_type_of(file), Path(file).read_bytes())
        return None

    def paths(self, below: str = "/") -> Iterator[str]:
        """Every address on the shelf from that one down (decoded), the general before the particular."""
        return map(path_at, self.places(below))

    def places(self, below: str = "/", *, after: str | None = None) -> Iterator[str]:
        """Where pages stand, as "pages/2026/11", always in the same order; those after that one."""
        names = set(KINDS.values())
        # Each folder's last in the alphabet first: so the newest years are.
        for top in sorted(TREES.values(), reverse=True):
            if after is not None and not goes_on(top, after):
                continue
            for folder, folders, files in os.walk(self.root / top / below.strip("/")):
                place = os.path.relpath(folder, self.root).replace(os.sep, "/")
                folders.sort(reverse=True)
                if after is not None:
                    folders[:] = [name for name in folders if goes_on(f"{place}/{name}", after)]
                if names.intersection(files) and (after is None or is_past(place, after)):
                    yield place

    def printed_at(self, path: str) -> float:
        """Seconds since the epoch of the page's files; 0 where there are none."""
        for status in TREES:
            for file in files_in(self.folder(path, status)):
                with suppress(FileNotFoundError):
                    return os.stat(file).st_mtime
        return 0.0

    @contextmanager
    def lock(self, path: str, *, patience: float | None = None) -> Iterator[None]:
        """One print of an address at a time, over all processes of this host.

        The page that is rendered last is put in place last: without this, a slow render that began before
        a change could overwrite the page that shows the change. PageHeld where it is not given up within
        LONGEST_PRINT, or that many seconds: one page that hangs must not stop the press. Each lock is that of
        many addresses.
        """
        folder = self.root / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        number = zlib.crc32(path.encode()) % LOCKS
        file = os.open(folder / f"{number}", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if patience is None:
                is_hopeless = time.monotonic() < self._held.get(number, 0.0)
                patience = 0.0 if is_hopeless else LONGEST_PRINT
            if not is_ours(file, patience=patience):
                if patience:
                    self._held[number] = time.monotonic() + HELD_FOR
                raise PageHeld(
                    f"{path} was not printed: its lock, {number}, is held by somebody who does not finish"
                )
            self._held.pop(number, None)
            yield
        finally:
            os.close(file)

    def clear(self) -> None:
        for top in TREES.values():
            shutil.rmtree(self.root / top, ignore_errors=True)

    def _put_files(self, folder: Path, name: str, body: bytes) -> bool:
        target = f"{folder}/{name}"
        try:
            before = os.stat(target)
        except FileNotFoundError:
            before = None
            folder.mkdir(parents=True, exist_ok=True)
        if before and before.st_size == len(body) and is_whole(target, body):
            return False
        # File servers make ETags of seconds and sizes: a page printed twice in a second needs two seconds.
        moment = max(int(time.time()), int(before.st_mtime) + 1 if before else 0)
        made = {
            # Measured on our pages: 9 takes twenty times as long as 5, for a thousandth of the bytes.
            ENDINGS["br"]: brotli.compress(body, quality=5),
            ENDINGS["gzip"]: gzip.compress(body, 6, mtime=0),
            ENDINGS[""]: body,
        }
        self.put_together({f"{target}{ending}": content for ending, content in made.items()}, moment)
        return True

    def put_together(self, files: dict[str, bytes], moment: int) -> None:
        """All of them, or none if the disk is full. ETags are made of `moment`, in seconds."""
        write_together(files, by_way_of=self.new, moment=moment)

    def sweep(self) -> None:
        """Take away what a process that was killed had begun to write."""
        for pattern in UNFINISHED_IN:
            for file in self.root.glob(pattern):
                with suppress(FileNotFoundError):
                    if time.time() - file.stat().st_ctime > LEFT_BEHIND:
                        file.unlink()

    def _remove_files(self, folder: Path) -> bool:
        removed = False
        for file in files_in(folder):
            for ending in ENDINGS.values():
                with suppress(FileNotFoundError):
                    os.unlink(f"{file}{ending}")
                    removed = True
        return removed


def is_past(place: str, other: str) -> bool:
    """Whether it comes later than the other when the shelf is walked: folders before what they hold, the last
    in the alphabet first."""
    own, others = place.split("/"), other.split("/")
    for mine, theirs in zip(own, others, strict=False):
        if mine != theirs:
            return mine < theirs
    return len(own) > len(others)


def goes_on(place: str, after: str) -> bool:
    """Whether that folder holds, or may hold, anything after."""
    return place == after or after.startswith(f"{place}/") or is_past(place, after)


def path_at(place: str) -> str:
    """The address (decoded) of a page that stands there."""
    path = place.partition("/")[2]
    return f"/{path}/" if path and "." not in path else f"/{path}"


def is_ours(file: int, *, patience: float) -> bool:
    """Wait for the lock on the file, so many seconds; False if it is not given up."""
    pause, end = 0.001, time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(pause)
            pause = min(pause * 2, LOOK_EVERY)
        else:
            return True


def others_than(status: int) -> list[int]:
    return [other for other in TREES if other != status]


def is_whole(target: str, body: bytes) -> bool:
    """Whether this very page is there, in all its codings."""
    others = [Path(f"{target}{ENDINGS[coding]}") for coding in ("br", "gzip")]
    return Path(target).read_bytes() == body and all(map(has_bytes, others))


def has_bytes(file: Path) -> bool:
    """A power cut may leave empty files."""
    return file.is_file() and file.stat().st_size > 0


def content_type_of(file: str) -> str:
    name = file.rpartition("/")[2]
    return next(content_type for content_type, known in KINDS.items() if known == name)


def files_in(folder: Path) -> list[str]:
    """The files that a page there may consist of, without the endings of their codings."""
    if not os.path.isdir(folder):
        return []
    return [f"{folder}/{name}" for name in KINDS.values()]
