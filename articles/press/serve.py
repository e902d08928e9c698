"""WSGI: a printed page is answered from the shelf before Django is entered; all else goes to the application.

The ladder of refusals in `PrintedPages.__call__` says who is not answered from the shelf, and why.
"""

import logging
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Any, BinaryIO
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host

from articles.conf import press_settings

from .printer import DatabaseAway, Printer, PrintFailed
from .shelf import ENDINGS, KINDS, Shelf, ShelfFull, has_place

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

logger = logging.getLogger("articles.press")

# Query names that have always meant another page on the sites that move here. Anything else in a query
# (utm_source, fbclid …) gets the same printed page. nginx.conf holds the same list; a test compares them.
OTHER_PAGES = frozenset(
    ["p", "page_id", "cat", "tag", "author", "m", "feed", "s", "attachment_id", "amp", "noamp", "nonamp"]
)
CHOICE = re.compile(r"(?:^|[;,\s])site_version=")
CODINGS = re.compile(r"\s*(br|gzip|\*)\s*(?:;\s*q\s*=\s*([0-9.]{1,5})\s*)?", re.IGNORECASE)
CONTENT_TYPES = {name: kind for kind, name in KINDS.items()}
GONE = f"{HTTPStatus.GONE.value} {HTTPStatus.GONE.phrase}"


@lru_cache(maxsize=512)
def accepted_coding(header: str) -> str:
    """What an Accept-Encoding header prefers: "br", "gzip" or "" for neither; br if it is all the same."""
    wanted: dict[str, float] = {}
    for part in header.split(","):
        if match := CODINGS.fullmatch(part):
            try:
                wanted[match[1].lower()] = float(match[2] or 1)
            except ValueError:
                continue
    any_other = wanted.get("*", 0.0)
    quality, coding = max((wanted.get(name, any_other), name == "br", name) for name in ("br", "gzip"))[::2]
    return coding if quality > 0 else ""


def asks_for_another_page(query: str) -> bool:
    names = (part.partition("=")[0] for part in re.split("[&;]", query[:8000]))
    return any(unquote_plus(name) in OTHER_PAGES for name in names)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the shelf in memory, as it was at that moment of the file's."""

    file: str
    stamp: tuple[int, int, int]
    status: str
    etag: str
    modified: int
    headers: list[tuple[str, str]]
    headers_unchanged: list[tuple[str, str]]
    body: bytes


