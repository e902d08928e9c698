"""Printing everything, and comparing everything with what is printed: over all cores, memory flat."""

import itertools
import logging
import multiprocessing
import os
import time
from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from django.db import close_old_connections, connections

from articles.conf import press_settings
from articles.outbox.cursor import Position
from articles.press.background.pictures import missing_pictures
from articles.press.background.recompress import recompress
from articles.press.outbox.intake import Intake
from articles.press.plan.periods import unprinted
from articles.press.purge.stores import Purges, purgers
from articles.press.render.printer import (
    AWAY,
    CHANGED,
    ON_SHELF,
    DatabaseAway,
    Printer,
    PrintFailed,
    facts_of,
    printable,
)
from articles.press.shelf.addresses import has_place
from articles.press.shelf.files import the_shelf
from articles.press.shelf.port import Shelf
from articles.press.shelf.release import current_release, note_release

from .addresses import every_address, is_article
from .filling import Filling

logger = logging.getLogger("articles.press")

CHUNK = 40  # addresses handed to a process at a time
PATIENCE = 60.0  # seconds in which a database that is begun anew is back
LONGEST_PAUSE = 8.0  # seconds
# Whether this process has waited in vain: what it has still to do is tried, and not waited for again.
gave_up = False
Answer = TypeVar("Answer")


@dataclass
class Tally:
    """What came of printing a number of addresses."""

    pages: int = 0
    articles: int = 0
    changed: int = 0
    failed: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)  # what nobody had named, and others led to

    def add(self, other: "Tally") -> None:
        self.pages += other.pages
        self.articles += other.articles
        self.changed += other.changed
        self.failed += other.failed


class Edition:
    """The whole site printed at once, from what was written until it was begun."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.tally = Tally()
        self._marks = Marks()
        self._position = Position.start()
        self._release = current_release()

    def addresses(self) -> Iterator[str]:
        """Every page of the site, and then what else stands on the shelf: days and their parts, redirects of
        archives, and what the site has no more, to be taken away."""
        yield from self._marks.noting(every_address(ask=lambda rows: patiently(list, rows)))
        yield from (quote(path) for path in self.shelf.walk() if path not in self._marks)

    def add(self, part: Tally) -> None:
        """That much more is printed."""
        self.tally.add(part)
        self._marks.add(part.followed)

    def complete(self) -> None:
        """A press that comes to a new shelf after it goes on from there, and prints nothing twice.

        One that has been there before knows better: pages may have been printed meanwhile by the code and the
        settings that it was begun with.
        """
        note = Intake(self.shelf).note
        if note.read() is None:
            self._position.write(note)
            note_release(self.shelf, self._release)
        Filling(self.shelf).note.delete()


class Marks:
    """Addresses that have been, kept in eight bytes each: there may be millions."""

    def __init__(self) -> None:
        self._marks = array("Q")
        self._few: set[int] = set()

    def noting(self, addresses: Iterable[str]) -> Iterator[str]:
        """Hands them on; when it has ended, these can be asked for."""
        for address in addresses:
            self._marks.append(mark(unquote(address)))
            yield address
        self._marks = array("Q", sorted(self._marks))

    def add(self, paths: Iterable[str]) -> None:
        """A few more, at any time."""
        self._few.update(map(mark, paths))

    def __contains__(self, path: str) -> bool:
        if mark(path) in self._few:
            return True
        place = bisect_left(self._marks, mark(path))
        return place < len(self._marks) and self._marks[place] == mark(path)


def mark(path: str) -> int:
    return hash(path) % 2**64


def patiently(act: Callable[..., Answer], *arguments: Any) -> Answer:
    """Again while the database is away, for a minute; then DatabaseAway."""
    global gave_up
    pause, end = 0.5, time.monotonic() + (0.0 if gave_up else PATIENCE)
    while True:
        try:
            answer = act(*arguments)
        except (DatabaseAway, *AWAY) as error:
            if time.monotonic() >= end:
                gave_up = True
                raise DatabaseAway(str(error).strip()) from error
            logger.warning("The database does not answer (%s); again in %s s.", str(error).strip(), pause)
            close_old_connections()
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            gave_up = False
            return answer


def print_everything(addresses: Iterable[str], *, jobs: int, best: bool = False) -> Iterator[Tally]:
    """Print all of them; yields what each chunk came to, for a progress bar."""
    act = print_best if best else print_chunk
    if jobs == 1:
        yield from map(act, chunks(addresses))
        return
    # Forked before anything is asked of the database: processes must not share its connection.
    leave_database()
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork"), initializer=begin) as pool:
        pool.submit(os.getpid).result()
        waiting: deque[Future] = deque()
        try:
            for chunk in chunks(addresses):
                waiting.append(pool.submit(act, chunk))
                # A million addresses are not queued up in memory.
                if len(waiting) >= jobs * 4:
                    yield waiting.popleft().result()
            yield from (future.result() for future in waiting)
        finally:
            # After an error those that wait would each meet the same one, one after the other.
            pool.shutdown(cancel_futures=True)


def leave_database() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


def begin() -> None:
    os.nice(5)  # readers' requests come first


def chunks(addresses: Iterable[str]) -> Iterator[list[str]]:
    addresses = iter(addresses)
    while chunk := list(itertools.islice(addresses, CHUNK)):
        yield chunk


def print_chunk(addresses: list[str]) -> Tally:
    """With the days and parts that a page leads to and that nobody has asked for yet."""
    return print_these(deque(addresses))


def print_best(addresses: list[str]) -> Tally:
    def recompressed(path: str) -> None:
        recompress(the_shelf(), path)

    return print_these(deque(addresses), then=recompressed)


def print_these(todo: deque[str], *, then: Callable[[str], None] = lambda path: None) -> Tally:
    printer, purges, tally = *printer_of_this_process(), Tally()
    while todo:
        address = todo.popleft()
        try:
            made = patiently(printer.print, address)
        except PrintFailed as error:
            tally.failed.append(f"{address}: {error}")
            continue
        tally.pages += made.outcome in ON_SHELF
        tally.articles += is_article(address)
        if made.outcome in CHANGED:
            tally.changed += 1
            purges.note([made.path])
        then(made.path)
        found = list(unprinted(printer.shelf, made.facts))
        tally.followed += map(unquote, found)
        todo.extend(found)
    return tally


@lru_cache(maxsize=1)
def printer_of_this_process() -> tuple[Printer, Purges]:
    shelf = the_shelf()
    return Printer(shelf), Purges(shelf, purgers(press_settings().purge))


def differences(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each address whose printed page is not what its view says now, with the reason."""
    printer = Printer(the_shelf())
    for uri in paths:
        path = unquote(uri)
        if not has_place(path):
            continue
        standing, response = printer.shelf.read(path), printer.render(path)
        wanted = printable(response)
        if standing is None:
            # Printed when somebody asks: only what stands on the shelf can be wrong.
            continue
        if wanted is None:
            yield path, "is printed, but the view has no such page"
        elif standing.status != wanted.status:
            yield path, f"is printed as {standing.status}, the view says {wanted.status}"
        elif standing.body != wanted.body:
            yield path, "is printed with another text than the view's"
        elif standing.leads_to != wanted.leads_to:
            yield path, f"leads to {standing.leads_to or 'nowhere'}, the view to {wanted.leads_to}"
        elif missing := missing_pictures(facts_of(response).pictures):
            yield path, f"names {len(missing)} pictures that are not there"
