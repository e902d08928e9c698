"""What comes out of the outbox: the changes that are due, each until all of it is printed."""

import datetime
import logging
import time
from collections import deque

from articles.models import OutboxEntry
from articles.outbox.cursor import Position, can_follow, is_known, look, next_due
from articles.press.plan.affected import affected
from articles.press.shelf.port import Shelf

logger = logging.getLogger("articles.press")

BATCH = 200  # entries handed out at once
LOOK_BACK_EVERY = 10.0  # seconds after which also what should have been told already is looked for
WRITE_EVERY = datetime.timedelta(seconds=5)  # of a position that has not moved but in time
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


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


class Intake:
    """Follows the outbox for one shelf. Until `seen` all was handed out, until `printed` all is printed."""

    def __init__(self, shelf: Shelf) -> None:
        self.note = shelf.note("position.json")
        # What is on its way to the shelf may be there already, at least in part.
        self.note_of_seen = shelf.note("seen.json")
        self.seen: Position | None = None
        self.printed: Position | None = None
        # Numbers of what a look has found and is not handed out yet, and the position once it is.
        self._found: deque[int] = deque()
        self._after: Position | None = None
        self._noted = 0
        self._written: datetime.datetime | None = None
        self._next_due: datetime.datetime | None = None
        self._look_back = Round(LOOK_BACK_EVERY)

    def begin(self, now: datetime.datetime) -> bool:
        """Where this shelf left off; False if it can't catch up and begins at the end of the outbox."""
        self.printed, seen = Position.read(self.note), Position.read(self.note_of_seen)
        can_catch_up = self.printed is not None and can_follow(self.printed, now)
        if not can_catch_up or (seen and not is_known(seen)):
            self.printed, can_catch_up = Position.start(), False
        self.start_over()
        self._noted = seen.last if seen else 0
        return can_catch_up

    def forget_what_was(self) -> None:
        """The shelf is printed anew; what it had followed of another outbox counts no more."""
        self._note_seen(self.seen)

    def _note_seen(self, position: Position) -> None:
        position.write(self.note_of_seen)
        self._noted = position.last

    def look(self, now: datetime.datetime) -> list[OutboxEntry]:
        """What has come due since the last look, a batch at a time.

        AnotherOutbox as soon as the outbox is another one: `begin` again.
        """
        if not self._found:
            self._look(now)
        numbers = [self._found.popleft() for _ in range(min(BATCH, len(self._found)))]
        if not self._found:
            self.seen = self._after
        entries = OutboxEntry.objects.in_bulk(numbers) if numbers else {}
        # Another press may have forgotten one in the same moment.
        return [entries[number] for number in numbers if number in entries]

    def _look(self, now: datetime.datetime) -> None:
        is_set_back = now < self.seen.clock
        has_come = self._next_due is not None and now >= self._next_due
        look_back = self._look_back.is_due() or has_come or is_set_back
        found, self._after = look(self.seen, now, look_back=look_back)
        self._found.extend(found)
        # What is new may be of something to come.
        if look_back or not self._after.is_at(self.seen):
            self._next_due = next_due(now)
        # What was handed out once and comes again was on its way to the shelf already.
        if self._after.last > self._noted:
            self._note_seen(self._after)

    @property
    def has_more(self) -> bool:
        """Whether the last look has found more than was handed out until now."""
        return bool(self._found)

    def finish(self) -> None:
        """Everything that was handed out is printed."""
        if self.has_more:
            return
        before, self.printed = self.printed, self.seen
        moved = not before.is_at(self.printed)
        if moved or self._written is None or abs(self.printed.clock - self._written) > WRITE_EVERY:
            self.printed.write(self.note)
            self._written = self.printed.clock

    def start_over(self) -> None:
        """Hand out again what is not printed, what came due by time with it."""
        self.seen = self.printed
        self._found.clear()
        self._look_back = Round(LOOK_BACK_EVERY)

    def seconds_to_next(self, now: datetime.datetime) -> float | None:
        """Until time itself changes a page; None if nothing is known to come."""
        return self._next_due and max(0.0, (self._next_due - now).total_seconds())


def is_readable(entry: OutboxEntry) -> bool:
    """One that nobody can read must not keep those after it from being printed."""
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
