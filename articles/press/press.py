"""The loop: prints the pages that outbox entries change, as soon as each entry is due."""

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
from articles.feeds.entries import KeptEntries
from articles.models.addresses.paths import NEWS_SITEMAP, SITE_FILES
from articles.notifications.sending import Mail
from articles.outbox.consumers import Followers
from articles.outbox.cursor import AnotherOutbox, prune
from articles.press.changes.intake import Intake, Round, is_readable
from articles.press.everything.walk import Walk
from articles.press.plan.affected import Change
from articles.press.plan.printing_order import everything_under_way, on_the_shelf, order
from articles.press.plan.queue import Rank
from articles.press.plan.sections import ShownSections
from articles.press.plan.spacing import Spacing
from articles.press.purge.pictures_gone import addresses_gone, files_gone
from articles.press.purge.stores import Followed, Purges, purgers
from articles.press.reads.worker import Keeper
from articles.press.render.failures import to_try_again
from articles.press.render.printer import DatabaseAway
from articles.press.shelf.files import the_shelf
from articles.press.shelf.interface import Shelf, ShelfFull, WakeUp
from articles.press.shelf.release import current_release, is_of_this_release, note_release
from articles.press.telling.sending import Telling
from articles.press.telling.services import services
from articles.press.webhooks.sending import Webhooks
from articles.publishing.article.scheduling.go_live import publish_due
from articles.publishing.removed_files import delete_removed_files
from articles.publishing.renditions import forget_known
from articles.publishing.tasks.work import work_slice

from .printing import Printing, Stopped
from .status import Status, forget_lost_shelves
from .walking import Walking

logger = logging.getLogger("articles.press")

LOOK_EVERY = 0.05  # seconds between two looks at the outbox while pages are printed
CONSUMERS_WAIT = 0.4  # seconds for which consumers of the outbox wait for lists to be printed, at most
# … while there is nothing to do. Who writes on this host wakes the press, so this is for other hosts. Each
# look takes a millisecond of Python, for which the threads of a web server wait.
REST = 0.25
TRY_AGAIN_EVERY = 1.0  # seconds between two looks for pages that failed
PRUNE_EVERY = 3600.0  # seconds
NEWS_EVERY = 600.0  # seconds between two prints of the sitemap of the newest, from which stories drop by age
LONGEST_PAUSE = 5.0  # seconds, while the database is away or the disk full

# Any error of the database, because a database without tables raises other errors than one that is away.
TROUBLE = (DatabaseAway, DatabaseError, InterfaceError, AnotherOutbox, ShelfFull, OSError)


def the_press() -> "Press":
    shelf = the_shelf()
    return Press(shelf, Purges(shelf, purgers(*press_settings().purge)))


