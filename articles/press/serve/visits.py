"""Counts in memory how often readers have followed redirects, and at which addresses they have found nothing,
and writes it down about once a minute.

Nothing is noted but the path: no reader, no query, no referrer. What is not counted: visits that a store or
nginx in front answers by itself, as nginx does at addresses that are gone, and the last minute of a server
that stops.
"""

import logging
import threading
import time
from collections import Counter
from typing import Any

from django.db import DatabaseError, InterfaceError, connections
from django.utils.encoding import iri_to_uri

from articles.models.addresses import ASKED_AFRESH, may_have_been_a_page
from articles.publishing.visits import write_visits
from articles.threads import keep_running

from .application import Application, Environ, StartResponse

logger = logging.getLogger("articles.press")

EVERY = 60.0  # seconds
MOST = 1_000  # addresses between two writes; more are left out
LONGEST = 300  # characters; a longer address was typed by no reader
FOLLOWED, MISSED = ("301", "410"), ("404",)


class Tally:
    """The visits of each address, of at most so many addresses."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def note(self, path: str, number: int = 1) -> None:
        with self._lock:
            if path in self._counts or len(self._counts) < MOST:
                self._counts[path] += number

    def take(self) -> Counter[str]:
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken


class Visits:
    """The WSGI application in it, and the visits of its redirects and of addresses without a page."""

    def __init__(self, application: Application, *, every: float = EVERY) -> None:
        self.application = application
        self.every = every
        self.followed, self.missed = Tally(), Tally()
        self._begin = threading.Lock()
        self._writes = False

    def __call__(self, environ: Environ, start_response: StartResponse) -> Any:
        def start(status: str, *more: Any) -> Any:
            if status[:3] in FOLLOWED or status[:3] in MISSED:
                self.note(status[:3], environ)
            return start_response(status, *more)

        return self.application(environ, start)

    def note(self, status: str, environ: Environ) -> None:
        path = path_of(environ)
        if path is None:
            return
        (self.missed if status in MISSED else self.followed).note(path)
        # Only now, because the process that answers is a copy of the one that has loaded the site.
        if not self._writes and self._begin.acquire(blocking=False):
            self._writes = True
            keep_running(self._write_now_and_then, threading.Event(), name="visits")

    def _write_now_and_then(self) -> None:
        while True:
            time.sleep(self.every)
            self.write()

    def write(self) -> None:
        """Write the visits down. If the database is away, they are kept for the next time."""
        followed, missed = self.followed.take(), self.missed.take()
        try:
            write_visits(followed, missed)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Visits are written later: %s", error)
            for tally, taken in ((self.followed, followed), (self.missed, missed)):
                for path, number in taken.items():
                    tally.note(path, number)
        finally:
            connections.close_all()


def path_of(environ: Environ) -> str | None:
    """The address, encoded; None if it is not counted: no reader has asked for it, or it may say who did."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    try:
        path = environ["PATH_INFO"].encode("latin-1").decode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None
    before, *words = path.split("/")
    if before or "@" in path or not words or words[0] in ASKED_AFRESH or (words[0] == "" and words[1:]):
        return None
    if not may_have_been_a_page(path) or any(not character.isprintable() for character in path):
        return None
    uri = iri_to_uri(path)
    return uri if len(uri) <= LONGEST else None
