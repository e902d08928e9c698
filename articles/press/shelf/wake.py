"""A named pipe on the shelf that carries nothing but the nudge: what is to be printed is in the database.

A nudge that comes to nobody costs readers the wait until the press looks next.
"""

import os
import select
import stat
import time
from contextlib import suppress
from pathlib import Path

from .port import WakeUp


class Pipe(WakeUp):
    """The press's own end."""

    def __init__(self, path: Path) -> None:
        self._file = listening(path)

    def wait(self, seconds: float) -> None:
        if self._file is None:
            time.sleep(seconds)
        elif select.select([self._file], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                os.read(self._file, 4096)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)


def listening(path: Path) -> int | None:
    """The pipe, open; None where the disk takes none, or something else has the name."""
    with suppress(FileExistsError, OSError):
        os.mkfifo(path, 0o600)
    try:
        # For writing too: else it would be at its end for good when the first writer has gone.
        file = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    if stat.S_ISFIFO(os.fstat(file).st_mode):
        return file
    os.close(file)
    return None


def nudge(path: Path) -> None:
    """Wake the press that listens at that pipe, if there is one."""
    with suppress(OSError):
        file = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(file, b".")
        finally:
            os.close(file)
