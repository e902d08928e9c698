"""Answers requests for documents from their files, whole or in pieces, for sites without a file server in
front.

A large file is sent piece by piece, and holds a thread until the reader has it. So only half of the threads
may do that at the same time; the others always answer readers of pages.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from django.conf import settings

from articles.conf import threads
from articles.documents import KINDS, SHAPE, Piece, Unsatisfiable, is_shown, piece_of
from articles.http.content_policy import OF_DOCUMENTS
from articles.middleware.headers import security_headers

from .application import Application, Environ, StartResponse
from .negotiation import is_unchanged

SHAPED = re.compile(SHAPE)
AT_ONCE = 1 << 20
RETRY_AFTER = 5  # seconds
# What is at an address never changes.
FOR_EVER = ("Cache-Control", "public, max-age=31536000, immutable")


class StoredDocuments:
    def __init__(self, application: Application) -> None:
        self.application = application
        self.root = Path(settings.MEDIA_ROOT)
        self.prefix = settings.MEDIA_URL
        self.headers = [FOR_EVER, ("Accept-Ranges", "bytes"), *security_headers(OF_DOCUMENTS)]
        self.slots = BoundedSemaphore(max(1, threads() // 2))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(self.prefix) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        match = SHAPED.fullmatch(path, len(self.prefix))
        if match is None:
            return self.application(environ, start_response)
        try:
            file = open(self.root / match[0], "rb")  # noqa: SIM115 - closed at the end of the answer
        except OSError:
            return self.application(environ, start_response)
        return self.answer(file, match["ending"], environ, start_response)

    def answer(
        self, file: BinaryIO, ending: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        found = os.fstat(file.fileno())
        modified, size = int(found.st_mtime), found.st_size
        etag = f'"{modified:x}-{size:x}"'
        headers = [("ETag", etag), ("Last-Modified", formatdate(modified, usegmt=True)), *self.headers]
        headers += kind_headers(ending)
        if is_unchanged(environ, etag, modified):
            return finished(file, start_response, "304 Not Modified", headers)
        try:
            piece = piece_asked(environ, size, etag, modified)
        except Unsatisfiable:
            headers += [("Content-Range", f"bytes */{size}"), ("Content-Length", "0")]
            return finished(file, start_response, "416 Range Not Satisfiable", headers)
        status = "206 Partial Content" if piece else "200 OK"
        headers += [("Content-Range", piece.as_header(size))] if piece else []
        piece = piece or Piece(0, size)
        headers.append(("Content-Length", str(piece.length)))
        if environ["REQUEST_METHOD"] == "HEAD":
            return finished(file, start_response, status, headers)
        return self.sent(file, piece, status, headers, start_response)

    def sent(
        self, file: BinaryIO, piece: Piece, status: str, headers: list, start_response: StartResponse
    ) -> Iterable[bytes]:
        if piece.length <= AT_ONCE:
            with file:
                file.seek(piece.start)
                body = file.read(piece.length)
            start_response(status, headers)
            return [body]
        if not self.slots.acquire(blocking=False):
            busy = [("Retry-After", str(RETRY_AFTER)), ("Content-Length", "0"), ("Cache-Control", "no-store")]
            return finished(
                file, start_response, "503 Service Unavailable", [*busy, *security_headers(OF_DOCUMENTS)]
            )
        start_response(status, headers)
        return in_pieces(file, piece, self.slots.release)


def kind_headers(ending: str) -> list[tuple[str, str]]:
    """Browsers save what they should not show, whatever the bytes look like."""
    kind = KINDS.get(ending, KINDS["bin"])
    disposition = [] if is_shown(kind.ending) else [("Content-Disposition", "attachment")]
    return [("Content-Type", kind.media_type), *disposition]


def piece_asked(environ: Environ, size: int, etag: str, modified: int) -> Piece | None:
    """None if the whole file is to be sent: also if the reader has begun with another version of it."""
    header = environ.get("HTTP_RANGE", "")
    if not header or environ["REQUEST_METHOD"] != "GET":
        return None
    known = environ.get("HTTP_IF_RANGE", "").strip()
    if known and known != etag and not is_time(known, modified):
        return None
    return piece_of(header, size)


def is_time(text: str, modified: int) -> bool:
    try:
        return int(parsedate_to_datetime(text).timestamp()) == modified
    except (TypeError, ValueError, OverflowError):
        return False


def finished(file: BinaryIO, start_response: StartResponse, status: str, headers: list) -> list[bytes]:
    file.close()
    start_response(status, headers)
    return []


def in_pieces(file: BinaryIO, piece: Piece, at_end: Callable[[], None]) -> Iterator[bytes]:
    """The file is closed, and the slot given back, when all is sent or the reader has gone."""
    # Begun at once, so that the end is reached also of an answer of which nothing is taken.
    made = read_in_pieces(file, piece, at_end)
    next(made)
    return made


def read_in_pieces(file: BinaryIO, piece: Piece, at_end: Callable[[], None]) -> Iterator[bytes]:
    try:
        with file:
            file.seek(piece.start)
            left = piece.length
            yield b""
            while left and (found := file.read(min(AT_ONCE // 4, left))):
                left -= len(found)
                yield found
    finally:
        at_end()
