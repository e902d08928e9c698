"""Reads the log in which nginx notes which articles were opened: a line with a time and an address for each.

How far it is read stands in a file beside it. A log that was renamed is read to its end before the new one
is begun; one that was emptied is read from its beginning. A line that is not finished yet is left for the
next time. Everything is bounded: if there is too much to read at once, the rest comes next time, and what is
older than the list can show is passed over.
"""

import fcntl
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from articles.whole_files import write_whole

# Bytes that are read at once: some fifty thousand lines.
AT_ONCE = 4 * 1024 * 1024
# A log that is so far ahead is passed over up to there.
MOST_BEHIND = 16 * AT_ONCE
# Articles and hours of which the numbers are kept in memory.
MOST = 20_000
HOUR = 3600

# Hour, in seconds since the epoch → address → number.
Found = dict[int, Counter[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """The file, by its number in the file system, and how many bytes of it are read."""

    file: int
    read: int


class Log:
    """`address_of` makes the address of an article of what a line says; None if there is no such article."""

    def __init__(self, path: Path, address_of: Callable[[str], str | None]) -> None:
        self.path = path
        self.address_of = address_of
        self.note = path.with_name(f"{path.name}.read")

    def take(self, now: float, act: Callable[[Found], None]) -> bool:
        """Hand what is new to `act`, and note that it is read once `act` has returned. True if there may be
        more at once."""
        if not self.path.exists():
            return False
        with self.alone() as is_alone:
            return is_alone and self._take(now, act)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Of several presses on a host, one reads at a time."""
        with self.path.with_name(f"{self.path.name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def _take(self, now: float, act: Callable[[Found], None]) -> bool:
        noted = self._place()
        file = self._file_of(noted)
        stat = file.stat()
        is_known = noted.file == stat.st_ino and noted.read <= stat.st_size
        begin = max(noted.read if is_known else 0, stat.st_size - MOST_BEHIND)
        with file.open("rb") as log:
            log.seek(begin)
            data = log.read(AT_ONCE)
        # Without the last line if that is not finished. What goes on for so long is no line.
        whole = data.rfind(b"\n") + 1 or (len(data) if len(data) == AT_ONCE else 0)
        if found := self.read(data[:whole], now):
            act(found)
        # nginx writes no more into a log that was renamed, once there is a new one.
        is_over = file != self.path and begin + len(data) >= stat.st_size
        place = Place(self.path.stat().st_ino, 0) if is_over else Place(stat.st_ino, begin + whole)
        if place != noted:
            write_whole(self.note, json.dumps([place.file, place.read]))
        return is_over or len(data) == AT_ONCE

    def _place(self) -> Place:
        try:
            file, read = json.loads(self.note.read_text())
            return Place(int(file), int(read))
        except (FileNotFoundError, ValueError, TypeError):
            return Place(self.path.stat().st_ino, 0)

    def _file_of(self, place: Place) -> Path:
        """The log of that number, also under another name; the present one if it is gone."""
        if self.path.stat().st_ino != place.file:
            for entry in os.scandir(self.path.parent):
                if entry.name.startswith(self.path.name) and entry.inode() == place.file:
                    return Path(entry.path)
        return self.path

    def read(self, data: bytes, now: float) -> Found:
        found: Found = {}
        kept = 0
        known: dict[str, str | None] = {}
        for line in data.decode("ascii", errors="replace").splitlines():
            at, _, spelt = line.partition(" ")
            hour = hour_of(at, now)
            if hour is None or len(spelt) > 1_000:
                continue
            if spelt not in known and len(known) < MOST:
                known[spelt] = self.address_of(spelt)
            address = known.get(spelt)
            counts = found.setdefault(hour, Counter()) if address else None
            if counts is not None and (address in counts or kept < MOST):
                kept += address not in counts
                counts[address] += 1
        return found


def hour_of(text: str, now: float) -> int | None:
    """The beginning of the hour of a time like “1764450000.123”; None if that is none of the last day."""
    try:
        at = float(text)
    except ValueError:
        return None
    return int(at) // HOUR * HOUR if now - 24 * HOUR < at < now + HOUR else None
