"""The shelf as a folder: a folder for each address, three files for each page, each put in place whole.

shelf/pages/2026/11/22/sea-wall/index.html  .html.gz  .html.br
shelf/gone/2026/…/index.html …                answered with 410; apart, so that a file server can tell them
shelf/moved/2026/…/index.html … leads-to      answered with 301, or with the page where that can't be done
shelf/pages/2026/11/index.html … links        a list, and beside it the file with its links
shelf/new/                                    what is being written, before it is renamed
shelf/locks/, shelf/position.json …           the press's own notes
"""

import errno
import gzip
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import brotli

from articles.conf import press_settings
from articles.whole_files import UNFINISHED, write_together

from . import wake
from .addresses import is_past, path_of, words_of
from .disk_space import shortage
from .interface import (
    CONTENT_TYPES,
    Links,
    PageRefused,
    PrintedPage,
    Shelf,
    ShelfFull,
    StoredPage,
)
from .locks import Lead, PageLocks, lead
from .notes import FolderNote, FolderNotes
from .redirects_and_links import BESIDE, kept_beside, led_to_from, links_in

# Quality 9 takes twenty times as long and saves a thousandth of the bytes, measured on our pages.
BROTLI_QUALITY = 5
ENDINGS = {"br": ".br", "gzip": ".gz", "": ""}
# The name of the file for each content type, and the content type for each name.
KINDS = {content_type: f"index.{ending}" for content_type, ending in CONTENT_TYPES.items()}
TYPES = {name: content_type for content_type, name in KINDS.items()}
# The folder for the pages of each status.
TREES = {200: "pages", 410: "gone", 301: "moved"}
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE})
LEFT_BEHIND = 3600  # seconds after which an unfinished file was left by a process that is gone
# Where a process that was killed may have left unfinished files.
UNFINISHED_IN = ("new/*", "under-way/*", f"{UNFINISHED}*", f"*/{UNFINISHED}*", f"purges/*/{UNFINISHED}*")
Stamp = tuple[int, int, int]


class FolderShelf(Shelf):
    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = str(root)
        self.new = root / "new"
        self._locks = PageLocks(root / "locks")

    def make(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)

    def folder(self, path: str, status: int = 200) -> Path:
        """The folder of the page's files. The caller has checked the path with has_place()."""
        return self.root / TREES[status] / path.strip("/")

    def put(self, path: str, page: PrintedPage) -> bool:
        folder = self.folder(path, page.status)
        try:
            changed = self._put_files(folder, page)
        except OSError as error:
            refusal = ShelfFull if error.errno in FULL else PageRefused
            raise refusal(f"{path} could not be printed: {error.strerror} ({folder})") from error
        # The copy of another status goes last. Until then a reader may get either of the two.
        return self._take_away(path, (other for other in TREES if other != page.status)) or changed

    def put_smaller(self, path: str, page: PrintedPage, *, coding: str, body: bytes) -> bool:
        file = file_of(self.folder(path, page.status), page.content_type)
        if os.stat(file + ENDINGS[coding]).st_size <= len(body):
            return False
        self._put_together({file + ENDINGS[coding]: body}, int(os.stat(file).st_mtime))
        return True

    def remove(self, path: str) -> bool:
        return self._take_away(path, TREES)

    def read(self, path: str) -> PrintedPage | None:
        for status in TREES:
            for file in files_in(self.folder(path, status)):
                with suppress(FileNotFoundError):
                    body, leads_to = Path(file).read_bytes(), led_to_from(file, status)
                    return PrintedPage(status, type_of(file), body, leads_to, links_in(Path(file).parent))
        return None

    def links(self, path: str) -> Links | None:
        return links_in(self.folder(path))

    def stored(self, path: str, coding: str) -> StoredPage | None:
        for status in TREES:
            for file in files_in(self.folder(path, status)):
                with suppress(FileNotFoundError):
                    return stored_in(file, status, coding)
        return None

    def stamp(self, place: str) -> Stamp | None:
        try:
            found = os.stat(place)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def status_at(self, path: str) -> int | None:
        for status in TREES:
            if any(map(os.path.isfile, files_in(self.folder(path, status)))):
                return status
        return None

    def words_below(self, path: str) -> list[str]:
        try:
            return os.listdir(self.folder(path))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def walk(
        self, below: str = "/", *, after: str | None = None, without: Callable[[str], bool] | None = None
    ) -> Iterator[str]:
        words, rest = words_of(below), None
        if after is not None and not is_past(below, after):
            rest = words_of(after)[len(words) :]
            if words_of(after)[: len(words)] != words:
                # Everything below comes before `after` in the walk, so nothing is left.
                return iter(())
        folders = [f"{self.root / tree}/{'/'.join(words)}" for tree in TREES.values()]
        return walk(folders, words, after=rest, without=without or (lambda path: False))

    def clear(self) -> None:
        for top in TREES.values():
            shutil.rmtree(self.root / top, ignore_errors=True)

    def lock(self, path: str, *, patience: float | None = None) -> AbstractContextManager[None]:
        return self._locks.lock(path, patience=patience)

    def lead(self) -> AbstractContextManager[Lead | None]:
        return lead(self.root / "press.lock")

    def note(self, name: str) -> FolderNote:
        return FolderNote(self.root / name)

    def notes(self, name: str) -> FolderNotes:
        return FolderNotes(self.root / name)

    def notes_below(self, name: str) -> set[str]:
        return {f"{name}/{folder.name}" for folder in (self.root / name).glob("*")}

    def listen(self) -> wake.Pipe:
        return wake.Pipe(self.root / "nudge")

    def nudge(self) -> None:
        wake.nudge(self.root / "nudge")

    def shortage(self) -> str:
        return shortage(self.root)

    def sweep(self) -> None:
        for pattern in UNFINISHED_IN:
            for file in self.root.glob(pattern):
                with suppress(FileNotFoundError):
                    if time.time() - file.stat().st_ctime > LEFT_BEHIND:
                        file.unlink()

    def _put_files(self, folder: Path, page: PrintedPage) -> bool:
        target = file_of(folder, page.content_type)
        try:
            before = os.stat(target)
        except FileNotFoundError:
            before = None
            folder.mkdir(parents=True, exist_ok=True)
        if before and before.st_size == len(page.body) and is_whole(target, page):
            return False
        # File servers make ETags from the time in seconds and the size. So a page that is printed twice
        # within a second gets a time that is one second later.
        moment = max(int(time.time()), int(before.st_mtime) + 1 if before else 0)
        # The files beside the page are put first, so that whoever reads the new page finds the right ones.
        beside = {f"{folder}/{name}": text.encode() for name, text in kept_beside(page).items()}
        made = {
            ENDINGS["br"]: brotli.compress(page.body, quality=BROTLI_QUALITY),
            ENDINGS["gzip"]: gzip.compress(page.body, 6, mtime=0),
            ENDINGS[""]: page.body,
        }
        self._put_together(beside | {f"{target}{ending}": body for ending, body in made.items()}, moment)
        return True

    def _put_together(self, files: dict[str, bytes], moment: int) -> None:
        """Put all the files in place, or none if the disk is full. `moment` is their time in seconds, from
        which ETags are made."""
        write_together(files, by_way_of=self.new, moment=moment)

    def _take_away(self, path: str, statuses: Iterable[int]) -> bool:
        return sum(remove_files(self.folder(path, status)) for status in statuses) > 0


