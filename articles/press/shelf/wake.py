"""A named pipe on the shelf that wakes the press. It carries no data, because what is to be printed is in the
database.

If a nudge is lost, readers wait until the press looks at the outbox by itself.
"""

import os
import select
import stat
import time
from contextlib import suppress
from pathlib import Path

from .interface import WakeUp


class Pipe(WakeUp):
    """The end of the pipe at which the press listens."""

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
    """The open pipe. None if the disk takes no pipes, or if something else has its name."""
    with suppress(FileExistsError, OSError):
        os.mkfifo(path, 0o600)
    try:
        # Opened for writing too. Otherwise the pipe would report its end for ever after the first writer has
        # gone.
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
