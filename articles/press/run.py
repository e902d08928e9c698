"""The loop: what the outbox says is printed, at once or at its second."""

import datetime
import itertools
import logging
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from articles.conf import press_settings

from .affected import Affected, all_affected
from .back_room import BackRoom
from .failures import forget_failures, note_failure, to_try_again
from .imprint import imprint
from .position import Position, can_follow, due_entries, next_due, prune
from .printer import CHANGED, DatabaseAway, Outcome, Printer, PrintFailed
from .purge import Purges, purgers
from .reprint import WholeReprint
from .shelf import Shelf, ShelfFull
from .standing import as_it_stands, beside
from .status import Status, forget_lost_shelves

logger = logging.getLogger("articles.press")

LOOK_EVERY = 0.05  # seconds between two looks at the outbox
LOOK_BACK_EVERY = 10.0  # seconds after which also what should have been told already is looked for
TRY_AGAIN_EVERY = 1.0  # seconds between two looks for pages that failed
PRUNE_EVERY = 3600.0  # seconds
WRITE_EVERY = datetime.timedelta(seconds=5)  # of a position that has not moved but in time
LONGEST_PAUSE = 5.0  # seconds, while the database is away or the disk full

# Any error of the database: one that still lacks its tables says so by another than one that is away.
TROUBLE = (DatabaseAway, DatabaseError, InterfaceError, ShelfFull, OSError)


class Stopped(Exception):
    """The press was told to stop in the middle; what it had not finished comes up again."""


def the_shelf() -> Shelf:
    shelf = Shelf(press_settings().shelf)
    shelf.root.mkdir(parents=True, exist_ok=True)
    return shelf


def the_press() -> "Press":
    shelf = the_shelf()
    return Press(shelf, Purges(shelf, purgers(press_settings().purge)))


