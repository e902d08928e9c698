"""A feed whatever its format: what it is about and its entries, as many as fit."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from articles.conf import absolute, paper, telling_settings

from .entries import Entry

LARGEST = 1_000_000  # bytes; some readers' programs and hubs take no more
BEGINNING = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Feed:
    """start: the address of the front, section, tag or author. own: the feed's own address, without the
    host. key: the kind and number of what it is about, from which its id is made, so that the id stays when
    the name and the address change."""

    key: str
    title: str
    description: str
    start: str
    own: str
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        return uuid5(NAMESPACE_URL, f"{paper().url}/#{self.key}").urn

    @property
    def home_address(self) -> str:
        return absolute(self.start)

    @property
    def address(self) -> str:
        return absolute(self.own)

    @property
    def hub(self) -> str:
        """The WebSub hub that is told of changes; empty for none."""
        return telling_settings().hub

    @property
    def updated(self) -> datetime.datetime:
        """When its newest entry was changed; the beginning of time if it has none."""
        return max((entry.updated for entry in self.entries), default=BEGINNING)


def that_fit(entries: Sequence[Entry], write: Callable[[Entry], str], head: str) -> list[tuple[Entry, str]]:
    """The newest entries that fit into a feed together, each with its text as `write` writes it. A text is
    never cut: one that would fill a feed alone is left out, and the feed ends before the first that has no
    room."""
    room, found = LARGEST - size(head), []
    for entry in entries:
        text = write(entry)
        wanted = size(text)
        if wanted <= room:
            found.append((entry, text))
            room -= wanted
        elif found or wanted <= LARGEST - size(head):
            break
    return found


def size(text: str) -> int:
    return len(text.encode(errors="replace"))
