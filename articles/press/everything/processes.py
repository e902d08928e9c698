"""Processes that print what a walk comes to, while another one prints the news."""

import itertools
import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from django.db import connections

from .print_all import Tally, chunks, print_chunk
from .walk import Step

AHEAD = 4  # chunks for each process: a million addresses are not queued up in memory
LOOK_EVERY = 1.0  # seconds between two looks whether the process that began these is still there


class Printers:
    """Begun before this process has threads: those that are forked off would have only a part of them."""

    def __init__(self, jobs: int, *, best: bool = False) -> None:
        self.jobs = jobs
        self.best = best
        leave_database()
        context = multiprocessing.get_context("fork")
        self._pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=begin, initargs=[os.getpid()])
        # Forked before anything is asked of the database: processes must not share its connection.
        self._pool.submit(os.getpid).result()
        self._steps: Iterator[Step] | None = None
        self._under_way: deque[tuple[Future[Tally], Step]] = deque()

    def print(self, steps: Iterator[Step]) -> Iterator[tuple[Tally, Step]]:
        """All of it, in order."""
        try:
            while self.hand_out(steps):
                future, step = self._under_way.popleft()
                yield future.result(), step
        finally:
            # After an error those that wait would each meet the same one, one after the other.
            self._pool.shutdown(cancel_futures=True)

    def hand_out(self, steps: Iterator[Step]) -> bool:
        """As much as is to be handed out at a time; False if nothing is under way.

        Other steps than before are those of a walk that was begun again. What was in hand then is dropped: it
        comes again, and may have been made before the cause of the walk.
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
        """What is printed by now, in order."""
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
    threading.Thread(target=end_with, args=[parent], daemon=True).start()


def end_with(parent: int) -> None:
    """One whose parent was killed would wait for more for ever."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(1)
