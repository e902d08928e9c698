"""The thread that looks. Each process of a host that serves or prints has one, and one of them at a time
looks: it holds a lock, which ends with the process, in whatever way that ends."""

import atexit
import logging
import threading
import time
from functools import partial

from django.db import DatabaseError, InterfaceError, connections
from django.utils import timezone

from articles.conf import metrics_settings, var_folder
from articles.metrics.files import write_regularly
from articles.press.shelf.locks import lead
from articles.threads import keep_running

from .alarms import Alarms
from .listening import telling_metrics
from .looking import keep, look

logger = logging.getLogger("articles.operation")

FIRST = 10.0  # seconds after the start, which has more to do than this
TRY_EVERY = 5.0  # seconds after which another process takes over from one that has ended
EVERY = 60.0  # seconds
THOROUGHLY_EVERY = 900.0  # seconds between two looks at what changes slowly


def start_watching() -> threading.Event:
    """Set the event to stop it."""
    stop = threading.Event()
    if metrics_settings().is_on:
        write_regularly(stop)
    keep_running(partial(watch_when_leading, stop), stop, name="watch")
    atexit.register(stop.set)
    return stop


def watch_when_leading(stop):
    while not stop.is_set():
        try:
            with lead(var_folder() / "watch.lock") as leading:
                if leading:
                    with telling_metrics():
                        watch(stop, leading)
        except OSError as error:
            logger.error("Nobody looks after the site for now: %s", error)
        stop.wait(TRY_EVERY)


def watch(stop, leading):
    watcher, last = Watcher(), None
    stop.wait(FIRST)
    while not stop.is_set() and leading:
        thoroughly = last is None or time.monotonic() - last >= THOROUGHLY_EVERY
        if watcher.turn(timezone.now(), thoroughly=thoroughly) and thoroughly:
            last = time.monotonic()
        connections.close_all()
        stop.wait(EVERY)


class Watcher:
    def __init__(self):
        # By the names of the checks, those of which are not all made each time.
        self.found = {}
        self.alarms = Alarms()

    def turn(self, now, *, thoroughly):
        """False if what was found can't be kept, because the database is away or its disk is full."""
        found = look(thoroughly=thoroughly)
        self.found |= found
        is_kept = True
        try:
            keep(found, now, thoroughly=thoroughly)
        except (DatabaseError, InterfaceError) as error:
            logger.error("What the doctor finds is not kept: %s", str(error).strip())
            is_kept = False
        self.alarms.take([finding for findings in self.found.values() for finding in findings], now)
        return is_kept
