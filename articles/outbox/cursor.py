"""Positions in the outbox: how far a shelf or a consumer has followed it.

Rows get their numbers when they are written, but are seen only when they are committed. So a lower number can
appear after a higher one. Therefore PostgreSQL stores with each row the transaction that wrote it, and a
position holds the snapshot of the last look, which says which transactions that look saw. The next look finds
all rows that this snapshot does not see, however long their transactions took. Nobody waits for a transaction
that is still open, in this database or another one of the same cluster.

On SQLite one transaction writes at a time, so numbers follow commits, and there is no snapshot.
"""

import datetime
import json
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol, Self

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from articles.models import OutboxEntry
from articles.models.processes.outbox import CurrentSnapshot, RowVersion

# A host that was away for longer prints everything anew instead of catching up.
LONGEST_AWAY = datetime.timedelta(days=90)
# A day more, because another host's clock may be ahead.
KEPT = LONGEST_AWAY + datetime.timedelta(days=1)


class AnotherOutbox(Exception):
    """The last entry that was followed is gone, or its number belongs to another entry now. This happens when
    the database was restored from a copy, because it then gives the same numbers again."""


class Note(Protocol):
    """What keeps a position, such as a note on the shelf."""

    def read(self) -> str | None: ...

    def write(self, text: str) -> None: ...


class Row(NamedTuple):
    """The values of an entry that a look needs, and the snapshot of the look itself."""

    number: int
    due_at: datetime.datetime
    written_at: datetime.datetime
    version: str | None
    snapshot: str | None


