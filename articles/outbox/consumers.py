"""Consumers of the outbox besides the press, such as the search index.

A consumer is registered in articles/apps.py and needs nothing else: each press that runs gives it a thread,
and one of them at a time, on whatever host, hands it what has come due. How far it has come is kept in the
database under its name. If a consumer fails, it is tried again, and delays no other.
"""

import datetime
import logging
import threading
from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import Any, Protocol

from django.db import DatabaseError, InterfaceError, close_old_connections, transaction
from django.utils import timezone

from articles.models import OutboxConsumer, OutboxEntry
from articles.threads import keep_running

from .cursor import AnotherOutbox, Position, can_follow, look

logger = logging.getLogger("articles.outbox")

BATCH = 200  # changes handed over at once
IDLE = 5.0  # seconds between two looks if wake() is not called; it is called when something comes due
AFTER_TROUBLE = 5.0  # seconds, while the database does not answer
LONGEST_WAIT = datetime.timedelta(hours=1)
NOTE_EVERY = datetime.timedelta(minutes=1)  # for a position of which only the clock has moved

Change = dict[str, Any]


class ConsumerFailed(Exception):
    """The consumer could not take the changes now. It is offered them again, after a pause that grows."""


class Consumer(Protocol):
    """`name` is its row in the database, and stays for ever. A consumer that stores what it builds gets a
    higher `version` when it would build it in another way, and then starts over."""

    name: str
    version: int

    def start_over(self, done: str) -> str | None:
        """Build a part of everything anew, and return how far that goes; None when everything is built.

        `done` is what the part before has returned, and empty for the first one. Each part is a transaction
        of its own, short enough for editors who wait for it on SQLite. After a crash the next part goes on
        from the last one that was finished. Changes that come due meanwhile are handed to take() between
        two parts.

        Called if the consumer is new, if its version is, if it was away for longer than the outbox keeps
        changes, or if the outbox is another one because the database was restored from a copy."""

    def take(self, changes: Sequence[Change]) -> None:
        """Take these changes, which have come due in this order. It runs in a transaction, and after a crash
        the same changes may come again. A consumer that talks to other servers should only write down here
        what to send."""


CONSUMERS: dict[str, Consumer] = {}


def register(consumer: Consumer) -> None:
    CONSUMERS[consumer.name] = consumer


def have_all_start_over() -> None:
    """For who writes articles in bulk, without an entry in the outbox for each."""
    OutboxConsumer.objects.update(position="")


