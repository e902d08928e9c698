"""Processes that print the pages of a walk, while the process that began them prints the news."""

import itertools
import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from django.core.signals import request_finished
from django.db import close_old_connections, connections

from .print_all import Tally, chunks, print_chunk
from .walk import Step

AHEAD = 4  # chunks for each process: a million addresses are not queued up in memory
LOOK_EVERY = 1.0  # seconds between two looks whether the process that began these is still there


class Printers:
    """Make this before the process has threads, because a forked process has only the thread that forked
    it."""

    def __init__(self, jobs: int, *, best: bool = False) -> None:
        self.jobs = jobs
        self.best = best
        leave_database()
        context = multiprocessing.get_context("fork")
        self._pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=begin, initargs=[os.getpid()])
        # Wait until the processes are forked, before anything asks the database: they must not share a
        # connection.
        self._pool.submit(os.getpid).result()
        self._steps: Iterator[Step] | None = None
        self._under_way: deque[tuple[Future[Tally], Step]] = deque()

    def print(self, steps: Iterator[Step]) -> Iterator[tuple[Tally, Step]]:
        """Print all steps; yields the results in order."""
        try:
            while self.hand_out(steps):
                future, step = self._under_way.popleft()
                yield future.result(), step
        finally:
            # After an error, the chunks that wait would probably each fail with the same error.
            self._pool.shutdown(cancel_futures=True)

    def hand_out(self, steps: Iterator[Step]) -> bool:
        """Hand out chunks until there are AHEAD for each process; False if nothing is under way.

        If `steps` is another iterator than before, the walk was begun again. Then the chunks in hand are
        dropped: their pages come again, and may have been rendered before the change that caused the walk.
        """
        if steps is not self._steps:
            self._steps = steps
            for future, _ in self._under_way:
                future.cancel()
            self._under_way.clear()
        for addresses, last in itertools.islice(chunks(steps), self.jobs * AHEAD - len(self._under_way)):
            self._under_way.append((self._pool.submit(print_chunk, addresses, best=self.best), last))
        return bool(self._under_way)

    def finished(self) -> Iterator[tuple[Tally, Step]]:
        """Yields the results of the chunks that are printed by now, in order."""
        while self._under_way and self._under_way[0][0].done():
            future, step = self._under_way.popleft()
            yield future.result(), step


def leave_database() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


def begin(parent: int) -> None:
    os.nice(5)  # readers' requests come first
    # Otherwise each page would give its connection back to the pool, and the next one would first ask the
    # database whether the connection is well. If it is lost, the printer notices that by itself.
    request_finished.disconnect(close_old_connections)
    threading.Thread(target=end_with, args=[parent], daemon=True).start()


def end_with(parent: int) -> None:
    """End this process when its parent has gone. Otherwise it would wait for more work for ever."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(1)
