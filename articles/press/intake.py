"""What comes out of the outbox: the changes that are due, each until all of it is printed."""

import datetime
import logging
import time

from articles.models import OutboxEntry

from .affected import affected
from .position import Position, can_follow, due_entries, is_known, next_due
from .shelf import Shelf

logger = logging.getLogger("articles.press")

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
        self.shelf = shelf
        self.note = shelf.root / "position.json"
        # What is on its way to the shelf may stand there already, at least in part.
        self.note_of_seen = shelf.root / "seen.json"
        self.seen: Position | None = None
        self.printed: Position | None = None
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
        self.seen = self.printed
        self._noted = seen.last if seen else 0
        return can_catch_up

    def forget_what_was(self) -> None:
        """The shelf is printed anew; what it had followed of another outbox counts no more."""
        self._note_seen()

    def _note_seen(self) -> None:
        self.seen.write(self.note_of_seen)
        self._noted = self.seen.last

    def look(self, now: datetime.datetime) -> list[OutboxEntry]:
        """What has come due since the last look. AnotherOutbox as soon as it is one: `begin` again."""
        look_back = self._look_back.is_due() or (self._next_due is not None and now >= self._next_due)
        due, after = due_entries(self.seen, now, look_back=look_back)
        # A number that was passed over may have been of something to come.
        if look_back or (after.last, after.missing) != (self.seen.last, self.seen.missing):
            self._next_due = next_due(now)
        self.seen = after
        # What was handed out once and comes again was on its way to the shelf already.
        if after.last > self._noted:
            self._note_seen()
        return due

    def finish(self) -> None:
        """Everything that was handed out is printed."""
        before, self.printed = self.printed, self.seen
        moved = (before.last, before.missing) != (self.printed.last, self.printed.missing)
        if moved or self._written is None or abs(self.printed.clock - self._written) > WRITE_EVERY:
            self.shelf.root.mkdir(parents=True, exist_ok=True)
            self.printed.write(self.note)
            self._written = self.printed.clock

    def start_over(self) -> None:
        """Hand out again what is not printed, what came due by time with it."""
        self.seen = self.printed
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
