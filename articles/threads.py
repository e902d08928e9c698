"""Threads that are started again, after a pause, if they end with an unexpected error.

Python itself writes the traceback of the error, as for every thread.
"""

import threading
from collections.abc import Callable

PAUSE = 5.0  # seconds


def keep_running(target: Callable[[], None], stop: threading.Event, *, name: str) -> None:
    """Run the function in a thread. Whenever it ends, start it again, until `stop` is set."""

    def keeper() -> None:
        while not stop.is_set():
            worker = threading.Thread(target=target, name=name, daemon=True)
            worker.start()
            worker.join()
            stop.wait(PAUSE)

    threading.Thread(target=keeper, name=f"{name} keeper", daemon=True).start()
