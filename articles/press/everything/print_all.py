"""Prints everything because an operator has asked for it. If this is killed, the next run goes on from
there."""

import itertools
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from django.db import close_old_connections

from articles.conf import press_settings
from articles.outbox.cursor import Position
from articles.press.background.recompress import recompress
from articles.press.changes.intake import Intake
from articles.press.plan.periods import unprinted
from articles.press.plan.sections import ShownSections
from articles.press.purge.stores import Purges, purgers
from articles.press.render.printer import AWAY, CHANGED, ON_SHELF, DatabaseAway, Printer, PrintFailed
from articles.press.shelf.files import the_shelf
from articles.press.shelf.interface import Shelf
from articles.press.shelf.release import current_release, note_release

from .walk import Progress, Step, Walk

logger = logging.getLogger("articles.press")

CHUNK = 40  # addresses handed to a process at a time
PATIENCE = 60.0  # seconds in which a database that is restarted is back
LONGEST_PAUSE = 8.0  # seconds
# Whether this process has waited for the database in vain. Then it tries the rest without waiting again.
gave_up = False
Answer = TypeVar("Answer")


@dataclass
class Tally:
    """The result of printing a number of addresses. failed: addresses whose page could not be made, each with
    the reason."""

    pages: int = 0
    changed: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.pages += other.pages
        self.changed += other.changed
        self.failed += other.failed


# Prints the addresses, here or in other processes. Yields for each chunk, in order, its result and its last
# step.
PrintChunks = Callable[[Iterator[Step]], Iterator[tuple[Tally, Step]]]


class WholeSite:
    """Prints the whole site with all changes that were written before this began. DatabaseAway if the
    database does not answer."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.tally = Tally()
        self.walk = Walk(
            shelf, name="press-all.json", fills_disk=True, ask=lambda rows: patiently(list, rows)
        )
        self._begun = shelf.note("press-all-begun")
        self._release, self._position = self._go_on() or self._begin()

    def print(self, print_chunks: PrintChunks) -> Iterator[Progress]:
        """Print all. Yields how far it has come, for a progress bar."""
        for part, step in print_chunks(self.walk.steps()):
            self.tally.add(part)
            self.walk.done(step)
            if step.progress is not None:
                yield step.progress

    def complete(self, *, best: bool) -> None:
        """If no press has followed the outbox for this shelf yet, write the position and the release at which
        this began. The press then goes on from there and prints nothing twice.

        If a press has been here before, its own notes stay. It may have printed pages meanwhile with the code
        and the settings with which it was started.
        """
        note = Intake(self.shelf).note
        if note.read() is None:
            self._position.write(note)
            note_release(self.shelf, self._release)
        walk_of_press = Walk(self.shelf)
        if walk_of_press.progress().fills:
            walk_of_press.end()
        if best:
            self.walk.recompressing.end()
        self._begun.delete()

    def _go_on(self) -> tuple[str, Position] | None:
        """The release and position at which a killed run had begun; None if there was none, or if it printed
        with another release than this one."""
        release, _, position = (self._begun.read() or "").partition("\n")
        if self.walk.is_under_way and release == current_release():
            return release, Position.from_text(position)
        return None

    def _begin(self) -> tuple[str, Position]:
        begun = current_release(), Position.start()
        if Intake(self.shelf).note.read() is None:
            # Sections that come or go while this prints are noticed by the press that goes on from here.
            ShownSections(self.shelf).keep()
        self._begun.write(f"{begun[0]}\n{begun[1].to_text()}")
        self.walk.end()
        self.walk.begin()
        return begun


def patiently(act: Callable[..., Answer], *arguments: Any) -> Answer:
    """Call `act`. While the database is away, call it again, for a minute at most; then DatabaseAway."""
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


def print_here(steps: Iterator[Step], *, best: bool = False) -> Iterator[tuple[Tally, Step]]:
    """Print in this process."""
    for addresses, last in chunks(steps):
        yield print_chunk(addresses, best=best), last


def chunks(steps: Iterator[Step]) -> Iterator[tuple[list[str], Step]]:
    """Yields the addresses of CHUNK steps at a time, each time with the last of these steps."""
    while chunk := list(itertools.islice(steps, CHUNK)):
        yield [step.address for step in chunk if step.address is not None], chunk[-1]


def print_chunk(addresses: list[str], *, best: bool = False) -> Tally:
    """Print these addresses, and the days and parts of days that they lead to and that are not printed
    yet."""
    (printer, purges), tally, todo = printer_of_this_process(), Tally(), deque(addresses)
    while todo:
        address = todo.popleft()
        try:
            made = patiently(printer.print, address)
        except PrintFailed as error:
            tally.failed.append((address, str(error)))
            continue
        tally.pages += made.outcome in ON_SHELF
        if made.outcome in CHANGED:
            tally.changed += 1
            purges.note([made.path])
        if best:
            recompress(printer.shelf, made.path)
        todo.extend(unprinted(printer.shelf, made.facts))
    return tally


@lru_cache(maxsize=1)
def printer_of_this_process() -> tuple[Printer, Purges]:
    shelf = the_shelf()
    return Printer(shelf), Purges(shelf, purgers(*press_settings().purge))
