"""Tells the stores in front of the site (CDNs, Varnish) the addresses of pages that have changed.

A purge is noted on the shelf before it is tried, so that a crash loses none, and it is tried again until the
store has taken it. Each store has its own queue and thread, so that neither printing nor another store waits
for it.
"""

import datetime
import hashlib
import http.client
import json
import logging
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import Protocol
from urllib.parse import quote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from articles.conf import PurgeSettings, paper
from articles.press.shelf.interface import Notes, Shelf
from articles.press.telling.services import OPENER
from articles.threads import keep_running

logger = logging.getLogger("articles.press")

TIMEOUT = 10  # seconds for a store's answer
QUEUES = "purges"  # the name of the notes on the shelf; each store has a set of them
MOST_LEFT = 100_000  # notes that an earlier press may have left
AT_ONCE = 2000  # notes that are moved from an old queue at a time
BATCH = 30  # addresses in one request to a CDN; the strictest CDNs take no more
IDLE = 0.2  # seconds between two looks into the queue
LONGEST_PAUSE = 60.0  # seconds between two tries while a store does not answer


class PurgeFailed(Exception):
    """The store has not taken the addresses. They are sent to it again later."""


class Purger(Protocol):
    """A store in front of the site, or in front of `pictures_host` alone. Stores are told apart by both."""

    address: str
    pictures_host: str

    def purge(self, urls: Sequence[str]) -> None:
        """Have the store forget these absolute addresses. PurgeFailed if it did not confirm that."""


class HttpPurger:
    """Sends a PURGE request for each page, as Varnish expects them, with the Host that readers ask."""

    def __init__(self, address: str, *, pictures_host: str = "") -> None:
        self.address = address
        self.pictures_host = pictures_host

    def purge(self, urls: Sequence[str]) -> None:
        store = urlsplit(self.address)
        kind = http.client.HTTPSConnection if store.scheme == "https" else http.client.HTTPConnection
        connection = kind(store.hostname or "", store.port, timeout=TIMEOUT)
        try:
            for url in urls:
                self._purge(connection, url)
        except (OSError, http.client.HTTPException) as error:
            raise PurgeFailed(f"{self.address} does not answer: {error}") from error
        finally:
            connection.close()

    def _purge(self, connection: http.client.HTTPConnection, url: str) -> None:
        address = urlsplit(url)
        connection.request("PURGE", address.path, headers={"Host": address.netloc})
        answer = connection.getresponse()
        answer.read()
        # 404 is as good: the store did not have the page.
        if answer.status not in (200, 204, 404):
            raise PurgeFailed(f"{connection.host}:{connection.port} answered {answer.status} for {url}")


class CdnPurger:
    """Sends a POST for up to thirty addresses, with a bearer token: {"files": ["https://…", …]}."""

    def __init__(self, address: str, token: str, *, pictures_host: str = "") -> None:
        self.address = address
        self.token = token
        self.pictures_host = pictures_host

    def purge(self, urls: Sequence[str]) -> None:
        for start in range(0, len(urls), BATCH):
            self._post({"files": list(urls[start : start + BATCH])})

    def _post(self, names: dict[str, list[str]]) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(  # noqa: S310 - the operator's own setting, checked to be http(s)
            self.address, json.dumps(names).encode(), headers, method="POST"
        )
        try:
            # A redirect is not followed: it would make a GET of it, and take the token elsewhere.
            with OPENER.open(request, timeout=TIMEOUT) as answer:
                answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise PurgeFailed(f"{urlsplit(self.address).netloc} refused: {error}") from error


def purgers(*hosts: PurgeSettings) -> list[Purger]:
    """The stores that the settings name."""
    return [store for settings in hosts for store in purgers_of(settings)]


def purgers_of(settings: PurgeSettings) -> list[Purger]:
    for store in filter(None, (*settings.addresses, settings.api)):
        if urlsplit(store).scheme not in ("http", "https"):
            raise ImproperlyConfigured(
                f"{store!r} is no store's address; write one like http://127.0.0.1:6081."
            )
    host = settings.pictures_host
    found: list[Purger] = [
        HttpPurger(address, pictures_host=host) for address in dict.fromkeys(settings.addresses)
    ]
    if settings.api:
        found.append(CdnPurger(settings.api, settings.token, pictures_host=host))
    return found


def absolute(path: str, host: str = "") -> str:
    return (host or paper().url) + quote(path)


