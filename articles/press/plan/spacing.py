"""Feeds of tags and authors are printed at most every five seconds each, however often their stories change.

A feed that was printed a moment ago is put off until then. What is put off is noted on the shelf, because the
entry of the outbox is done with before that.
"""

import datetime
import time
from collections.abc import Iterable, Iterator

from articles.press.shelf.interface import Shelf

EVERY = 5.0  # seconds


class Spacing:
    def __init__(self, shelf: Shelf) -> None:
        self._note = shelf.note("put-off.txt")
        # Address → when it was printed last, for those of the last seconds.
        self._printed: dict[str, float] = {}
        # Address → up to when all its changes are on the shelf.
        self._put_off: dict[str, datetime.datetime] = {}
        # The same of those that wait in the press's queue by now.
        self._on_the_way: dict[str, datetime.datetime] = {}
        self._noted: list[str] = []

    def take_up(self) -> list[str]:
        """What was put off before a fault, or by the press before this one."""
        self._noted = (self._note.read() or "").splitlines()
        return self._noted

    def those_due(self, addresses: Iterable[str], printed_until: datetime.datetime) -> Iterator[str]:
        """Those of them that can be printed now. The others are put off. All changes until `printed_until`
        are on the shelf."""
        for address in addresses:
            if self._is_due(address):
                yield self.printed_now(address)
            else:
                self._put_off.setdefault(address, printed_until)

    def printed_now(self, address: str) -> str:
        self._printed[address] = time.monotonic()
        self._put_off.pop(address, None)
        return address

    def put_off_until_now(self) -> list[str]:
        """What was put off and is due now, for the queue."""
        self._printed = {address: at for address, at in self._printed.items() if not self._is_due(address)}
        due = {address: until for address, until in self._put_off.items() if self._is_due(address)}
        self._on_the_way = due | self._on_the_way
        return [self.printed_now(address) for address in due]

    def keep(self) -> None:
        """Note what is put off, when the queue is empty; usually nothing has changed there, and nothing is
        written."""
        self._on_the_way.clear()
        if (put_off := list(self._put_off)) != self._noted:
            self._note.write("\n".join(put_off))
            self._noted = put_off

    def printed_until(self, clock: datetime.datetime) -> datetime.datetime:
        """Up to when all changes are on the shelf, if that is `clock` for all other pages."""
        return min([clock, *self._put_off.values(), *self._on_the_way.values()])

    def _is_due(self, address: str) -> bool:
        return time.monotonic() - self._printed.get(address, -EVERY) >= EVERY