class Press:
    """One press for one shelf; leading.lead sees to it that there is no second one."""

    def __init__(self, shelf: Shelf, purges: Purges | None = None) -> None:
        self.shelf = shelf
        self.printer = Printer(shelf)
        self.purges = purges or Purges(shelf, [])
        self.name = f"{socket.gethostname()}:{shelf.root}"
        self.reprint = WholeReprint(shelf)
        self.back_room = BackRoom(shelf)
        self.status = Status(self.name)
        self.stop = threading.Event()
        self._position: Position | None = None
        self._written: datetime.datetime | None = None
        self._next_due: datetime.datetime | None = None
        self._look_back = Round(LOOK_BACK_EVERY)
        self._try_again = Round(TRY_AGAIN_EVERY)
        self._prune = Round(PRUNE_EVERY)
        self._pause = 0.0

    def run(self, stop: threading.Event, leading: object = True) -> None:
        """Until stopped. Survives the database and the disk: waits, says so once, and goes on."""
        self.stop = stop
        self._position = None
        done = threading.Event()
        self.back_room.open(done)
        self.purges.open(done)
        try:
            self._follow(stop, leading)
        finally:
            # Also after an error that nobody foresaw: the next press opens its own.
            done.set()

    def _follow(self, stop: threading.Event, leading: object) -> None:
        while not stop.is_set() and leading:
            try:
                busy = self.turn()
                self._pause = 0.0
            except Stopped:
                break
            except TROUBLE as error:
                self._complain(error)
                busy = False
            close_old_connections()
            if not busy:
                stop.wait(self._pause or self._until_next())

    def turn(self) -> bool:
        """One look at the outbox and all that follows of it; True if there is more to do at once."""
        now = timezone.now()
        position = self._position or self._take_up(now)
        look_back = self._look_back.is_due() or (self._next_due is not None and now >= self._next_due)
        due, after = due_entries(position, now, look_back=look_back)
        self.print_all(self._wanted(due, position, now))
        self._move_to(after)
        if look_back or after.last != position.last:
            self._next_due = next_due(now)
        self.status.say(after)
        if self._prune.is_due():
            prune(now)
            forget_lost_shelves(now)
        return self._reprint_slice() or bool(due)

    def print_all(self, addresses: Iterable[str], *, polished: bool = True) -> list[str]:
        """Print each once; answers the paths whose page is another now. A failing one is noted for later."""
        changed, good, done, more = [], [], set(), []
        for uri in itertools.chain(addresses, popped(more)):
            if uri in done:
                continue
            done.add(uri)
            if self.stop.is_set():
                raise Stopped
            try:
                made = self.printer.print(uri)
            except PrintFailed as error:
                logger.error("%s could not be printed: %s", uri, error)
                note_failure(self.name, uri, str(error))
                continue
            good.append(uri)
            if made.outcome in CHANGED:
                changed.append(made.path)
                # At once: a store in front must not wait for the rest.
                self.purges.note([made.path])
            if made.outcome is Outcome.PRINTED and polished:
                self.back_room.polish(made.path)
            if made.came_or_went:
                more.extend(self.shelf.next_to(made.path))
        if good:
            forget_failures(self.name, good)
        return changed

    def _take_up(self, now: datetime.datetime) -> Position:
        """Where this shelf left off. One that can't catch up, or was printed otherwise, is printed anew."""
        self.shelf.root.mkdir(parents=True, exist_ok=True)
        self.shelf.sweep()
        position = Position.read(self.shelf.root / "position.json")
        if position is None or not can_follow(position, now):
            position = Position.start()
            self._begin_reprint_if_any()
        self._new_imprint()
        return position

    def _move_to(self, position: Position) -> None:
        before, self._position = self._position, position
        moved = before is None or (before.last, before.missing) != (position.last, position.missing)
        if moved or self._written is None or abs(position.clock - self._written) > WRITE_EVERY:
            self.shelf.root.mkdir(parents=True, exist_ok=True)
            position.write(self.shelf.root / "position.json")
            self._written = position.clock

    def _wanted(self, due: list, position: Position, now: datetime.datetime) -> Iterator[str]:
        """The addresses to print, those that readers wait for first."""
        changes = as_it_stands(entry.change for entry in due)
        wanted = all_affected(changes)
        if wanted.everything:
            self.reprint.begin()
        self.back_room.want(change["id"] for change in changes if change["kind"] == "renditions")
        yield from wanted.addresses
        # The front carries the date.
        if timezone.localdate(position.clock) != timezone.localdate(now):
            yield "/"
        yield from beside(wanted.places)
        yield from self._on_the_shelf(wanted)
        if self._try_again.is_due():
            yield from to_try_again(self.name, now)

    def _on_the_shelf(self, wanted: Affected) -> Iterator[str]:
        for old, new in wanted.moved:
            yield from [new + path.removeprefix(old) for path in self.shelf.paths(old)]
        for address in (*(old for old, _ in wanted.moved), *wanted.below):
            yield from list(self.shelf.paths(address))

    def _reprint_slice(self) -> bool:
        """Some of the pages that a whole reprint has still to come to; True while there are more."""
        if not self.reprint.is_under_way:
            return False
        slice_ = self.reprint.next_slice()
        self.print_all(slice_, polished=False)
        self.reprint.done(slice_)
        return bool(slice_)

    def _begin_reprint_if_any(self) -> None:
        if next(self.shelf.paths(), None) is not None:
            self.reprint.begin()

    def _new_imprint(self) -> None:
        """Print everything anew if code, templates, styles or settings are others than before."""
        file, now = self.shelf.root / "imprint", imprint()
        if file.exists() and file.read_text() == now:
            return
        self._begin_reprint_if_any()
        file.write_text(now)

    def _until_next(self) -> float:
        """Seconds to wait: until the next look, or less if something is due before."""
        if self._next_due is None:
            return LOOK_EVERY
        return min(LOOK_EVERY, max(0.0, (self._next_due - timezone.now()).total_seconds()))

    def _complain(self, error: Exception) -> None:
        line = self.status.note(error)
        if not self._pause:
            logger.error("The press waits: %s", line)
        self._pause = min(LONGEST_PAUSE, (self._pause or 0.1) * 2)
        # A full disk is said at once, and not when it is over; the database may be what is away.
        with suppress(DatabaseError, InterfaceError):
            if self._position:
                self.status.say(self._position)


class Round:
    """Something to be done now and then."""

    def __init__(self, every: float) -> None:
        self.every = every
        self._last = -every

    def is_due(self) -> bool:
        if time.monotonic() - self._last < self.every:
            return False
        self._last = time.monotonic()
        return True


def popped(more: list[str]) -> Iterator[str]:
    """What the list holds, and what is added to it meanwhile."""
    while more:
        yield more.pop(0)