class Purging:
    """Sends the queue of one store, for as long as the press runs. A store that is down holds up no other."""

    def __init__(self, queue: Notes, purger: Purger, stop: threading.Event) -> None:
        self.queue = queue
        self.purger = purger
        self.stop = stop
        self._pause = 0.0

    def run(self) -> None:
        while not self.stop.is_set():
            self.stop.wait(self._pause or IDLE)
            try:
                self.work_off()
                self._pause = 0.0
            except (PurgeFailed, OSError) as error:
                if not self._pause:
                    logger.error("Purging waits: %s", error)
                self._pause = min(LONGEST_PAUSE, (self._pause or 0.5) * 2)

    def work_off(self) -> None:
        """Purge everything that waits. PurgeFailed leaves what the store has not taken in the queue."""
        while notes := self.queue.oldest(BATCH):
            self.purger.purge([absolute(path, self.purger.pictures_host) for _, path in notes])
            for name, _ in notes:
                self.queue.delete(name)


class Purges:
    """The stores in front of one shelf. Each has its own queue, named after the store's address."""

    def __init__(self, shelf: Shelf, stores: Sequence[Purger]) -> None:
        self.shelf = shelf
        self.stores = [(shelf.notes(queue_of(store)), store) for store in stores]
        # The last note for each store; an earlier press may have left some.
        self._last = [newest(queue) for queue, _ in self.stores]

    def note(self, paths: Sequence[str]) -> None:
        """Note for the stores of the site that these pages have changed."""
        self._note(paths, lambda store: not store.pictures_host)

    def note_pictures(self, paths: Sequence[str]) -> None:
        """Note for all stores that these pictures have gone: the site hands out all of them itself, too."""
        self._note(paths, lambda _: True)

    def _note(self, paths: Sequence[str], is_told: Callable[[Purger], bool]) -> None:
        for number, (queue, store) in enumerate(self.stores):
            for path in paths if is_told(store) else ():
                self._last[number] = queue.add(path)

    def mark(self) -> list[str]:
        """What is noted by now, to ask later with is_past() whether all stores have taken it."""
        return list(self._last)

    def is_past(self, mark: list[str]) -> bool:
        firsts = [next(iter(queue.oldest(1)), ("", ""))[0] for queue, _ in self.stores]
        return all(not first or first > last for first, last in zip(firsts, mark, strict=True))

    def open(self, stop: threading.Event) -> None:
        try:
            self.tidy_up()
        except OSError as error:
            # Notes that could not be read or moved stay where they are.
            logger.error("Purges of earlier settings wait for the next start: %s", error)
        for queue, store in self.stores:
            keep_running(Purging(queue, store, stop).run, stop, name="purging")

    def work_off(self) -> None:
        """Tell every store what waits for it. PurgeFailed names those that failed, after all were tried."""
        self.tidy_up()
        failures = []
        for queue, store in self.stores:
            try:
                Purging(queue, store, threading.Event()).work_off()
            except PurgeFailed as error:
                failures.append(str(error))
        if failures:
            raise PurgeFailed("; ".join(failures))

    def tidy_up(self) -> None:
        """Move the notes of the previous release, which had one queue for each kind of store, into the queues
        of today. Delete the queues of stores that the settings no longer name."""
        for kind in (HttpPurger, CdnPurger):
            queues = [
                queue for queue, store in self.stores if isinstance(store, kind) and not store.pictures_host
            ]
            hand_over(self.shelf.notes(f"{QUEUES}/{kind.__name__}"), queues)
        for name in self.shelf.notes_below(QUEUES) - {queue_of(store) for _, store in self.stores}:
            self.shelf.notes(name).clear()


class Followed:
    """Until when all changes are printed and the stores have taken what that has changed."""

    def __init__(self, purges: Purges) -> None:
        self.purges = purges
        self.until: datetime.datetime | None = None
        self._next: tuple[datetime.datetime, list[str]] | None = None

    def at(self, printed_until: datetime.datetime) -> datetime.datetime | None:
        """`printed_until`: all that was due by then is printed."""
        if self._next is None:
            self._next = printed_until, self.purges.mark()
        until, mark = self._next
        if self.purges.is_past(mark):
            self.until, self._next = until, None
        return self.until


def newest(queue: Notes) -> str:
    """The name of the last note that an earlier press has left; empty if there is none."""
    left = queue.oldest(MOST_LEFT)
    return left[-1][0] if left else ""


def hand_over(queue: Notes, others: Sequence[Notes]) -> None:
    """Copy all notes of the queue to each of the others, and delete them from the queue."""
    while notes := queue.oldest(AT_ONCE):
        for other in others:
            for _, path in notes:
                other.add(path)
        for name, _ in notes:
            queue.delete(name)


def queue_of(store: Purger) -> str:
    """The name of the store's notes. It is a digest, because an address may be long and may hold characters
    that no name can have."""
    name = " ".join(filter(None, [store.address, store.pictures_host]))
    return f"{QUEUES}/{hashlib.sha256(name.encode()).hexdigest()[:16]}"
