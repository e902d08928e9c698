"""Who has written to the outbox on this host wakes its press, which else would look there a moment later.

A FIFO on the shelf that carries nothing but the nudge: what is to be printed stands in the database. A nudge
that comes to nobody costs readers the wait until the next look.
"""

import os
import select
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import transaction

from articles.conf import press_settings

NAME = "nudge"


class WakeUp:
    """The press's own end."""

    def __init__(self, shelf: Path) -> None:
        self._file = listening(shelf / NAME)

    def wait(self, seconds: float) -> None:
        """So long, or until there is a nudge."""
        if self._file is None:
            time.sleep(seconds)
        elif select.select([self._file], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                os.read(self._file, 4096)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)


def listening(path: Path) -> int | None:
    """The FIFO, open; None where the disk takes none, or something else has the name."""
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


def nudge(shelf: Path) -> None:
    """Wake the press of that shelf, if one listens."""
    with suppress(OSError):
        file = os.open(shelf / NAME, os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(file, b".")
        finally:
            os.close(file)


def nudge_when_written(**_: Any) -> None:
    """For the outbox's post_save: as soon as others can read the entry."""
    transaction.on_commit(lambda: nudge(press_settings().shelf), robust=True)
