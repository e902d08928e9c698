"""Counts in memory what readers do, and writes it down about once a minute."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connections

from articles.threads import keep_running

logger = logging.getLogger("articles.press")

EVERY = 60.0  # seconds


class Tally:
    """How often each address was noted, of at most so many addresses."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def note(self, path: str, number: int = 1) -> None:
        with self._lock:
            if path in self._counts or len(self._counts) < self.most:
                self._counts[path] += number

    def take(self) -> Counter[str]:
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken


class RegularWrites:
    """A thread that hands the numbers of the tallies to `act` every so many seconds. `act` writes all of them
    or, with an error, none."""

    def __init__(self, act: Callable[..., None], *tallies: Tally, every: float = EVERY, name: str) -> None:
        self.act = act
        self.tallies = tallies
        self.every = every
        self.name = name
        # Taken once the thread is there, and never given back.
        self._has_begun = threading.Lock()

    def begin(self) -> None:
        """Begin, if it has not begun. It is called when something was counted, because the process that
        answers is a copy of the one that has loaded the site, and a copy has none of its threads."""
        if self._has_begun.acquire(blocking=False):
            keep_running(self._write_now_and_then, threading.Event(), name=self.name)

    def _write_now_and_then(self) -> None:
        while True:
            time.sleep(self.every)
            self.write()

    def write(self) -> None:
        """Write the numbers down. If the database is away, they are kept for the next time."""
        taken = [tally.take() for tally in self.tallies]
        try:
            self.act(*taken)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Numbers of %s are written later: %s", self.name, error)
            for tally, counts in zip(self.tallies, taken, strict=True):
                for path, number in counts.items():
                    tally.note(path, number)
        finally:
            connections.close_all()
