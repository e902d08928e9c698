"""Locks that are files: one print of an address at a time, and one press at a time for each shelf."""

import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .port import PageHeld

LOCKS = 256
LONGEST_PRINT = 15.0  # seconds that others wait for one who prints the page
HELD_FOR = 60.0  # seconds in which nobody waits again for a lock that was not given up
LOOK_EVERY = 0.01  # seconds, the longest, between two looks whether they have finished


class PageLocks:
    """Each lock is that of many addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: dict[int, float] = {}

    @contextmanager
    def lock(self, path: str, *, patience: float | None) -> Iterator[None]:
        """PageHeld where it is not given up within LONGEST_PRINT, or that many seconds."""
        self.folder.mkdir(parents=True, exist_ok=True)
        number = zlib.crc32(path.encode()) % LOCKS
        file = os.open(self.folder / f"{number}", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if patience is None:
                is_hopeless = time.monotonic() < self._held.get(number, 0.0)
                patience = 0.0 if is_hopeless else LONGEST_PRINT
            if not is_ours(file, patience=patience):
                if patience:
                    self._held[number] = time.monotonic() + HELD_FOR
                raise PageHeld(
                    f"{path} was not printed: its lock, {number}, is held by somebody who does not finish"
                )
            self._held.pop(number, None)
            yield
        finally:
            os.close(file)


class Lead:
    """True while the lock is ours: it goes with the process, however that ends, and with the shelf."""

    def __init__(self, file: int, path: Path) -> None:
        self._file = file
        self._path = path

    def __bool__(self) -> bool:
        try:
            return os.fstat(self._file).st_ino == self._path.stat().st_ino
        except FileNotFoundError:
            return False


@contextmanager
def lead(path: Path) -> Iterator[Lead | None]:
    """Yields our lead, or None where another press has it. `path` is the lock's file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield Lead(file, path) if is_ours(file, patience=0.0) else None
    finally:
        os.close(file)


def is_ours(file: int, *, patience: float) -> bool:
    """Wait for the lock on the file, so many seconds; False if it is not given up."""
    pause, end = 0.001, time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(pause)
            pause = min(pause * 2, LOOK_EVERY)
        else:
            return True
