"""Readers who go round all that is published while something goes wrong, and remember what they should not have got."""

import itertools
import random
import threading

from tests import corpora
from tests.servers import ask

# Seconds between two pages of a reader. Without a pause to speak of they would take the processor from what is tried.
PAUSE = 0.005 if corpora.is_full else 0.05
CODINGS = ("", "gzip", "br", "gzip, deflate, br")


class Readers:
    """`with Readers(port) as readers:` … `readers.know(path)`; at the end `readers.faults` is empty, or says why not."""

    def __init__(self, port, *, count=2, never=()):
        self.port = port
        self.never = [words.encode() for words in never]
        self.faults = []
        self.pages = 0
        self._known = {}
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(number,)) for number in range(count)]

    def know(self, *paths, statuses=(200,)):
        for path in paths:
            self._known[path] = statuses

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_problem):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, number):
        dice = random.Random(number)  # noqa: S311 - which page next
        for coding in itertools.cycle(CODINGS):
            if self._stop.wait(PAUSE):
                return
            if self._known:
                path = dice.choice(list(self._known))
                self._judge(path, coding)

    def _judge(self, path, coding):
        statuses = self._known[path]
        try:
            answer = ask(self.port, path, accept_encoding=coding)
        except OSError as error:
            self.faults.append(f"{path}: {error}")
            return
        self.pages += 1
        if answer.status not in statuses:
            self.faults.append(f"{path} answered {answer.status}")
        elif not answer.is_whole:
            self.faults.append(f"{path} came torn ({coding or 'plain'}, {len(answer.raw)} bytes)")
        elif any(words in answer.body for words in self.never):
            self.faults.append(f"{path} shows what is not public")