class PrintedPages:
    """The site's WSGI application."""

    def __init__(
        self, application: Application, shelf: Shelf, security_headers: Iterable[tuple[str, str]]
    ) -> None:
        self.application = application
        self.shelf = shelf
        self.printer = Printer(shelf)
        self.settings = press_settings()
        self.security_headers = list(security_headers)
        self._entries: dict[tuple[str, str], Entry] = {}
        self._bytes = 0
        self._hosts: set[str] = set()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        # This reader's pages look different: the view applies the choice, also without JavaScript.
        if "site_version=" in environ.get("HTTP_COOKIE", "") and CHOICE.search(environ["HTTP_COOKIE"]):
            return self.application(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        if query and asks_for_another_page(query):
            return self.application(environ, start_response)
        # A wrong host is told so, a plain one sent to https: both by Django.
        if not self._is_ours(environ.get("HTTP_HOST", "")) or self._wants_https(environ):
            return self.application(environ, start_response)
        try:
            path = environ["PATH_INFO"].encode("latin-1").decode()
        except (UnicodeDecodeError, UnicodeEncodeError):
            return self.application(environ, start_response)
        if not has_place(path):
            return self.application(environ, start_response)
        entry = self._find(path, environ)
        if entry is not None:
            return answer(entry, environ, start_response)
        return self._print_and_answer(path, environ, start_response)

    def _print_and_answer(
        self, path: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The page is public but not printed yet: print it once, however many ask."""
        try:
            made = self.printer.print_if_missing(path)
        except (PrintFailed, DatabaseAway, ShelfFull) as error:
            logger.error("%s was not printed on the way: %s", path, error)
            return self.application(environ, start_response)
        entry = self._find(path, environ)
        if entry is not None:
            return answer(entry, environ, start_response)
        if made is None or made.response is None or environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        return hand_on(made.response, start_response) or self.application(environ, start_response)

    def _find(self, path: str, environ: Environ) -> Entry | None:
        coding = accepted_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        entry = self._entries.get((path, coding))
        if entry is not None:
            # The usual case: one stat, and the bytes are in memory.
            if stamp_of(entry.file) == entry.stamp:
                return entry
            self._forget(path, coding)
        return self._load(path, coding)

    def _load(self, path: str, coding: str) -> Entry | None:
        for gone in (False, True):
            folder = self.shelf.folder(path, gone=gone)
            for name, content_type in CONTENT_TYPES.items():
                try:
                    with open(folder / f"{name}{ENDINGS[coding]}", "rb") as file:
                        entry = self._entry(file, content_type, coding, gone)
                except OSError:
                    continue
                return self._remember(path, coding, entry)
        return None

    def _entry(self, file: BinaryIO, content_type: str, coding: str, gone: bool) -> Entry:
        found, body = os.fstat(file.fileno()), file.read()
        status = HTTPStatus.GONE if gone else HTTPStatus.OK
        etag = f'"{int(found.st_mtime):x}-{found.st_size:x}"'
        kept = [
            ("ETag", etag),
            ("Last-Modified", formatdate(int(found.st_mtime), usegmt=True)),
            ("Cache-Control", self.settings.cache_control),
            ("Vary", "Accept-Encoding"),
            *self.security_headers,
        ]
        headers = [
            ("Content-Type", f"{content_type}; charset=utf-8"),
            ("Content-Length", str(len(body))),
            *kept,
        ]
        if coding:
            headers.append(("Content-Encoding", coding))
        line = f"{status.value} {status.phrase}"
        return Entry(file.name, stamp(found), line, etag, int(found.st_mtime), headers, kept, body)

    def _remember(self, path: str, coding: str, entry: Entry) -> Entry:
        if self._bytes > self.settings.memory:
            self._entries, self._bytes = {}, 0
        self._entries[path, coding] = entry
        self._bytes += len(entry.body) + 2000
        return entry

    def _forget(self, path: str, coding: str) -> None:
        if (entry := self._entries.pop((path, coding), None)) is not None:
            self._bytes -= len(entry.body) + 2000

    def _is_ours(self, host: str) -> bool:
        if host in self._hosts:
            return True
        domain, _ = split_domain_port(host)
        if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
            return False
        if len(self._hosts) < 100:
            self._hosts.add(host)
        return True

    def _wants_https(self, environ: Environ) -> bool:
        if not settings.SECURE_SSL_REDIRECT:
            return False
        if settings.SECURE_PROXY_SSL_HEADER:
            header, value = settings.SECURE_PROXY_SSL_HEADER
            return environ.get(header, "").split(",")[0].strip() != value
        return environ.get("wsgi.url_scheme") != "https"


def stamp(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_mtime_ns, found.st_size


def stamp_of(file: str) -> tuple[int, int, int] | None:
    try:
        return stamp(os.stat(file))
    except OSError:
        return None


def answer(entry: Entry, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    if entry.status == GONE:
        start_response(entry.status, entry.headers)
    elif is_unchanged(entry, environ):
        start_response("304 Not Modified", entry.headers_unchanged)
        return ()
    else:
        start_response(entry.status, entry.headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (entry.body,)


def is_unchanged(entry: Entry, environ: Environ) -> bool:
    """Whether the reader's copy is this one (RFC 9110, 13.1: If-None-Match goes first)."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None:
        return any(tag.strip().removeprefix("W/") in (entry.etag, "*") for tag in known.split(","))
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if not since:
        return False
    try:
        return entry.modified <= int(parsedate_to_datetime(since).timestamp())
    except (TypeError, ValueError, OverflowError):
        return False


def hand_on(response: HttpResponse, start_response: StartResponse) -> Iterable[bytes] | None:
    """The answer of a print that turned out to be no page (a 404, a redirect): the same for all."""
    if response.status_code not in (301, 404) or response.cookies or response.streaming:
        return None
    if any(word in response.get("Cache-Control", "") for word in ("private", "no-store")):
        return None
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return (response.content,)
