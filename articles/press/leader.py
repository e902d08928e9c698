"""One press at a time for each shelf: whoever holds the lock leads, however many workers there are."""

import atexit
import logging
import threading
from contextlib import suppress
from functools import partial

from articles.threads import keep_running

from .press import Press, the_press

logger = logging.getLogger("articles.press")

TRY_EVERY = 1.0  # seconds after which another worker takes over from one that is gone


def run_when_leading(press: Press, stop: threading.Event) -> None:
    """Each web worker calls this. The first one leads and prints; when it ends, another takes over."""
    while not stop.is_set():
        # A disk that refuses even the lock file is reported by the process that leads, or by the request of a
        # reader. So the error is dropped here.
        with suppress(OSError), press.shelf.lead() as leading:
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
