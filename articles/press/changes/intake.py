"""Reads the changes that are due from the outbox, and notes on the shelf up to where all is printed."""

import datetime
import logging
import time
from collections import deque

from articles.models import OutboxEntry
from articles.outbox.cursor import Position, can_follow, is_known, look, next_due
from articles.press.plan.affected import affected
from articles.press.shelf.interface import Shelf

logger = logging.getLogger("articles.press")

BATCH = 200  # entries handed out at once
LOOK_BACK_EVERY = 10.0  # seconds after which older entries are looked through too, for any that were missed
WRITE_EVERY = datetime.timedelta(seconds=5)  # for a position of which only the clock has moved
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class Round:
    """Something to be done now and then. `every` is in seconds; the first time is at once, or later."""

    def __init__(self, every: float, *, at_once: bool = True) -> None:
        self.every = every
        self._last = -every if at_once else time.monotonic()

    def is_due(self) -> bool:
        if time.monotonic() - self._last < self.every:
            return False
        self._last = time.monotonic()
        return True


class Intake:
    """Follows the outbox for one shelf. All entries up to `seen` were handed out; all up to `printed` are
    printed."""

    def __init__(self, shelf: Shelf) -> None:
        self.note = shelf.note("position.json")
        # Entries up to this position were handed out, so their pages may be on the shelf already, in part or
        # all.
        self.note_of_seen = shelf.note("seen.json")
        self.seen: Position | None = None
        self.printed: Position | None = None
        # The numbers that a look has found and that are not handed out yet, and the position once they are.
        self._found: deque[int] = deque()
        self._after: Position | None = None
        self._noted = 0
        self._written: datetime.datetime | None = None
        self._next_due: datetime.datetime | None = None
        self._look_back = Round(LOOK_BACK_EVERY)

    def begin(self, now: datetime.datetime) -> bool:
        """Find where this shelf left off. False if it can't catch up: then it begins at the end of the
        outbox."""
        self.printed, seen = Position.read(self.note), Position.read(self.note_of_seen)
        can_catch_up = self.printed is not None and can_follow(self.printed, now)
        if not can_catch_up or (seen and not is_known(seen)):
            self.printed, can_catch_up = Position.start(), False
        self.start_over()
        self._noted = seen.last if seen else 0
        return can_catch_up

    def forget_what_was(self) -> None:
        """Forget what the shelf had followed of another outbox, because everything is printed anew."""
        self._note_seen(self.seen)

    def _note_seen(self, position: Position) -> None:
        position.write(self.note_of_seen)
        self._noted = position.last

    def look(self, now: datetime.datetime) -> list[OutboxEntry]:
        """The entries that have come due since the last look, a batch at a time.

        AnotherOutbox if the outbox is another one by now: then call `begin` again.
        """
        if not self._found:
            self._look(now)
        numbers = [self._found.popleft() for _ in range(min(BATCH, len(self._found)))]
        if not self._found:
            self.seen = self._after
        entries = OutboxEntry.objects.in_bulk(numbers) if numbers else {}
        # Another press may have deleted an entry at the same moment.
        return [entries[number] for number in numbers if number in entries]

    def _look(self, now: datetime.datetime) -> None:
        is_set_back = now < self.seen.clock
        has_come = self._next_due is not None and now >= self._next_due
        look_back = self._look_back.is_due() or has_come or is_set_back
        found, self._after = look(self.seen, now, look_back=look_back)
        self._found.extend(found)
        # New entries may be due at a later time.
        if look_back or not self._after.is_at(self.seen):
            self._next_due = next_due(now)
        # Entries that are handed out a second time, after a fault, are noted already.
        if self._after.last > self._noted:
            self._note_seen(self._after)

    @property
    def has_more(self) -> bool:
        """Whether the last look has found entries that are not handed out yet."""
        return bool(self._found)

    def finish(self) -> None:
        """Called when everything that was handed out is printed: note the position, unless more is to
        come."""
        if self.has_more:
            return
        before, self.printed = self.printed, self.seen
        moved = not before.is_at(self.printed)
        if moved or self._written is None or abs(self.printed.clock - self._written) > WRITE_EVERY:
            self.printed.write(self.note)
            self._written = self.printed.clock

    def start_over(self) -> None:
        """Hand out again all entries that are not printed, and those that came due by time since then."""
        self.seen = self.printed
        self._found.clear()
        self._look_back = Round(LOOK_BACK_EVERY)

    def seconds_to_next(self, now: datetime.datetime) -> float | None:
        """Seconds until the next entry comes due; None if no entry is known to wait for its time."""
        return self._next_due and max(0.0, (self._next_due - now).total_seconds())


def is_readable(entry: OutboxEntry) -> bool:
    """Whether the entry has the expected shape. Others are logged and passed over, so that they do not keep
    the entries after them from being printed."""
    try:
        affected(entry.change), entry.change["id"]
    except UNREADABLE as error:
        logger.error(
            "Outbox entry %s is passed over, it can't be read (%r); `manage.py press all` prints every page.",
            entry.pk,
            error,
        )
        return False
    return True
