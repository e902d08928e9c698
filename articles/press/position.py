"""How far this shelf has followed the outbox. It lies on the shelf itself: a new shelf starts anew.

Rows get their numbers when they are written and are seen when they are committed, so a lower number can
appear after a higher one. Numbers that were passed over are therefore looked for again for a while.
"""

import datetime
import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from django.db.models import Max, Q
from django.utils import timezone

from articles.models import OutboxEntry

# Longer than any transaction at the desk takes; a number still missing then was rolled back.
PATIENCE = datetime.timedelta(minutes=15)
BATCH = 200


@dataclass(frozen=True)
class Position:
    """`last`: the highest number seen; `clock`: all that was due until then is done; `missing`: see above."""

    last: int
    clock: datetime.datetime
    missing: dict[int, datetime.datetime] = field(default_factory=dict)

    @classmethod
    def start(cls) -> Self:
        """Where a new shelf begins: it has no page that could be out of date."""
        last = OutboxEntry.objects.aggregate(last=Max("pk"))["last"] or 0
        return cls(last, timezone.now())

    @classmethod
    def read(cls, file: Path) -> Self | None:
        try:
            said = json.loads(file.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        moment = datetime.datetime.fromisoformat
        missing = {int(number): moment(since) for number, since in said["missing"].items()}
        return cls(said["last"], moment(said["clock"]), missing)

    def write(self, file: Path) -> None:
        said = {
            "last": self.last,
            "clock": self.clock.isoformat(),
            "missing": {str(number): since.isoformat() for number, since in self.missing.items()},
        }
        new = file.with_suffix(".new")
        new.write_text(json.dumps(said))
        os.replace(new, file)


def due_entries(position: Position, now: datetime.datetime) -> tuple[list[OutboxEntry], Position]:
    """What is to be printed now, in order, and the position once it has been.

    Entries that are due later are passed over and come up again by their time. A clock that was set back
    makes nothing early, and what was done between the two times is done a second time, which harms nobody.
    """
    clock = min(position.clock, now)
    new = list(OutboxEntry.objects.filter(pk__gt=position.last)[:BATCH])
    came_due = Q(pk__lte=position.last, due_at__gt=clock, due_at__lte=now)
    came_late = Q(pk__in=list(position.missing))
    old = list(OutboxEntry.objects.filter(came_due | came_late)) if position.last else []
    found = [*old, *new]
    due = [entry for entry in found if entry.due_at <= now]
    last = new[-1].pk if new else position.last
    return due, Position(last, now, still_missing(position, found, last, now))


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


def moved_on(position: Position, now: datetime.datetime) -> Position:
    return replace(position, clock=now)
