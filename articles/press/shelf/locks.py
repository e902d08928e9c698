"""Locks that are files: one print of an address at a time, and one press at a time for each shelf."""

import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .interface import PageHeld

LOCKS = 256
LONGEST_PRINT = 15.0  # seconds that a process waits for another one that prints the page
HELD_FOR = 60.0  # seconds in which a lock that was not given up is not waited for again
LOOK_EVERY = 0.01  # seconds between two tries to get the lock, at most


class PageLocks:
    """A fixed number of locks, so each is shared by many addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: dict[int, float] = {}

    @contextmanager
    def lock(self, path: str, *, patience: float | None) -> Iterator[None]:
        """PageHeld if the lock is not given up within `patience` seconds, or within LONGEST_PRINT if that is
        None."""
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
    """True while the lock is ours. The lock ends with the process, in whatever way that ends, and when the
    shelf is deleted."""

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
    """Yields our lead, or None if another press has it. `path` is the lock's file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield Lead(file, path) if is_ours(file, patience=0.0) else None
    finally:
        os.close(file)


def is_ours(file: int, *, patience: float) -> bool:
    """Wait up to `patience` seconds for the lock on the file. False if it is not given up."""
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