@dataclass(frozen=True)
class Position:
    """`last`: the highest number seen; `clock`: all that was due until then is done; `snapshot`: see above.

    `written` and `version` say when and by which transaction the last entry was written, to tell it from
    another entry with the same number. After a failover, or if a cluster was set back in time, the entries
    have the same versions. In an outbox that was loaded from a copy they have other versions. `looked_for`:
    numbers that the previous release, which had no snapshots, still had to find.
    """

    last: int
    clock: datetime.datetime
    written: datetime.datetime | None = None
    version: str = ""
    snapshot: str = ""
    looked_for: tuple[int, ...] = ()

    @classmethod
    def start(cls) -> Self:
        """The position of a shelf that has not followed the outbox yet: the end of the outbox."""
        newest = rows_of(OutboxEntry.objects.order_by("-pk")[:1])
        return cls(0, timezone.now()).at(newest)

    def at(self, rows: list[Row]) -> Self:
        """The position after a look that found these rows, including the last row of the previous
        position."""
        if not rows:
            return self
        newest = rows[-1]
        return replace(
            self,
            last=newest.number,
            written=newest.written_at,
            version=newest.version or "",
            snapshot=newest.snapshot or "",
            looked_for=(),
        )

    def is_at(self, other: Self) -> bool:
        """Whether both have followed the same entries."""
        return (self.last, self.snapshot) == (other.last, other.snapshot)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what to_text() has written. ValueError or KeyError if it is not complete."""
        values = json.loads(text)
        moment = datetime.datetime.fromisoformat
        return cls(
            last=values["last"],
            clock=moment(values["clock"]),
            written=values.get("written") and moment(values["written"]),
            version=values.get("version", ""),
            snapshot=values.get("snapshot", ""),
            looked_for=tuple(int(number) for number in values.get("missing", ())),
        )

    def to_text(self) -> str:
        values = {
            "last": self.last,
            "clock": self.clock.isoformat(),
            "written": self.written and self.written.isoformat(),
            "version": self.version,
            "snapshot": self.snapshot,
        }
        return json.dumps(values)

    @classmethod
    def read(cls, note: Note) -> Self | None:
        """None if there is no note, or only a part of one, which a power cut may leave."""
        try:
            return cls.from_text(note.read() or "")
        except json.JSONDecodeError:
            return None

    def write(self, note: Note) -> None:
        note.write(self.to_text())


def rows_of(entries: QuerySet[OutboxEntry]) -> list[Row]:
    marked = entries.annotate(version=RowVersion(), snapshot=CurrentSnapshot())
    return [Row(*row) for row in marked.values_list("pk", "due_at", "written_at", "version", "snapshot")]


def can_follow(position: Position, now: datetime.datetime) -> bool:
    """Whether the outbox still has all entries that this shelf has to catch up with.

    False if the shelf was away for so long that entries were deleted, or if the database is another one now.
    """
    return now - position.clock < LONGEST_AWAY and is_known(position)


def is_known(position: Position) -> bool:
    """Whether the last entry that the shelf has followed is still there, and the same."""
    return is_the_one(position, rows_of(OutboxEntry.objects.filter(pk=position.last)))


def is_the_one(position: Position, rows: list[Row]) -> bool:
    if not position.last:
        return True
    found = [row for row in rows if row.number == position.last]
    return [row.written_at for row in found] == [position.written] and (
        # The previous release stored no version.
        not position.version or found[0].version == position.version
    )


def unseen(position: Position) -> Q:
    """The entries that no look has found yet.

    Entries with higher numbers are asked for by number too. So they are found even after a failover, or in a
    cluster that was set back in time, which gives the same transaction numbers again.
    """
    found = Q(pk__gt=position.last)
    if position.snapshot:
        found |= Q(transaction__seen_since=position.snapshot)
    if position.looked_for:
        found |= Q(pk__in=position.looked_for)
    return found


def look(position: Position, now: datetime.datetime, *, look_back: bool = True) -> tuple[list[int], Position]:
    """The numbers of the entries that are to be printed now, in order, and the position once they have been.

    Entries that are due later are left out and found again when their time comes. If the clock was set back,
    entries that came due by the wrong time are printed again, so that nothing stays public too early. With
    look_back=False only new entries are asked for, because the caller knows that no older one has come due.
    AnotherOutbox if this is not the outbox that was followed until now.
    """
    # Asked first, so that an entry that is committed between the two queries is found only once, as a new
    # one.
    old = came_due(position, now) if look_back or now < position.clock else []
    rows = rows_of(OutboxEntry.objects.filter(unseen(position) | Q(pk=position.last)).order_by("pk"))
    if not is_the_one(position, rows):
        raise AnotherOutbox("the outbox is another one than the shelf has followed")
    new = {row.number: row for row in rows if row.number != position.last}
    due = [number for number in old if number not in new]
    due += [number for number, row in new.items() if row.due_at <= now]
    after = position.at(rows) if new or not position.snapshot else position
    return sorted(due), replace(after, clock=now)


def came_due(position: Position, now: datetime.datetime) -> list[int]:
    earlier, later = sorted([position.clock, now])
    due = OutboxEntry.objects.filter(pk__lte=position.last, due_at__gt=earlier, due_at__lte=later)
    return list(due.values_list("pk", flat=True))


def next_due(now: datetime.datetime) -> datetime.datetime | None:
    """The next time at which time itself changes a page."""
    return (
        OutboxEntry.objects.filter(due_at__gt=now).order_by("due_at").values_list("due_at", flat=True).first()
    )


def waiting(position: Position, now: datetime.datetime) -> tuple[int, datetime.datetime | None]:
    """How many changes this shelf has still to follow, and since when the oldest of them is due."""
    entries = OutboxEntry.objects.filter(unseen(position), due_at__lte=now)
    totals = entries.aggregate(number=Count("pk"), oldest=Min("due_at"))
    return totals["number"], totals["oldest"]


def prune(position: Position, now: datetime.datetime) -> int:
    """Forget what every shelf has followed long ago.

    Not the newest of it: a paper that was quiet for as long is known by that one. And nothing that this shelf
    has not seen: the transaction that wrote it may have ended only now. A clock that runs far ahead makes
    nothing old: what counts is how much older than the newest entry it is.
    """
    newest = OutboxEntry.objects.order_by("-pk").first()
    if newest is None:
        return 0
    before = min(now, newest.written_at) - KEPT
    old = OutboxEntry.objects.filter(written_at__lt=before)
    kept = old.order_by("-pk").first()
    if kept is None:
        return 0
    return old.filter(due_at__lt=before, pk__lt=kept.pk).exclude(unseen(position)).delete()[0]
