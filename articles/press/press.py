"""The loop: what the outbox says is printed, at once or at its second."""

import datetime
import logging
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from articles.conf import press_settings
from articles.outbox.consumers import Followers
from articles.outbox.cursor import AnotherOutbox, prune
from articles.press.background.worker import BackgroundWorker
from articles.press.everything.processes import Printers
from articles.press.everything.walk import Walk
from articles.press.outbox.intake import Intake, Round, is_readable
from articles.press.plan.affected import Change
from articles.press.plan.orders import order
from articles.press.plan.periods import following
from articles.press.plan.queue import PrintQueue, Rank
from articles.press.purge.stores import Purges, purgers
from articles.press.render.failures import forget_failures, note_failure, to_try_again
from articles.press.render.printer import (
    CHANGED,
    DatabaseAway,
    Outcome,
    PrintedByAnother,
    Printer,
    PrintFailed,
)
from articles.press.shelf.files import the_shelf
from articles.press.shelf.port import Shelf, ShelfFull, WakeUp
from articles.press.shelf.release import current_release, is_of_this_release, note_release
from articles.publishing.article.go_live import publish_due
from articles.publishing.tasks.work import work_slice

from .status import Status, forget_lost_shelves

logger = logging.getLogger("articles.press")

LOOK_EVERY = 0.05  # seconds between two looks at the outbox
TRY_AGAIN_EVERY = 1.0  # seconds between two looks for pages that failed
PRUNE_EVERY = 3600.0  # seconds
LONGEST_REST = 0.5  # seconds after a page that nobody asked for
LONGEST_PAUSE = 5.0  # seconds, while the database is away or the disk full

# Any error of the database: one that still lacks its tables says so by another than one that is away.
TROUBLE = (DatabaseAway, DatabaseError, InterfaceError, AnotherOutbox, ShelfFull, OSError)


class Stopped(Exception):
    """The press was told to stop in the middle; what it had not finished comes up again."""


def the_press() -> "Press":
    shelf = the_shelf()
    return Press(shelf, Purges(shelf, purgers(press_settings().purge)))


