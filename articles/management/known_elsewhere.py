"""Addresses of the old site that its own server knows: in its sitemaps, and in its log of requests."""

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from xml.parsers import expat

from articles.middleware.legacy_queries import LEGACY

# "GET /a/?b HTTP/1.1" 200, as nginx and Apache write it.
REQUEST = re.compile(rb'"(?:GET|HEAD) (\S{1,2000}) HTTP/[\d.]+" (\d{3}) ')
# What a reader got there.
WAS_THERE = {b"200", b"206", b"301", b"302", b"304", b"308"}
# Nobody reads these; the site answers them with 404 at once.
OF_PROGRAMS = re.compile(
    r"/(?:.+/)?(?:wp-(?:admin|json|includes|login|cron|content/(?!uploads/))|xmlrpc\.php|\.well-known/|robots\.txt|favicon)",
    re.IGNORECASE,
)
# So many addresses of a log are told apart. If there are more, the half asked for least is forgotten.
MOST = 200_000
CHUNK = 256 << 10


class Unreadable(Exception):
    """A file that cannot be read as what it was named for."""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """As it is, or unpacked on the way."""
    try:
        with path.open("rb") as file:
            is_packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if is_packed else path.open("rb") as file:
            yield file
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from error


def in_logs(paths: Iterable[Path]) -> Counter[str]:
    """Each address that was there, by how often it was asked for."""
    hits: Counter[str] = Counter()
    for path in paths:
        with opened(path) as file:
            for line in file:
                found = REQUEST.search(line)
                if found and found[2] in WAS_THERE:
                    note(hits, address_in(found[1].decode(errors="replace")))
    return hits


def note(hits: Counter[str], address: str) -> None:
    if not address or OF_PROGRAMS.match(address):
        return
    hits[address] += 1
    if len(hits) > MOST:
        kept = hits.most_common(MOST // 2)
        hits.clear()
        hits.update(dict(kept))


def address_in(target: str) -> str:
    """What a request asked for, without a query that says nothing of the page; empty if it is no address."""
    try:
        # A path that begins with // is not the name of a host here.
        parts = urlsplit(f"/{target.lstrip('/')}" if target.startswith("/") else target)
    except ValueError:
        return ""
    if not parts.path.startswith("/"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query and LEGACY.search(parts.query) else parts.path


def in_sitemaps(paths: Iterable[Path]) -> Iterator[str]:
    """The address of each page in saved sitemaps. Those of other sitemaps are left out."""
    for path in paths:
        with opened(path) as file:
            yield from filter(None, map(address_in, locations(path, file)))


def locations(path: Path, file: BinaryIO) -> Iterator[str]:
    """The text of each <loc> in a <url>."""
    machine, found, inside, text = expat.ParserCreate(namespace_separator=" "), [], [], []
    machine.buffer_text = True

    def start(name: str, _attributes: dict[str, str]) -> None:
        inside.append(name.rpartition(" ")[2])
        text.clear()

    def end(_name: str) -> None:
        if inside[-2:] == ["url", "loc"]:
            found.append("".join(text).strip())
        inside.pop()

    def refuse(*_: object) -> None:
        raise Unreadable(f"{path} has a document type declaration, which no sitemap has")

    machine.StartElementHandler, machine.EndElementHandler = start, end
    machine.CharacterDataHandler = lambda data: text.append(data) if inside[-1:] == ["loc"] else None
    machine.StartDoctypeDeclHandler = refuse
    try:
        while data := file.read(CHUNK):
            machine.Parse(data, False)
            yield from found
            found.clear()
        machine.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable(f"{path} is no sitemap: {error}") from error
    yield from found
