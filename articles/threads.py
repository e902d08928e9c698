"""Threads that are started again, after a pause, if they end with an unexpected error; and how those work
that look for something to do again and again.

Python itself writes the traceback of the error, as for every thread.
"""

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, close_old_connections

PAUSE = 5.0  # seconds
IDLE = 1.0  # seconds between two looks for something to do
AFTER_TROUBLE = 5.0  # seconds, while the database does not answer


def keep_running(target: Callable[[], None], stop: threading.Event, *, name: str) -> None:
    """Run the function in a thread. Whenever it ends, start it again, until `stop` is set."""

    def keeper() -> None:
        while not stop.is_set():
            worker = threading.Thread(target=target, name=name, daemon=True)
            worker.start()
            worker.join()
            stop.wait(PAUSE)

    threading.Thread(target=keeper, name=f"{name} keeper", daemon=True).start()


def take_turns(
    turn: Callable[[], bool], stop: threading.Event, *, logger: logging.Logger, waits: str
) -> None:
    """Call `turn` until `stop` is set: again at once if it answers that there may be more to do, otherwise
    after a pause. When the database does not answer, the log says what waits for it: `waits` begins that
    line, such as “E-mails wait”."""
    while not stop.is_set():
        pause = IDLE
        try:
            while not stop.is_set() and turn():
                pass
        except (DatabaseError, InterfaceError) as error:
            logger.error("%s for the database: %s", waits, str(error).strip())
            pause = AFTER_TROUBLE
        close_old_connections()
        stop.wait(pause)
