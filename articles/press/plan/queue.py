"""What is still to be printed: what readers wait for most comes first, however many changes ask for it."""

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from enum import IntEnum

EVERY_SO_MANY = 8  # pages, one is of the last rank: an endless stream of changes must not hold that up


class Rank(IntEnum):
    ARTICLE = 0  # the article itself
    LIST = 1  # fronts, and the first pages of sections, tags and authors
    ARCHIVE = 2  # months
    REST = 3  # what shows it in passing, and what has to be looked for first


class PrintQueue:
    """A page that several batches of changes ask for is printed once for all that came before."""

    def __init__(self) -> None:
        self._lines: dict[Rank, deque[tuple[int, Iterator[str]]]] = {rank: deque() for rank in Rank}
        self._batch = 0
        self._printed: dict[str, int] = {}
        self._turns = itertools.count(1)

    def begin_batch(self) -> None:
        """What is added from now on was changed after everything that was printed until now."""
        self._batch += 1

    def add(self, rank: Rank, addresses: Iterable[str]) -> None:
        """They are asked for one by one, so a generator does its looking only when its turn has come."""
        self._lines[rank].append((self._batch, iter(addresses)))

    def next(self) -> str | None:
        """The address to print now; None when everything is printed."""
        last_first = next(self._turns) % EVERY_SO_MANY == 0
        for rank in reversed(Rank) if last_first else Rank:
            line = self._lines[rank]
            while line:
                batch, addresses = line[0]
                address = next(addresses, None)
                if address is None:
                    line.popleft()
                elif self._printed.get(address, -1) < batch:
                    self._printed[address] = self._batch
                    return address
        # Nothing has waited so far: the next change begins with its article and the front.
        self.clear()
        return None

    def postpone(self, address: str) -> None:
        """Until the lists are printed: somebody else has it in hand."""
        self._printed.pop(address, None)
        self.add(Rank.LIST, [address])

    @property
    def is_empty(self) -> bool:
        """Also when what waits may turn out to be nothing, it is not empty."""
        return not any(self._lines.values())

    def clear(self) -> None:
        for line in self._lines.values():
            line.clear()
        self._printed.clear()
        self._turns = itertools.count(1)
