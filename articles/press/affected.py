"""One change → the addresses of the pages that show it. Data in, data out.

What comes later (feeds, sitemaps, boards of fronts) is one more line in `affected`.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from articles.models.addresses import address

Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Affected:
    """Addresses in the order of printing; `everything`: each printed page shows the change."""

    addresses: tuple[str, ...] = ()
    everything: bool = False


# Changes that are seen in the masthead or the foot of every page.
EVERYWHERE = frozenset({"section", "paper"})


def affected(change: Change) -> Affected:
    """What an outbox entry's change touches; see OutboxEntry for its shape."""
    fronts = ["/"] if shows_on_fronts(change) else []
    addresses = [
        *change.get("addresses", ()),
        *fronts,
        *change.get("sections", ()),
        *(address("tag", slug) for slug in change.get("tags", ())),
        *(address("author", slug) for slug in change.get("authors", ())),
        *archives(change),
        *change.get("beside", ()),
    ]
    everywhere = change["kind"] in EVERYWHERE or bool(change.get("everywhere"))
    return Affected(tuple(dict.fromkeys(addresses)), everywhere)


def shows_on_fronts(change: Change) -> bool:
    return change["kind"] != "page"


def archives(change: Change) -> Iterator[str]:
    """The months and days of the paper, and of each section, tag and author that the article stands in."""
    lists = [
        "/",
        *change.get("sections", ()),
        *(address("tag", slug) for slug in change.get("tags", ())),
        *(address("author", slug) for slug in change.get("authors", ())),
    ]
    for day in map(datetime.date.fromisoformat, change.get("days", ())):
        for start in lists:
            yield f"{start}{day:%Y/%m}/"
            yield f"{start}{day:%Y/%m/%d}/"


def all_affected(changes: Iterable[Change]) -> Affected:
    """Of several changes at once, each address once, the articles themselves first."""
    found = [affected(change) for change in changes]
    first = [path for change in changes for path in change.get("addresses", ())]
    rest = [path for each in found for path in each.addresses]
    return Affected(tuple(dict.fromkeys([*first, *rest])), any(each.everything for each in found))
