"""One press at a time for each shelf: whoever holds the lock leads, however many workers there are."""

import atexit
import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from articles.press.shelf.files import Shelf
from articles.threads import keep_running

from .press import Press, the_press

logger = logging.getLogger("articles.press")

TRY_EVERY = 1.0  # seconds after which another worker takes over from one that is gone


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
def lead(shelf: Shelf) -> Iterator[Lead | None]:
    """Yields our lead over this shelf, or None where another press has it."""
    shelf.root.mkdir(parents=True, exist_ok=True)
    path = shelf.root / "press.lock"
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield Lead(file, path)
    finally:
        os.close(file)


def run_when_leading(press: Press, stop: threading.Event) -> None:
    """Each web worker calls this; the first one prints, and another takes over when it is gone."""
    while not stop.is_set():
        # A disk that takes not even a lock is said by whoever leads, or by the reader's own request.
        with suppress(OSError), lead(press.shelf) as leading:
            if leading:
                press.run(stop, leading)
        stop.wait(TRY_EVERY)


def start_embedded() -> threading.Event:
    """Run the press as a thread of this process; set the event to stop it."""
    stop = threading.Event()
    press = the_press()
    keep_running(partial(run_when_leading, press, stop), stop, name="press")
    atexit.register(stop.set)
    return stop
