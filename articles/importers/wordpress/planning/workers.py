"""Processes that convert texts while this one reads and writes.

Converting takes most of the time of an import and needs no database, only the scratch file of the survey.
Each worker is a copy of this process as it is when they are begun. It writes nothing, and it ends when this
process ends, however that happens: the pipe between them is closed then.

Python's own ProcessPoolExecutor needs threads, whose memory cannot be given back, and its workers wait for
ever if this process is killed.
"""

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# More would wait for the database.
MOST = 4
# Seconds until a worker that does not end is killed.
PATIENCE = 5
# Objects until Python looks for cycles among the new ones, and so on; see the module gc.
SELDOM = (20_000, 20, 20)


class WorkerLost(Exception):
    """A worker has ended before its work was done. The system kills processes if memory is short."""

    def __init__(self) -> None:
        super().__init__("A process that converts texts has ended; perhaps there was too little memory.")


class Job(Generic[R]):
    def __init__(self, pipe: Connection):
        self.pipe = pipe
        self.answer: list[R] | BaseException | None = None

    def wait(self) -> None:
        if self.answer is None:
            try:
                self.answer = self.pipe.recv()
            except (EOFError, ConnectionError) as error:
                raise WorkerLost from error

    def result(self) -> list[R]:
        self.wait()
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer or []


class Workers(Generic[T, R]):
    """`work` is what is done with each thing; `begin` is called first in each worker."""

    def __init__(self, work: Callable[[T], R], *, begin: Callable[[], object], number: int | None = None):
        self.number = number or min(MOST, len(os.sched_getaffinity(0)))
        # A copy knows all that this process knows, and shares its memory.
        context = multiprocessing.get_context("fork")
        self.idle: deque[Connection] = deque()
        self.jobs: deque[Job[R]] = deque()
        self.processes = []
        for _ in range(self.number):
            here, there = context.Pipe()
            # Our ends of all pipes are in the copy too.
            ours = [*self.idle, here]
            process = context.Process(target=serve, args=(there, ours, work, begin), daemon=True)
            process.start()
            there.close()
            self.idle.append(here)
            self.processes.append(process)

    def begin(self, things: Sequence[T]) -> Callable[[], list[R]]:
        """Answers what waits for the results. Calling it raises what was raised there. A worker has one job
        at a time, so if all of them have one, the first of these is waited for."""
        if not self.idle:
            self.collect()
        job: Job[R] = Job(self.idle.popleft())
        try:
            job.pipe.send(list(things))
        except ConnectionError as error:
            raise WorkerLost from error
        self.jobs.append(job)

        def result() -> list[R]:
            while job.answer is None:
                self.collect()
            return job.result()

        return result

    def collect(self) -> None:
        """The answer to the oldest job, whose worker is free then."""
        job = self.jobs.popleft()
        job.wait()
        self.idle.append(job.pipe)

    def close(self) -> None:
        for pipe in (*self.idle, *(job.pipe for job in self.jobs)):
            pipe.close()
        for process in self.processes:
            process.join(PATIENCE)
            process.kill()


def serve(pipe: Connection, ours: list[Connection], work: Callable, begin: Callable[[], object]) -> None:
    # Ctrl-C is for the process that hands the work over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in ours:
        each.close()
    begin()
    look_for_cycles_seldom()
    try:
        while True:
            pipe.send(done_with_each(pipe.recv(), work))
    except (EOFError, ConnectionError):
        # Nobody waits for it any more.
        os._exit(0)


def done_with_each(things: Sequence[T], work: Callable[[T], R]) -> list[R] | Exception:
    try:
        return [work(each) for each in things]
    except Exception as error:
        # It is raised where the result is waited for.
        return error


def look_for_cycles_seldom() -> None:
    """Texts become trees of many objects without cycles, and Python would look for some a hundred times in
    each. What is there already stays until the process ends."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
