"""The counts of all processes of a host, as files in one folder.

A process writes its file every few seconds if a number has changed, and at least once a minute. One that has
given no sign for ten minutes has ended: its numbers are added to those of all that have ended, so that sums
never fall.
"""

import json
import logging
import os
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from articles.conf import var_folder
from articles.threads import keep_running
from articles.whole_files import write_whole

from .counts import Counts, Key, counted

logger = logging.getLogger("articles.metrics")

EVERY = 5.0  # seconds
SIGN_OF_LIFE = 60.0  # seconds
ENDED_AFTER = 600.0  # seconds
ENDED = "ended"
Numbers = Counter[Key]


def folder() -> Path:
    return var_folder() / "metrics"


class OwnFile:
    def __init__(self, place: Path, counts: Counts) -> None:
        self.place, self.counts = place, counts
        # What was counted until the last time, and what of that is put away as an ended process's.
        self._until_now: dict[Key, float] = {}
        self._at = -SIGN_OF_LIFE
        self._begin()

    def _begin(self) -> None:
        # Containers that share the folder may have the same process numbers.
        self.path = self.place / f"{os.getpid()}-{secrets.token_hex(4)}.json"
        self._put_away, self._written = self._until_now, False

    def write(self) -> None:
        """A process that was taken for ended, because a disk was full or the clock leapt, finds its file
        gone. It goes on with another one, which has only what came since."""
        if self._written and not self.path.exists():
            self._begin()
        until_now, now = self.counts.all(), time.monotonic()
        if until_now == self._until_now and now - self._at < SIGN_OF_LIFE:
            return
        numbers = {key: number - self._put_away.get(key, 0) for key, number in until_now.items()}
        write_whole(self.path, json.dumps(as_rows(numbers)))
        self._until_now, self._at, self._written = until_now, now, True


def write_regularly(stop: threading.Event) -> None:
    """In a thread of its own."""
    keep_running(partial(_write_until, stop, OwnFile(folder(), counted)), stop, name="metrics")


def _write_until(stop: threading.Event, file: OwnFile) -> None:
    while not stop.wait(EVERY):
        try:
            file.write()
        except OSError as error:
            logger.warning("Numbers are written later: %s", error)


def total(place: Path, now: float) -> Numbers:
    """The sum over all processes of the host. One process asks at a time: it also does away with the files of
    those that have ended."""
    ended, names = _read_ended(place)
    there = {file: read(file) for file in place.glob("*.json") if file.name not in names}
    gone = [file for file in there if now - modified(file, now) > ENDED_AFTER]
    if gone or names:
        for file in gone:
            ended.update(there.pop(file))
        try:
            _put_away(place, ended, {file.name for file in gone} | names)
        except OSError as error:
            # A full disk makes every process look as if it had ended. The sum is right all the same.
            logger.warning("Numbers of processes that have ended are put away later: %s", error)
    found = Counter(ended)
    for numbers in there.values():
        found.update(numbers)
    return found


def _put_away(place: Path, ended: Numbers, names: set[str]) -> None:
    """Whoever is killed on the way has counted nothing twice: the names say whose numbers are in the sum."""
    write_whole(place / ENDED, json.dumps([as_rows(ended), sorted(names)]))
    for name in names:
        (place / name).unlink(missing_ok=True)
    write_whole(place / ENDED, json.dumps([as_rows(ended), []]))


def _read_ended(place: Path) -> tuple[Numbers, set[str]]:
    try:
        rows, names = json.loads((place / ENDED).read_text())
        return as_numbers(rows), set(names)
    except (OSError, ValueError, TypeError):
        return Counter(), set()


def read(file: Path) -> Numbers:
    """Empty if it is not there any more, or is no file of ours."""
    try:
        return as_numbers(json.loads(file.read_text()))
    except (OSError, ValueError, TypeError):
        return Counter()


def modified(file: Path, now: float) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return now


def as_rows(numbers: dict[Key, float]) -> list[Any]:
    return [[*key, number] for key, number in sorted(numbers.items())]


def as_numbers(rows: Iterable[Any]) -> Numbers:
    return Counter({tuple(key): float(number) for *key, number in rows})
