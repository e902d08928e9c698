"""One change → the addresses of the pages that show it. Data in, data out.

What comes later (feeds, sitemaps, boards of fronts) is one more line in `lists` or `affected`.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from articles.models.addresses import address

Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands or stood in its section: the pages next to it show it under “More from …”."""

    section_id: int
    at: str


@dataclass(frozen=True, slots=True)
class Affected:
    """`addresses`: to be printed, in this order. The rest names pages that are found when they are printed.

    places: the articles next to these. below: what stands on the shelf under these addresses. moved: what
    stands under the first address has a page under the second now. everything: each printed page.
    """

    addresses: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    below: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    everything: bool = False


# Changes that are seen in the masthead or the foot of every page.
EVERYWHERE = frozenset({"section", "paper"})
# Changes that show on cards, and so on fronts.
ON_CARDS = frozenset({"article", "author", "image", "section", "paper"})


def affected(change: Change) -> Affected:
    """What an outbox entry's change touches; see OutboxEntry for its shape."""
    addresses = [
        *change.get("addresses", ()),
        *lists(change),
        *archives(change),
        *change.get("beside", ()),
    ]
    return Affected(
        addresses=tuple(dict.fromkeys(addresses)),
        places=tuple(dict.fromkeys(Place(*place) for place in change.get("places", ()))),
        below=tuple(change.get("below", ())),
        moved=tuple((old, new) for old, new in change.get("moved", ())),
        everything=bool(change.get("everywhere", change["kind"] in EVERYWHERE)),
    )


def lists(change: Change) -> Iterator[str]:
    """The pages whose newest stories are the article's or the author's …"""
    if change["kind"] in ON_CARDS:
        yield "/"
    yield from change.get("sections", ())
    yield from map(tag_address, change.get("tags", ()))
    yield from map(author_address, change.get("authors", ()))


def archives(change: Change) -> Iterator[str]:
    """The months and days of the paper and of each section, the months of each tag and author."""
    by_day = ("/", *change.get("sections", ()))
    by_month = (
        *map(tag_address, change.get("tags", ())),
        *map(author_address, change.get("authors", ())),
    )
    days = [datetime.date.fromisoformat(day) for day in change.get("days", ())]
    for day in days:
        yield from (f"{start}{day:%Y/%m}/" for start in (*by_day, *by_month))
    for day in days:
        yield from (f"{start}{day:%Y/%m/%d}/" for start in by_day)


def tag_address(slug: str) -> str:
    return address("tag", slug)


def author_address(slug: str) -> str:
    return address("author", slug)


def all_affected(changes: Iterable[Change]) -> Affected:
    """Of several changes at once, each address once, the articles themselves first."""
    changes = list(changes)
    found = [affected(change) for change in changes]
    first = [path for change in changes for path in change.get("addresses", ())]
    rest = [path for each in found for path in each.addresses]
    return Affected(
        addresses=tuple(dict.fromkeys([*first, *rest])),
        places=tuple(dict.fromkeys(place for each in found for place in each.places)),
        below=tuple(dict.fromkeys(path for each in found for path in each.below)),
        moved=tuple(dict.fromkeys(pair for each in found for pair in each.moved)),
        everything=any(each.everything for each in found),
    )