class Follower:
    """Hands the changes that come due to one consumer."""

    def __init__(self, consumer: Consumer) -> None:
        self.consumer = consumer
        self.woken = threading.Event()
        # Numbers that the last look has found and that are not handed over yet, the row's position at that
        # look, and its position once they are handed over.
        self._found: deque[int] = deque()
        self._before = ""
        self._after: Position | None = None
        self._is_building = False

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            pause = IDLE
            try:
                while self.turn() and not stop.is_set():
                    pass
            except (DatabaseError, InterfaceError) as error:
                logger.error("“%s” waits for the database: %s", self.consumer.name, str(error).strip())
                pause = AFTER_TROUBLE
            close_old_connections()
            self.woken.wait(pause)
            self.woken.clear()

    def turn(self) -> bool:
        """Hand over a batch, or have a part built; True if there may be more at once."""
        now = timezone.now()
        try:
            # What has changed comes first, because readers wait for it.
            if self._found or self._look(now):
                act = self._hand_over
            elif self._is_building:
                act = self._build
            else:
                return False
            with transaction.atomic():
                return act(now)
        except (DatabaseError, InterfaceError):
            self._found.clear()
            raise
        except ConsumerFailed as error:
            logger.error("“%s” could not take changes: %s", self.consumer.name, error)
            self._put_back(str(error))
        except Exception as error:
            # Consumers are written by others and may fail with anything. Whatever it is, their changes are
            # handed over again, and nobody else has to wait.
            logger.exception("“%s” could not take changes.", self.consumer.name)
            self._put_back(f"{type(error).__name__}: {error}")
        return False

    def _look(self, now: datetime.datetime) -> bool:
        """Whether there is anything to hand over, or to be written down."""
        row = OutboxConsumer.objects.filter(name=self.consumer.name).first()
        self._is_building = row is not None and row.built_until is not None
        if row is not None and row.next_try_at > now:
            self._is_building = False
            return False
        # An older release beside this one leaves alone what this one builds.
        if row is None or not row.position:
            return self._start_over("")
        if row.built_with < self.consumer.version:
            logger.warning("“%s” starts over: version %s builds in another way.", row, self.consumer.version)
            return self._start_over(row.position)
        position = Position.from_text(row.position)
        try:
            found, self._after = look(position, now) if can_follow(position, now) else ([], None)
        except AnotherOutbox:
            self._after = None
        if self._after is None:
            logger.warning("“%s” starts over: it can't follow the outbox from where it was.", row)
            return self._start_over(row.position)
        self._before = row.position
        self._found.extend(found)
        return bool(found) or not self._after.is_at(position) or now - row.followed_at > NOTE_EVERY

    @transaction.atomic
    def _start_over(self, seen: str) -> bool:
        """`seen` is the position at which the consumer can't go on."""
        OutboxConsumer.objects.get_or_create(name=self.consumer.name)
        row = self._locked()
        if row is None or row.position != seen:
            # Another host has it in hand, or has started it over.
            return False
        # The position is taken first, so that changes that are written meanwhile are handed over.
        row.position = Position.start().to_text()
        row.built_until, row.built_with = "", self.consumer.version
        row.followed_at, row.tries, row.last_error = timezone.now(), 0, ""
        row.save()
        self._is_building = True
        return False

    def _build(self, now: datetime.datetime) -> bool:
        row = self._locked()
        if row is None or row.built_until is None:
            return False
        row.built_until = self.consumer.start_over(row.built_until)
        row.followed_at, row.tries, row.last_error = now, 0, ""
        row.save()
        self._is_building = row.built_until is not None
        return self._is_building

    def _hand_over(self, now: datetime.datetime) -> bool:
        row = self._locked()
        if row is None or row.position != self._before:
            # Another host has it in hand, or has handed over what was found here.
            self._found.clear()
            return False
        numbers = [self._found.popleft() for _ in range(min(BATCH, len(self._found)))]
        if numbers:
            entries = OutboxEntry.objects.in_bulk(numbers)
            self.consumer.take([entries[number].change for number in numbers if number in entries])
        if not self._found:
            row.position = self._after.to_text()
        row.followed_at, row.tries, row.last_error = now, 0, ""
        row.save()
        return True

    def _locked(self) -> OutboxConsumer | None:
        """None while another host has it."""
        rows = OutboxConsumer.objects.filter(name=self.consumer.name)
        return rows.select_for_update(skip_locked=True).first()

    def _put_back(self, why: str) -> None:
        """Have the consumer tried again after 2, 4, 8 … seconds, an hour at most."""
        self._found.clear()
        row, _ = OutboxConsumer.objects.get_or_create(name=self.consumer.name)
        row.tries += 1
        wait = min(datetime.timedelta(seconds=2 ** min(row.tries, 12)), LONGEST_WAIT)
        row.next_try_at, row.last_error = timezone.now() + wait, why.replace("\0", "")[:4000]
        # Not the position, which another host may have moved on.
        row.save(update_fields=["tries", "next_try_at", "last_error"])


class Followers:
    """One for each consumer that is registered."""

    def __init__(self) -> None:
        self.followers = [Follower(consumer) for consumer in CONSUMERS.values()]

    def open(self, stop: threading.Event) -> None:
        for follower in self.followers:
            keep_running(partial(follower.run, stop), stop, name=f"consumer {follower.consumer.name}")

    def work_off(self) -> None:
        """Hand over all that has come due."""
        for follower in self.followers:
            while follower.turn():
                pass

    def wake(self) -> None:
        """Something has come due."""
        for follower in self.followers:
            follower.woken.set()
