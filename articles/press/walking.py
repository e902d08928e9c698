"""Prints a walk over everything, some pages at a time, so that news comes between them."""

import time
from collections.abc import Iterator
from math import inf

from articles.press.everything.processes import Printers
from articles.press.everything.walk import Walk
from articles.press.printing import Printing

SLICE = 0.05  # seconds for which a walk is printed before the press looks at the outbox again
LONGEST_REST = 0.5  # seconds after pages that nobody asked for


class Walking:
    """A walk, and how it is printed: by this press's own thread, or by processes."""

    def __init__(self, walk: Walk, printing: Printing) -> None:
        self.walk = walk
        self.printing = printing
        self.printers: Printers | None = None

    def print_slice(self) -> bool:
        """Print some pages of a walk over everything. True while there is more to do at once."""
        if not self.walk.is_under_way:
            return False
        if self.printers:
            self._in_processes(self.printers)
            return False
        self._here()
        return True

    def _here(self) -> None:
        started, done = time.monotonic(), []

        def in_time() -> Iterator[str]:
            for step in self.walk.slice():
                if step.address is not None:
                    yield step.address
                done.append(step)
                if time.monotonic() - started >= SLICE:
                    return

        # Nobody has asked for these pages, and news must not wait for the pictures of one.
        pictures_take = 0.0 if self.printing.gives_way else inf
        self.printing.print_all(in_time(), recompressed=False, pictures_take=pictures_take)
        self.walk.done(done[-1])
        if self.printing.gives_way and self.walk.progress().fills:
            # Nobody has asked for these pages. Rest for as long as they took, and leave that time to readers.
            self.printing.stop.wait(min(time.monotonic() - started, LONGEST_REST))

    def _in_processes(self, printers: Printers) -> None:
        printers.hand_out(self.walk.steps())
        for tally, step in printers.finished():
            for address, error in tally.failed:
                self.printing.failed(address, error)
            self.walk.done(step)
