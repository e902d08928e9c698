"""Reloading: told SIGHUP, the server starts new workers in the places of the old ones, one after the other.

Granian does so by the clock: 3.5 seconds after a new worker was started, the old one is stopped. On a busy
machine no worker listens then. Here the old one is stopped once the new one is ready, and stays if the new
one ends before. A new worker loads the code and reads the settings that are there at that moment; the folder
may be a link that leads to another version by now.
"""

import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from granian._internal import load_target
from granian.server import common

PATIENCE = 120.0  # seconds that a new worker gets to load the site
LOOK_EVERY = 0.1
# Between saying that it has loaded the site and listening, a worker does nothing that takes long.
UNTIL_IT_LISTENS = 1.0

has_reloaded = threading.Event()


class Heard:
    """Whether a worker has said that it has loaded the site. A signal interrupts whatever the server does, so
    no lock may be taken then, as an Event would: whom it interrupts may hold it, and both would wait for
    ever."""

    is_so = False

    def say_so(self, *_signal: Any) -> None:
        self.is_so = True


has_loaded = Heard()


def prepare() -> None:
    """To be called by the server before it starts its first worker."""
    signal.signal(signal.SIGUSR1, has_loaded.say_so)
    common.AbstractServer._respawn_workers = respawn
    common.load_target = load


def say_loaded() -> None:
    """To be called by a worker, to tell its server."""
    os.kill(os.getppid(), signal.SIGUSR1)


def load(target: str, wd: Path | None, factory: bool = False) -> Any:
    """Load the site from the folder `wd`. A worker is a copy of its server: after a reload, what the server
    has loaded of ours may be another version's, and is forgotten."""
    if wd:
        os.chdir(wd)
    if has_reloaded.is_set():
        for name in [name for name in sys.modules if name.partition(".")[0] == "articles"]:
            del sys.modules[name]
        sys.path[:] = [path for path in sys.path if not Path(path, "newsroom", "wsgi.py").exists()]
        importlib.invalidate_caches()
    return load_target(target, wd, factory)


def respawn(server: Any, numbers: Iterable[int], target: Any, loader: Any, delay: float = 0) -> None:
    """In granian's place. Without a delay workers are gone already; with one, it was told to reload."""
    if delay:
        has_reloaded.set()
    for number in numbers:
        server.respawned_wrks[number] = time.monotonic()
        new = server._spawn_worker(idx=number, target=target, callback_loader=loader)
        if not delay:
            new.start()
        elif not becomes_ready(new, server):
            common.logger.error("A new worker did not start. The old ones go on with what they have loaded.")
            new.kill()
            return
        old, server.wrks[number] = server.wrks[number], new
        stop(old, server.workers_kill_timeout)


def becomes_ready(worker: Any, server: Any) -> bool:
    # Granian starts workers anew that end by themselves. This one has no place yet.
    worker.interrupt_by_parent = True
    has_loaded.is_so = False
    worker.start()
    deadline = time.monotonic() + PATIENCE
    while not has_loaded.is_so:
        if not worker.is_alive() or server.interrupt_signal or time.monotonic() > deadline:
            return False
        time.sleep(LOOK_EVERY)
    time.sleep(UNTIL_IT_LISTENS)
    worker.interrupt_by_parent = False
    return worker.is_alive()


def stop(worker: Any, patience: float) -> None:
    worker.terminate()
    worker.join(patience)
    if worker.is_alive():
        worker.kill()
        worker.join()
