"""The thread beside the press in which pictures are scaled while nobody waits for them."""

import logging
import os
import threading
from collections import deque
from collections.abc import Iterable
from contextlib import suppress

from django.db import InterfaceError, OperationalError, close_old_connections

from . import wanted
from .pictures_ahead import make_ahead, make_expected
from .shelf import Shelf

logger = logging.getLogger("articles.press")

IDLE = 0.5  # seconds between two looks for something to do
AFTER_TROUBLE = 10.0  # seconds
NICE = 10  # readers' requests and the press itself come first


class PictureRoom:
    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._numbers: deque[int] = deque()

    def want(self, numbers: Iterable[int]) -> None:
        """New pictures of the library. Lost in a crash: then the pages that name them wait for them."""
        self._numbers.extend(numbers)

    def open(self, stop: threading.Event) -> None:
        threading.Thread(target=self._work, args=(stop,), name="pictures", daemon=True).start()

    def work_off(self, stop: threading.Event) -> None:
        """Make everything that is wanted now."""
        for path in wanted.take(self.shelf):
            if page := self.shelf.read(path):
                make_ahead(page.body)
            if stop.is_set():
                return
        while self._numbers and not stop.is_set():
            make_expected(self._numbers[0])
            self._numbers.popleft()

    def _work(self, stop: threading.Event) -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        while not stop.is_set():
            try:
                self.work_off(stop)
                pause = IDLE
            except (OSError, OperationalError, InterfaceError) as error:
                logger.error("Pictures are not made ahead at the moment: %s", error)
                pause = AFTER_TROUBLE
            close_old_connections()
            stop.wait(pause)