def the_shelf() -> FolderShelf:
    """The shelf that the settings name. It is made if there is none."""
    shelf = FolderShelf(press_settings().shelf)
    shelf.make()
    return shelf


def walk(
    folders: list[str], words: list[str], *, after: list[str] | None, without: Callable[[str], bool]
) -> Iterator[str]:
    """Walk from one address down. `folders` are the folders of this address in the trees that have it.
    `after` leaves out addresses up to one below this: it holds the words that follow here. None leaves out
    nothing."""
    path = path_of(words)
    if without(path):
        return
    below, is_page = defaultdict(list), False
    for folder in folders:
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
            for entry in entries:
                is_page = is_page or entry.name in TYPES
                if entry.is_dir(follow_symlinks=False):
                    below[entry.name].append(entry.path)
    if is_page and after is None:
        yield path
    for word in sorted(below, reverse=True):
        if after and word > after[0]:
            continue
        rest = after[1:] if after and word == after[0] else None
        yield from walk(below[word], [*words, word], after=rest, without=without)


def stored_in(file: str, status: int, coding: str) -> StoredPage:
    """FileNotFoundError if there is no such file, because the page is of another content type or status."""
    name = file + ENDINGS[coding]
    with open(name, "rb") as opened:
        found, body = os.fstat(opened.fileno()), opened.read()
    return StoredPage(
        status=status,
        content_type=type_of(file),
        leads_to=led_to_from(file, status),
        body=body,
        modified=int(found.st_mtime),
        place=name,
        stamp=(found.st_ino, found.st_mtime_ns, found.st_size),
    )


def is_whole(target: str, page: PrintedPage) -> bool:
    """Whether exactly this page is on the shelf already, in all its codings and with the files beside it."""
    others = [Path(f"{target}{ENDINGS[coding]}") for coding in ("br", "gzip")]
    return (
        Path(target).read_bytes() == page.body
        and all(map(has_bytes, others))
        and led_to_from(target, page.status) == page.leads_to
        and links_in(Path(target).parent) == page.links
    )


def has_bytes(file: Path) -> bool:
    """Whether the file is there and not empty. A power cut may leave empty files."""
    return file.is_file() and file.stat().st_size > 0


def remove_files(folder: Path) -> bool:
    removed = False
    for file in files_in(folder):
        for ending in ENDINGS.values():
            with suppress(FileNotFoundError):
                os.unlink(f"{file}{ending}")
                removed = True
    if removed:
        for name in BESIDE:
            (folder / name).unlink(missing_ok=True)
    return removed


def file_of(folder: Path, content_type: str) -> str:
    return f"{folder}/{KINDS[content_type.partition(';')[0].strip()]}"


def type_of(file: str) -> str:
    return TYPES[file.rpartition("/")[2]]


def files_in(folder: Path) -> list[str]:
    """The files that a page in the folder may have, without the endings of the codings. None if there is no
    folder."""
    if not os.path.isdir(folder):
        return []
    return [f"{folder}/{name}" for name in KINDS.values()]
