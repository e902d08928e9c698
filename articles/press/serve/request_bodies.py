"""Limits how many threads read the bodies of requests.

Granian gives a body no deadline. A client that announces a thousand bytes and sends only eight holds the
thread that reads them for as long as it likes. So a body is read only in a slot, and there are fewer slots
than threads: the other threads always answer readers. A body that nobody needs is not read, and one that is
too large is refused unread.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Any

from articles.conf import threads
from articles.http.content_policy import OF_FILES
from articles.middleware.headers import DESK, security_headers
from articles.models.addresses.paths import API

from .application import Application, Environ, StartResponse

# The forms that readers send: their choice of layout, and comments of people who have a link to a draft.
CHOICE = "/site-version/"
DRAFTS = "/preview/"
READERS_LIMIT = 64 * 1024
DESKS_LIMIT = 260 * 1024 * 1024  # pictures, several at once
RETRY_AFTER = 2  # seconds

UNMEASURED = "Say with Content-Length how long the request is; one without is not read here."
BUSY = "Too many forms are being sent here at this moment. Nothing of yours was stored; send it again."


@dataclass(frozen=True, slots=True)
class Kind:
    """limit: the largest body in bytes. slots: how many threads of this process may read such bodies."""

    limit: int
    slots: BoundedSemaphore


class Bodies:
    """Comes before the whole site, so that nothing reads a body without a slot."""

    def __init__(self, application: Application) -> None:
        self.application = application
        # Readers' forms may hold a quarter of the threads and the desk half of them. So a quarter is always
        # left to answer readers.
        self._readers = Kind(READERS_LIMIT, BoundedSemaphore(max(1, threads() // 4)))
        self._desks = Kind(DESKS_LIMIT, BoundedSemaphore(max(1, threads() // 2)))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if "HTTP_TRANSFER_ENCODING" in environ:
            return refuse(HTTPStatus.LENGTH_REQUIRED, UNMEASURED, start_response)
        length = length_of(environ)
        if not length:
            return self.application(environ, start_response)
        kind = self._desks if environ["PATH_INFO"].startswith((DESK, API)) else self._readers
        if length > kind.limit:
            return refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large(kind.limit), start_response)
        if not is_read(environ):
            nothing = {"CONTENT_LENGTH": "0", "wsgi.input": io.BytesIO()}
            return self.application(environ | nothing, start_response)
        if not kind.slots.acquire(blocking=False):
            return refuse(HTTPStatus.SERVICE_UNAVAILABLE, BUSY, start_response)
        body = Body(environ["wsgi.input"], length, at_end=kind.slots.release)
        try:
            return self.application(environ | {"wsgi.input": body}, start_response)
        finally:
            body.end()


class Body(io.RawIOBase):
    """A request's body. Calls `at_end` once: when it was read to its end, or when nobody reads it any
    more."""

    def __init__(self, stream: Any, length: int, *, at_end: Callable[[], None]) -> None:
        self._stream, self._left, self._at_end = stream, length, at_end
        self._has_ended = False

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        found = self._stream.read(wanted) if wanted else b""
        self._left -= len(found)
        if not self._left or len(found) < wanted:
            self.end()
        return found

    def end(self) -> None:
        if not self._has_ended:
            self._has_ended = True
            self._at_end()


def length_of(environ: Environ) -> int:
    try:
        return max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0


def is_read(environ: Environ) -> bool:
    """Whether the site needs the body. Django's CSRF check would read that of other requests too. The API
    takes none without a token."""
    path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
    if path.startswith(API):
        return method in ("POST", "PATCH") and "HTTP_AUTHORIZATION" in environ
    return method == "POST" and (path == CHOICE or path.startswith((DESK, DRAFTS)))


def too_large(limit: int) -> str:
    return f"This is too large: {limit // 1024:,} KiB can be sent here at once."


def refuse(status: HTTPStatus, sentence: str, start_response: StartResponse) -> list[bytes]:
    body = f"{sentence}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *security_headers(OF_FILES),
    ]
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", str(RETRY_AFTER)))
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