class Press:
    """One press for one shelf. run_when_leading() in leader.py prevents a second one."""

    def __init__(self, shelf: Shelf, purges: Purges | None = None) -> None:
        self.shelf = shelf
        self.name = f"{socket.gethostname()}:{shelf.name}"
        self.entries = KeptEntries()
        self.purges = purges or Purges(shelf, [])
        self.followed = Followed(self.purges)
        self.printing = Printing(shelf, self.purges, self.name)
        self.queue = self.printing.queue
        self.background = self.printing.background
        self.intake = Intake(shelf)
        self.sections = ShownSections(shelf)
        self.spacing = Spacing(shelf)
        self.walk = Walk(shelf, years=press_settings().walk_years)
        self.walking = Walking(self.walk, self.printing)
        self.consumers = Followers()
        # The moment of the first change that they have not been woken for.
        self._consumers_wait_since: float | None = None
        self.telling = Telling(services())
        self.webhooks = Webhooks()
        self.mail = Mail()
        self.reads = Keeper(shelf)
        self.status = Status(self.name)
        self._is_taken_up = False
        self._try_again = Round(TRY_AGAIN_EVERY)
        self._prune = Round(PRUNE_EVERY)
        self._news = Round(NEWS_EVERY, at_once=False)
        self._may_have_tasks = True
        self._pause = 0.0

    def run(self, stop: threading.Event, leading: object = True) -> None:
        """Runs until stopped. If the database or the disk fails, it logs that once, waits, and goes on."""
        self.printing.stop = stop
        self.printing.gives_way = True
        self.intake.printed = None
        self._start_over()
        done, ear = threading.Event(), self.shelf.listen()
        self.background.open(done)
        self.purges.open(done)
        self.consumers.open(done)
        self.telling.open(done)
        self.webhooks.open(done)
        self.mail.open(done)
        self.reads.open(done)
        try:
            self._follow(stop, leading, ear)
        finally:
            # Also after an unexpected error, because the next press starts its own threads and its own pipe.
            done.set()
            # Wake the consumers' threads, so that they end now and not at their next look at the outbox.
            self.consumers.wake()
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
        """Look at the outbox once, then print until the next look is due. True if there is more to do at
        once."""
        with self.entries.in_use():
            return self._turn()

    def _turn(self) -> bool:
        try:
            self._take_in()
            self.printing.print_queued(until=time.monotonic() + LOOK_EVERY)
            self._wake_consumers()
            self._keep_books()
            if not self.queue.is_empty:
                return True
            self.spacing.keep()
            self.intake.finish()
            if self.intake.has_more:
                return True
            # A slice of a task writes an outbox entry, so the next turn prints what it has changed.
            self._may_have_tasks = self._may_have_tasks and work_slice()
            busy = self._may_have_tasks or self.walking.print_slice()
            self.printing.tells_all = False
            return busy
        except TROUBLE:
            self._start_over()
            raise

    def _wake_consumers(self) -> None:
        """Only once the lists and months are printed, because their threads would take most of the processor
        from the press while readers wait for these; but soon enough for a search to find the news within a
        second."""
        if (since := self._consumers_wait_since) is None:
            return
        if self.queue.is_down_to_the_rest or time.monotonic() - since > CONSUMERS_WAIT:
            self._consumers_wait_since = None
            self.consumers.wake()

    def _take_in(self) -> None:
        now = timezone.now()
        if not self._is_taken_up:
            self._take_up()
            self._is_taken_up = True
            # Operators change them between two starts.
            self.queue.add(Rank.REST, [*on_the_shelf(self.shelf, SITE_FILES), *self.spacing.take_up()])
        before = timezone.localdate(self.intake.seen.clock)
        changes, again = self._new_changes(now), self._try_again.is_due()
        # Scheduled changes are published when their entry comes due. They are looked for now and then too,
        # because no press may have run at that time, or somebody may have locked the row. What this writes is
        # printed now.
        if (again or any(change["kind"] == "scheduled" for change in changes)) and publish_due():
            changes += self._new_changes(timezone.now())
        # A verb that leaves a task writes an outbox entry too, so new tasks come with changes. A task that
        # failed is due again at its own time.
        self._may_have_tasks |= again or bool(changes)
        self.queue.begin_batch()
        if changes:
            self.entries.forget()
            self._consumers_wait_since = self._consumers_wait_since or time.monotonic()
            self.background.want(change["id"] for change in changes if change["kind"] == "renditions")
            forget_known(files_gone(changes))
            self.purges.note_pictures(addresses_gone(changes))
            if order(self.queue, self.shelf, changes, self._those_due).everything:
                self._begin_walk()
            # Asked when the news is printed.
            self.queue.add(Rank.REST, self._everything_if_sections_changed(changes))
        self.queue.add(Rank.REST, self.spacing.put_off_until_now())
        # On a new day the front is printed, because it shows the date.
        if before != timezone.localdate(now):
            self.queue.add(Rank.LIST, ["/"])
            self.queue.add(Rank.REST, on_the_shelf(self.shelf, SITE_FILES))
        if self._news.is_due():
            self.queue.add(Rank.REST, [NEWS_SITEMAP])
        if again:
            self.queue.add(Rank.REST, to_try_again(self.name, now))

    def _those_due(self, addresses: Iterable[str]) -> Iterator[str]:
        return self.spacing.those_due(addresses, self.intake.printed.clock)

    def _new_changes(self, now: datetime.datetime) -> list[Change]:
        try:
            entries = self.intake.look(now)
        except AnotherOutbox:
            self._take_up()
            entries = self.intake.look(now)
        readable = [entry for entry in entries if is_readable(entry)]
        self.printing.until_printed.note(readable)
        return [entry.change for entry in readable]

    def _everything_if_sections_changed(self, changes: list[Change]) -> Iterator[str]:
        if self.sections.have_changed(changes):
            self._begin_walk()
            yield from everything_under_way(self.shelf)

    def _begin_walk(self, *, whole: bool = False) -> None:
        self.walk.begin(whole=whole)
        # Only after the walk is noted: if the press is killed before, it must find the same again.
        self.sections.keep()

    def _take_up(self) -> None:
        """Find where the shelf left off. If it can't catch up, or was printed by another release, begin a
        walk that prints everything anew."""
        self.entries.forget()
        self.shelf.make()
        self.shelf.sweep()
        if not self.intake.begin(timezone.now()):
            self._begin_walk(whole=True)
            # After the walk is noted, for the same reason.
            self.intake.forget_what_was()
        # Code, templates, styles or settings may have changed since the shelf was printed.
        if not is_of_this_release(self.shelf):
            if next(self.shelf.walk(), None) is not None:
                self._begin_walk()
            note_release(self.shelf, current_release())

    def _keep_books(self) -> None:
        now = timezone.now()
        until = self.followed.at(self.spacing.printed_until(self.intake.printed.clock))
        self.status.say(self.intake.printed, self.walk.in_words(), until=until)
        if self._prune.is_due():
            prune(self.intake.printed, now)
            self.shelf.sweep()
            forget_lost_shelves(now)
            # Those that waited for a backup that was killed.
            delete_removed_files()

    def _start_over(self) -> None:
        """Take in again what is not finished. The shelf is taken up again too, because the database may be
        another one now."""
        self._is_taken_up = False
        self.intake.start_over()
        self.printing.start_over()
        self.walk.start_over()

    def _until_next(self) -> float:
        """Seconds until the next look at the outbox; fewer if something is due before that."""
        seconds = self.intake.seconds_to_next(timezone.now())
        return REST if seconds is None else min(REST, seconds)

    def _complain(self, error: Exception) -> None:
        line = self.status.note(error)
        if not self._pause:
            logger.error("The press waits: %s", line)
        self._pause = min(LONGEST_PAUSE, (self._pause or 0.1) * 2)
        # A full disk is reported at once and not when it is over. If the database is away, this fails too.
        with suppress(DatabaseError, InterfaceError):
            if self.intake.printed:
                self.status.say(self.intake.printed)
