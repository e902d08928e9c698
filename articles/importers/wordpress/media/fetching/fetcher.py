"""Fetches each file once, goes on where an answer broke off, and remembers what cannot be had and why."""

import http.client
import os
import socket
import ssl
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from articles.documents import HEAD, recognise
from articles.http.public_addresses import Judge, only_public
from articles.importers.wordpress.media.source import SMALLER, File, NotToBeHad, Wanted, too_large
from articles.importers.wordpress.text.addresses import file_name

from .asking import PIECE, Cut, Silent, Web, asked
from .limits import Limits
from .state import DONE, FAILED, Row, State
from .targets import Resolve, Target, check_host, redirected, target_of

REDIRECTS = (301, 302, 303, 307, 308)
# There is nothing at the address, and there will be nothing tomorrow.
NOT_THERE = (404, 410)
BUSY = (429, 503)
OTHER = "found at another address"


class Pause(NotToBeHad):
    """The server asks for a pause of so many seconds."""

    def __init__(self, reason: str, seconds: float):
        super().__init__(reason)
        self.seconds = seconds


class Final(NotToBeHad):
    """Trying again would change nothing."""


class Fetcher:
    """A MediaSource. `hosts` are asked besides those of the old site, which the export names."""

    def __init__(
        self,
        state: State,
        *,
        hosts: frozenset[str] = frozenset(),
        limits: Limits | None = None,
        judge: Judge = only_public,
        resolve: Resolve = socket.getaddrinfo,
        wait: Callable[[float], None] = time.sleep,
    ):
        self.state, self.hosts, self.limits = state, hosts, limits or Limits()
        self.web = Web(self.limits, judge, resolve, ssl.create_default_context())
        self.wait = wait
        self.tried: set[str] = set()
        self.vain: Counter[str] = Counter()

    def begin(self, hosts: frozenset[str]) -> None:
        self.hosts |= hosts

    def close(self) -> None:
        self.state.close()

    def open(self, wanted: Wanted, *, most: int) -> File:
        """The first reason is told if none of the addresses has the file."""
        reasons = []
        for address in wanted.addresses:
            try:
                return self.opened(address, wanted, most)
            except NotToBeHad as error:
                reasons.append(error)
        raise reasons[0] if reasons else NotToBeHad("it has no address")

    def opened(self, address: str, wanted: Wanted, most: int) -> File:
        target = target_of(address)
        check_host(target, self.hosts)
        row = self.fetched(target, most)
        if row.size > most:
            raise NotToBeHad(too_large(most))
        note = "" if address == wanted.addresses[0] else f"{OTHER}: {address}"
        note = f"{SMALLER}: {address}" if address in wanted.smaller_addresses else note
        return File(str(target), open(self.state.path(row), "rb"), note)

    def fetched(self, target: Target, most: int) -> Row:
        row = self.state.row(str(target))
        if row.state == DONE and self.state.path(row).exists():
            return row
        if row.state == FAILED and (row.tries >= self.limits.tries or row.key in self.tried):
            raise NotToBeHad(row.reason)
        self.tried.add(row.key)
        while True:
            try:
                return self.fetch(row, target, most)
            except NotToBeHad as error:
                before, row = row, self.noted(row, error)
                is_on_its_way = isinstance(error, Cut) and row.size > before.size
                if row.tries >= self.limits.tries or not (is_on_its_way or isinstance(error, Pause)):
                    raise
                self.wait(error.seconds if isinstance(error, Pause) else 1)

    def noted(self, row: Row, error: NotToBeHad) -> Row:
        """A host that is away is no fault of the file."""
        if isinstance(error, Silent):
            return self.state.failed(row, str(error), tries=row.tries)
        row = self.state.row(row.address)
        tries = self.limits.tries if isinstance(error, Final) else row.tries + 1
        return self.state.failed(row, str(error), tries=tries)

    def fetch(self, row: Row, target: Target, most: int) -> Row:
        """Follows redirects, each of which is judged as a request of its own."""
        for _ in range(self.limits.redirects + 1):
            check_host(target, self.hosts)
            if self.vain[target.host] >= self.limits.vain:
                raise Silent(f"its server was asked {self.limits.vain} times in vain, and then left alone")
            try:
                with asked(target, self.rest_of(row), self.web) as answer:
                    if answer.status not in REDIRECTS:
                        row = self.received(row, answer, most)
                        self.vain[target.host] = 0
                        return row
                    target = redirected(target, answer.getheader("Location") or "")
            except (Silent, Cut, Pause):
                self.vain[target.host] += 1
                raise
        raise Final(f"it is redirected more than {self.limits.redirects} times")

    def rest_of(self, row: Row) -> dict[str, str]:
        """Asks for what is missing, if the file is still the one of which the beginning is here."""
        part = self.state.part(row)
        size = part.stat().st_size if part.exists() else 0
        return {"Range": f"bytes={size}-", "If-Range": row.validator} if size and row.validator else {}

    def received(self, row: Row, answer: http.client.HTTPResponse, most: int) -> Row:
        if answer.status in BUSY:
            raise Pause(f"its server is busy ({answer.status})", self.pause_of(answer))
        if answer.status == 416:
            self.state.part(row).unlink(missing_ok=True)
            raise Cut("its server has another version by now")
        if answer.status not in (200, 206):
            kind = Final if answer.status in NOT_THERE else NotToBeHad
            raise kind(f"its server answers {answer.status}")
        if answer.getheader("Content-Encoding", "identity").lower() != "identity":
            raise Final("its server sends it packed, which was not asked for")
        start = start_of(row, answer, self.state.part(row))
        length = int(answer.getheader("Content-Length") or 0) if not answer.chunked else 0
        if start + length > most:
            raise Final(too_large(most))
        if not start:
            self.state.part(row).unlink(missing_ok=True)
        # Written before the bytes are, so that a run that is killed meanwhile can be gone on with.
        row = self.state.write(replace(row, size=start, validator=validator_of(answer)))
        row = self.written(row, answer, start, most)
        self.check_kind(row)
        return self.state.finish(row)

    def written(self, row: Row, answer: http.client.HTTPResponse, start: int, most: int) -> Row:
        size = start
        with self.state.part(row).open("ab") as file:
            try:
                while piece := answer.read1(PIECE):
                    size += len(piece)
                    if size > most:
                        raise Final(too_large(most))
                    if self.state.total + size - row.size > self.limits.total:
                        raise Final(f"all files together are larger than {self.limits.total // 10**9} GB")
                    append(file, piece)
                if answer.length:
                    raise Cut("it ends early")
            finally:
                row = self.state.write(replace(row, size=0 if size > most else size))
        if size > most:
            self.state.part(row).unlink()
        return row

    def check_kind(self, row: Row) -> None:
        """A page with status 200 is what many servers send instead of a file that they do not have."""
        part = self.state.part(row)
        with part.open("rb") as file:
            head = file.read(HEAD)
        if not head or recognise(head, file_name(row.address)).ending == "html":
            part.unlink()
            self.state.write(replace(row, size=0))
            raise Final("its server sends a page instead of it" if head else "it is empty")

    def pause_of(self, answer: http.client.HTTPResponse) -> float:
        said = answer.getheader("Retry-After", "")
        try:
            seconds = float(said) if said.isdigit() else parsedate_to_datetime(said).timestamp() - time.time()
        except (TypeError, ValueError, OverflowError):
            seconds = 5
        if seconds > self.limits.pause:
            raise NotToBeHad(f"its server asks for a pause of {seconds:.0f} seconds")
        return max(1, seconds)


def append(file: BinaryIO, piece: bytes) -> None:
    try:
        file.write(piece)
    except OSError as error:
        raise NotToBeHad(f"it cannot be written: {error.strerror}") from error


def start_of(row: Row, answer: http.client.HTTPResponse, part: os.PathLike) -> int:
    """From which byte on the answer is; 0 if it is the whole file."""
    if answer.status == 200:
        return 0
    begun = os.stat(part).st_size if os.path.exists(part) else 0
    if not begun or not answer.getheader("Content-Range", "").startswith(f"bytes {begun}-"):
        raise Final("its server sends another piece than was asked for")
    return begun


def validator_of(answer: http.client.HTTPResponse) -> str:
    """A weak ETag is no promise that two versions have the same bytes."""
    etag = answer.getheader("ETag", "")
    found = etag if etag.startswith('"') else answer.getheader("Last-Modified", "")
    return found if found.isascii() and found.isprintable() and len(found) <= 200 else ""
