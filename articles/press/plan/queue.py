"""The addresses that are still to be printed, ordered by what readers wait for most."""

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from enum import IntEnum

# Of so many pages one is of the last rank, so that no stream of changes holds that up. One story has about
# fourteen pages before that rank, whose feeds take as long as ten of them.
EVERY_SO_MANY = 20


class Rank(IntEnum):
    ARTICLE = 0  # the article itself
    LIST = 1  # fronts, and the first pages of sections, tags and authors
    ARCHIVE = 2  # months
    REST = 3  # feeds, other pages that show the change, and pages that have to be looked for first


class PrintQueue:
    """If several batches of changes ask for a page, one print serves all batches that came before it."""

    def __init__(self) -> None:
        self._lines: dict[Rank, deque[tuple[int, Iterator[str]]]] = {rank: deque() for rank in Rank}
        self._batch = 0
        self._printed: dict[str, int] = {}
        self._turns = itertools.count(1)

    def begin_batch(self) -> None:
        """Begin a batch. Its pages are printed even if they were printed before, because its changes are
        newer."""
        self._batch += 1

    def add(self, rank: Rank, addresses: Iterable[str]) -> None:
        """Add addresses to the rank. A generator is only asked for an address when its turn comes."""
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
        # Nothing waits. Counting begins anew, so that the next change begins with its article and the front.
        self.clear()
        return None

    def postpone(self, address: str) -> None:
        """Put the address off until the lists are printed, because another process is printing it."""
        self._printed.pop(address, None)
        self.add(Rank.LIST, [address])

    @property
    def is_empty(self) -> bool:
        """False while a generator waits, even if it may turn out to yield no address."""
        return not any(self._lines.values())

    @property
    def is_down_to_the_rest(self) -> bool:
        """Whether no article, list or month waits."""
        return not any(line for rank, line in self._lines.items() if rank < Rank.REST)

    def clear(self) -> None:
        for line in self._lines.values():
            line.clear()
        self._printed.clear()
        self._turns = itertools.count(1)
