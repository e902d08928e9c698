"""How far this shelf has followed the outbox. It lies on the shelf itself: a new shelf starts anew.

Rows get their numbers when they are written and are seen when they are committed, so a lower number can
appear after a higher one. Numbers that were passed over are therefore looked for again for a while.
"""

import datetime
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from django.db.models import Count, Min, Q
from django.utils import timezone

from articles.models import OutboxEntry
from articles.whole_files import write_whole

# Longer than any transaction at the desk takes; a number still missing then was rolled back.
PATIENCE = datetime.timedelta(minutes=15)
# A host that was away for longer prints everything anew instead of catching up.
KEPT = datetime.timedelta(days=90)
BATCH = 200


class AnotherOutbox(Exception):
    """The last entry that the shelf has followed is not there, or is another by now: a database that was
    restored from a copy gives its numbers a second time."""


@dataclass(frozen=True)
class Position:
    """`last`: the highest number seen; `clock`: all that was due until then is done; `missing`: see above.

    `written`: when the last one was written, by which it is known from another of the same number.
    """

    last: int
    clock: datetime.datetime
    missing: dict[int, datetime.datetime] = field(default_factory=dict)
    written: datetime.datetime | None = None

    @classmethod
    def start(cls) -> Self:
        """Where a shelf begins that has not followed the outbox yet: at its end."""
        now, newest = timezone.now(), list(OutboxEntry.objects.order_by("-pk")[:BATCH])
        if not newest:
            return cls(0, now)
        last, here = newest[0].pk, {entry.pk for entry in newest}
        gaps = (number for number in range(newest[-1].pk, last) if number not in here)
        return cls(last, now, dict.fromkeys(gaps, now), newest[0].written_at)

    @classmethod
    def read(cls, file: Path) -> Self | None:
        try:
            said = json.loads(file.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            # The second is what a power cut may leave.
            return None
        moment = datetime.datetime.fromisoformat
        missing = {int(number): moment(since) for number, since in said["missing"].items()}
        written = said.get("written") and moment(said["written"])
        return cls(said["last"], moment(said["clock"]), missing, written)

    def write(self, file: Path) -> None:
        said = {
            "last": self.last,
            "clock": self.clock.isoformat(),
            "missing": {str(number): since.isoformat() for number, since in self.missing.items()},
            "written": self.written and self.written.isoformat(),
        }
        write_whole(file, json.dumps(said))


def can_follow(position: Position, now: datetime.datetime) -> bool:
    """Whether the outbox still holds all that this shelf has to catch up with.

    Not if it was away for so long that entries were pruned, nor if the database is another one now.
    """
    return now - position.clock < KEPT - PATIENCE and is_known(position)


def is_known(position: Position) -> bool:
    """Whether the last entry that the shelf has followed is still there, and the same."""
    return is_the_one(position, OutboxEntry.objects.filter(pk=position.last).first())


def is_the_one(position: Position, entry: OutboxEntry | None) -> bool:
    if not position.last:
        return True
    return entry is not None and (entry.pk, entry.written_at) == (position.last, position.written)


def due_entries(
    position: Position, now: datetime.datetime, *, look_back: bool = True
) -> tuple[list[OutboxEntry], Position]:
    """What is to be printed now, in order, and the position once it has been.

    Entries that are due later are passed over and come up again by their time. When the clock is set back,
    what came due by the wrong time is printed again, so that nothing of it stays out early.
    Without look_back only new entries are asked for: the caller knows that nothing older has come due.
    AnotherOutbox if it is not the one that was followed until now.
    """
    new = list(OutboxEntry.objects.filter(pk__gte=position.last).order_by("pk")[: BATCH + 1])
    if position.last:
        last, *new = new or [None]
        if not is_the_one(position, last):
            raise AnotherOutbox("the outbox is another one than the shelf has followed")
    old = passed_over(position, now) if look_back or position.missing or now < position.clock else []
    due = [entry for entry in old if entry.due_at <= max(now, position.clock)]
    due += [entry for entry in new if entry.due_at <= now]
    last, written = (new[-1].pk, new[-1].written_at) if new else (position.last, position.written)
    return due, Position(last, now, still_missing(position, [*old, *new], last, now), written)


def passed_over(position: Position, now: datetime.datetime) -> list[OutboxEntry]:
    earlier, later = sorted([position.clock, now])
    came_due = Q(pk__lte=position.last, due_at__gt=earlier, due_at__lte=later)
    return list(OutboxEntry.objects.filter(came_due | Q(pk__in=list(position.missing))).order_by("pk"))


def still_missing(
    position: Position, found: list[OutboxEntry], last: int, now: datetime.datetime
) -> dict[int, datetime.datetime]:
    here = {entry.pk for entry in found}
    gaps = range(max(position.last + 1, last - 10 * BATCH), last + 1)
    known = {number: since for number, since in position.missing.items() if now - since < PATIENCE}
    return {
        number: since for number, since in (dict.fromkeys(gaps, now) | known).items() if number not in here
    }


def next_due(now: datetime.datetime) -> datetime.datetime | None:
    """The next time at which time itself changes a page."""
    return (
        OutboxEntry.objects.filter(due_at__gt=now).order_by("due_at").values_list("due_at", flat=True).first()
    )


def waiting(position: Position, now: datetime.datetime) -> tuple[int, datetime.datetime | None]:
    """How many changes this shelf has still to follow, and since when the oldest of them is due."""
    entries = OutboxEntry.objects.filter(pk__gt=position.last, due_at__lte=now)
    said = entries.aggregate(number=Count("pk"), oldest=Min("due_at"))
    return said["number"], said["oldest"]


def prune(now: datetime.datetime) -> int:
    """Forget what every shelf has followed long ago; never the newest, by which the numbers are known.

    A clock that runs far ahead makes nothing old: what counts is how much older than the newest it is.
    """
    newest = OutboxEntry.objects.order_by("-pk").first()
    if newest is None:
        return 0
    before = min(now, newest.written_at) - KEPT
    return OutboxEntry.objects.filter(written_at__lt=before, due_at__lt=before, pk__lt=newest.pk).delete()[0]