class Press:
    """One press for one shelf; leading.lead sees to it that there is no second one."""

    def __init__(self, shelf: Shelf, purges: Purges | None = None) -> None:
        self.shelf = shelf
        self.printer = Printer(shelf)
        self.purges = purges or Purges(shelf, [])
        self.name = f"{socket.gethostname()}:{shelf.name}"
        self.intake = Intake(shelf)
        self.queue = PrintQueue()
        self._postponed: set[str] = set()
        self.walk = Walk(shelf, years=press_settings().walk_years)
        self.printers: Printers | None = None
        self.background = BackgroundWorker(shelf)
        self.consumers = Followers()
        self.status = Status(self.name)
        self.stop = threading.Event()
        self._gives_way = False
        self._is_taken_up = False
        # Stores in front may not have been told of what was printed before a fault: it comes out the same.
        self._tells_all = True
        self._try_again = Round(TRY_AGAIN_EVERY)
        self._prune = Round(PRUNE_EVERY)
        self._may_have_tasks = True
        self._pause = 0.0

    def run(self, stop: threading.Event, leading: object = True) -> None:
        """Until stopped. Survives the database and the disk: waits, says so once, and goes on."""
        self.stop = stop
        self._gives_way = True
        self.intake.printed = None
        self._start_over()
        done, ear = threading.Event(), self.shelf.listen()
        self.background.open(done)
        self.purges.open(done)
        self.consumers.open(done)
        try:
            self._follow(stop, leading, ear)
        finally:
            # Also after an error that nobody foresaw: the next press opens its own.
            done.set()
            ear.close()

    def _follow(self, stop: threading.Event, leading: object, ear: WakeUp) -> None:
        while not stop.is_set() and leading:
            try:
                busy = self.turn()
                self.status.all_is_well()
                self._pause = 0.0
            except Stopped:
                break
            except TROUBLE as error:
                self._complain(error)
                busy = False
            close_old_connections()
            if self._pause:
                stop.wait(self._pause)
            elif not busy:
                ear.wait(self._until_next())

    def turn(self) -> bool:
        """A look at the outbox, and printing until the next is due; True if there is more to do at once."""
        try:
            self._take_in()
            self._print_until(time.monotonic() + LOOK_EVERY)
            self._keep_books()
            if not self.queue.is_empty:
                return True
            self.intake.finish()
            if self.intake.has_more:
                return True
            # What comes of a task is in the outbox then.
            self._may_have_tasks = self._may_have_tasks and work_slice()
            busy = self._may_have_tasks or self._walk_slice()
            self._tells_all = False
            return busy
        except TROUBLE:
            self._start_over()
            raise

    def print_all(
        self, addresses: Iterable[str], *, recompressed: bool = True, postpones: bool = False
    ) -> None:
        """Print each; a failing one is noted for later, and one that somebody else has in hand postponed."""
        good = []
        for uri in addresses:
            if self.stop.is_set():
                raise Stopped
            if self._print(uri, recompressed=recompressed, postpones=postpones):
                good.append(uri)
        if good:
            forget_failures(self.name, good)

    def _print(self, uri: str, *, recompressed: bool, postpones: bool) -> bool:
        waits = not postpones or uri in self._postponed
        self._postponed.discard(uri)
        try:
            made = self.printer.print(uri, patience=None if waits else 0.0)
        except PrintedByAnother:
            self._postponed.add(uri)
            self.queue.postpone(uri)
            return False
        except PrintFailed as error:
            logger.error("%s could not be printed: %s", uri, error)
            note_failure(self.name, uri, str(error))
            return False
        if made.outcome in CHANGED or (self._tells_all and made.outcome is Outcome.SAME):
            # At once: a store in front must not wait for the rest.
            self.purges.note([made.path])
        if made.outcome is Outcome.PRINTED and recompressed:
            self.background.recompress(made.path)
        self.queue.add(Rank.REST, following(self.shelf, made.path, made.facts))
        return True

    def _print_until(self, moment: float) -> None:
        """From the queue, one page at least if there is any."""

        def in_time() -> Iterator[str]:
            while (uri := self.queue.next()) is not None:
                self.background.wait_for_the_press()
                yield uri
                if time.monotonic() >= moment:
                    return

        self.print_all(in_time(), postpones=True)

    def _take_in(self) -> None:
        now = timezone.now()
        if not self._is_taken_up:
            self._take_up()
            self._is_taken_up = True
        before = timezone.localdate(self.intake.seen.clock)
        changes, again = self._new_changes(now), self._try_again.is_due()
        # Also what was missed, while no press ran or somebody held its row; what it writes is printed now.
        if (again or any(change["kind"] == "scheduled" for change in changes)) and publish_due():
            changes += self._new_changes(timezone.now())
        # Each task is left together with a change; one that failed comes up again by its time.
        self._may_have_tasks |= again or bool(changes)
        self.queue.begin_batch()
        if changes:
            self.consumers.wake()
            self.background.want(change["id"] for change in changes if change["kind"] == "renditions")
            if order(self.queue, self.shelf, changes).everything:
                self.walk.begin()
        # The front carries the date.
        if before != timezone.localdate(now):
            self.queue.add(Rank.LIST, ["/"])
        if again:
            self.queue.add(Rank.REST, to_try_again(self.name, now))

    def _new_changes(self, now: datetime.datetime) -> list[Change]:
        try:
            entries = self.intake.look(now)
        except AnotherOutbox:
            self._take_up()
            entries = self.intake.look(now)
        return [entry.change for entry in entries if is_readable(entry)]

    def _take_up(self) -> None:
        """A shelf that can't catch up, or was printed otherwise than now, is printed anew."""
        self.shelf.make()
        self.shelf.sweep()
        if not self.intake.begin(timezone.now()):
            self.walk.begin()
            # Only now: killed before, the press has to notice it again.
            self.intake.forget_what_was()
        # Code, templates, styles or settings may be others than before.
        if not is_of_this_release(self.shelf):
            if next(self.shelf.walk(), None) is not None:
                self.walk.begin()
            note_release(self.shelf, current_release())

    def _walk_slice(self) -> bool:
        """Some of what a walk over everything has still to do; True while there is more to do at once."""
        if not self.walk.is_under_way:
            return False
        if self.printers:
            self._walk_in_processes(self.printers)
            return False
        started, done = time.monotonic(), []

        def in_time() -> Iterator[str]:
            for step in self.walk.slice():
                if step.address is not None:
                    yield step.address
                done.append(step)
                if time.monotonic() - started >= LOOK_EVERY:
                    return

        self.print_all(in_time(), recompressed=False)
        self.walk.done(done[-1])
        if self._gives_way and self.walk.progress().fills:
            # Nobody asked for these: readers' requests and the database have the other half of the time.
            self.stop.wait(min(time.monotonic() - started, LONGEST_REST))
        return True

    def _walk_in_processes(self, printers: Printers) -> None:
        printers.hand_out(self.walk.steps())
        for tally, step in printers.finished():
            for address, error in tally.failed:
                logger.error("%s could not be printed: %s", address, error)
                note_failure(self.name, address, error)
            self.walk.done(step)

    def _keep_books(self) -> None:
        now = timezone.now()
        self.status.say(self.intake.printed, self.walk.in_words())
        if self._prune.is_due():
            prune(self.intake.printed, now)
            self.shelf.sweep()
            forget_lost_shelves(now)

    def _start_over(self) -> None:
        """What is not finished is taken in again, and the shelf taken up: the database may be another now."""
        self._is_taken_up = False
        self._tells_all = True
        self.intake.start_over()
        self.queue.clear()
        self._postponed.clear()
        self.walk.start_over()

    def _until_next(self) -> float:
        """Seconds to wait: until the next look, or less if something is due before."""
        seconds = self.intake.seconds_to_next(timezone.now())
        return LOOK_EVERY if seconds is None else min(LOOK_EVERY, seconds)

    def _complain(self, error: Exception) -> None:
        line = self.status.note(error)
        if not self._pause:
            logger.error("The press waits: %s", line)
        self._pause = min(LONGEST_PAUSE, (self._pause or 0.1) * 2)
        # A full disk is said at once, and not when it is over; the database may be what is away.
        with suppress(DatabaseError, InterfaceError):
            if self.intake.printed:
                self.status.say(self.intake.printed)
