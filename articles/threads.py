"""Threads that go on: one that ends by an error nobody foresaw is begun again after a pause.

The error itself is said with its traceback by Python, as for every thread.
"""

import threading
from collections.abc import Callable

PAUSE = 5.0  # seconds


def keep_running(target: Callable[[], None], stop: threading.Event, *, name: str) -> None:
    """Until it returns after `stop` was set."""

    def keeper() -> None:
        while not stop.is_set():
            worker = threading.Thread(target=target, name=name, daemon=True)
            worker.start()
            worker.join()
            stop.wait(PAUSE)

    threading.Thread(target=keeper, name=f"{name} keeper", daemon=True).start()
