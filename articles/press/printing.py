"""Prints addresses, and does what each page calls for: purges, compression, pictures, the pages after it."""

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from math import inf

from articles.metrics.counts import counted
from articles.press.background import missing_pictures
from articles.press.background.worker import BackgroundWorker
from articles.press.changes.until_printed import UntilPrinted
from articles.press.plan.periods import following
from articles.press.plan.queue import PrintQueue, Rank
from articles.press.purge.stores import Purges
from articles.press.render.failures import forget_failures, note_failure
from articles.press.render.printer import CHANGED, Outcome, Print, PrintedByAnother, Printer, PrintFailed
from articles.press.shelf.interface import Shelf

logger = logging.getLogger("articles.press")

# Seconds for which a page waits for its pictures. A front names a hundred files; if all are missing, they
# take a minute, for which the news would wait.
PICTURES_TAKE = 1.0


class Stopped(Exception):
    """The press was stopped in the middle of its work. The next press does what is not finished."""


class Printing:
    """What a press prints, and what follows from it. Failures are noted under the `name` of the press."""

    def __init__(self, shelf: Shelf, purges: Purges, name: str) -> None:
        self.shelf = shelf
        self.purges = purges
        self.name = name
        self.printer = Printer(shelf)
        self.queue = PrintQueue()
        self.background = BackgroundWorker(shelf)
        self.until_printed = UntilPrinted()
        self.stop = threading.Event()
        # Whether others wait: readers for this process, and news for a page's pictures.
        self.gives_way = False
        # After a fault, pages that were printed before it come out the same as before. The stores in front
        # may not know them yet, so until one turn has gone well these pages are purged too.
        self.tells_all = True
        self._postponed: set[str] = set()

    def start_over(self) -> None:
        self.tells_all = True
        self.queue.clear()
        self._postponed.clear()

    def print_queued(self, until: float) -> None:
        """Print from the queue until that moment, and at least one page if the queue has any."""

        def in_time() -> Iterator[str]:
            while (uri := self.queue.next()) is not None:
                self.background.wait_for_the_press()
                yield uri
                if time.monotonic() >= until:
                    return

        self.print_all(in_time(), postpones=True, pictures_take=PICTURES_TAKE if self.gives_way else inf)

    def print_all(
        self,
        addresses: Iterable[str],
        *,
        recompressed: bool = True,
        postpones: bool = False,
        pictures_take: float = inf,
    ) -> None:
        """Print each address. One that fails is noted for later. With `postpones`, one that another process
        is printing at this moment is put off. Pictures that a page lacks after `pictures_take` seconds are
        made beside the press."""
        good = []
        for uri in addresses:
            if self.stop.is_set():
                raise Stopped
            made = self._printed(uri, postpones=postpones, pictures_take=pictures_take)
            if made is not None:
                self.until_printed.printed(uri)
                self._follow_up(made, recompressed=recompressed)
                good.append(uri)
        if good:
            forget_failures(self.name, good)

    def failed(self, uri: str, error: str) -> None:
        logger.error("%s could not be printed: %s", uri, error)
        note_failure(self.name, uri, error)

    def _printed(self, uri: str, *, postpones: bool, pictures_take: float) -> Print | None:
        waits = not postpones or uri in self._postponed
        self._postponed.discard(uri)
        try:
            return self.printer.print(uri, patience=None if waits else 0.0, pictures_take=pictures_take)
        except PrintedByAnother:
            self._postponed.add(uri)
            self.queue.postpone(uri)
        except PrintFailed as error:
            self.failed(uri, str(error))
            counted.add("pages_printed", "failed")
        return None

    def _follow_up(self, made: Print, *, recompressed: bool) -> None:
        counted.add("pages_printed", made.outcome.name.lower())
        if made.outcome in CHANGED or (self.tells_all and made.outcome is Outcome.SAME):
            # At once, because a store in front must not wait until all other pages are printed.
            self.purges.note([made.path])
        if made.outcome is Outcome.PRINTED and recompressed:
            self.background.recompress(made.path)
        if made.waits and made.facts:
            missing_pictures.note(self.shelf, made.facts.pictures)
        self.queue.add(Rank.REST, following(self.shelf, made.path, made.facts))
