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
    """The pages to be printed: the articles themselves, lists of the newest, months, and what shows the
    change in passing. The rest names pages that are found when they are printed.

    days: these and their parts, where they stand on the shelf. places: the articles next to these. below:
    what stands on the shelf under these addresses. moved: what stands under the first address has a page
    under the second now. everything: each printed page.
    """

    articles: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    below: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    everything: bool = False


# Changes that are seen in the masthead or the foot of every page.
EVERYWHERE = frozenset({"section", "paper"})
# Changes that show on cards, and so on fronts.
ON_CARDS = frozenset({"article", "author", "image", "section", "paper"})


def affected(change: Change) -> Affected:
    """What an outbox entry's change touches; see OutboxEntry for its shape. KeyError, TypeError or ValueError
    if it has another."""
    return Affected(
        articles=words(change.get("addresses", ())),
        lists=words(lists(change)),
        months=words(months(change)),
        beside=words(change.get("beside", ())),
        places=tuple(dict.fromkeys(Place(*place) for place in change.get("places", ()))),
        days=words(days(change)),
        below=words(change.get("below", ())),
        moved=tuple((old, new) for old, new in change.get("moved", ())),
        everything=bool(change.get("everywhere", change["kind"] in EVERYWHERE)),
    )


def words(said: Iterable[str]) -> tuple[str, ...]:
    """Each once, in their order."""
    found = tuple(dict.fromkeys(said))
    if not all(isinstance(word, str) for word in found):
        raise TypeError("an address that is no text")
    return found


def lists(change: Change) -> Iterator[str]:
    """The pages whose newest stories are the article's or the author's …"""
    if change["kind"] in ON_CARDS:
        yield "/"
    yield from change.get("sections", ())
    yield from map(tag_address, change.get("tags", ()))
    yield from map(author_address, change.get("authors", ()))


def months(change: Change) -> Iterator[str]:
    """Of the paper and of each section, tag and author."""
    for day in dates(change):
        yield from (f"{start}{day:%Y/%m}/" for start in collections(change))


def days(change: Change) -> Iterator[str]:
    """A month that has too much for a page leads to its days; others are printed when somebody asks. So are
    redirects from where a section, a tag or an author once was."""
    for day in dates(change):
        yield from (f"{start}{day:%Y/%m/%d}/" for start in collections(change))
        for start in change.get("formerly", ()):
            yield from (f"{start}{day:%Y/%m}/", f"{start}{day:%Y/%m/%d}/")


def dates(change: Change) -> list[datetime.date]:
    return [datetime.date.fromisoformat(day) for day in change.get("days", ())]


def collections(change: Change) -> Iterator[str]:
    """Where the lists begin that are divided by date."""
    yield from ("/", *change.get("sections", ()))
    yield from map(tag_address, change.get("tags", ()))
    yield from map(author_address, change.get("authors", ()))


def tag_address(slug: str) -> str:
    return address("tag", slug)


def author_address(slug: str) -> str:
    return address("author", slug)


def all_affected(changes: Iterable[Change]) -> Affected:
    """Of several changes at once, each address once."""
    found = [affected(change) for change in changes]
    together = {
        name: tuple(dict.fromkeys(each for one in found for each in getattr(one, name)))
        for name in ("articles", "lists", "months", "beside", "days", "places", "below", "moved")
    }
    return Affected(**together, everything=any(one.everything for one in found))
