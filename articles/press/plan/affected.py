"""One change → the addresses of the pages that show it. Data in, data out.

A change of an article that readers had before and have afterwards says which of its values are others now
(publishing/article/seen.py), and which lists it came into or left: those lists are printed. A list that it
stays in is printed if a page of that kind shows one of these values, and the page on the shelf shows the
article. Any other change of an article says neither: then all that shows it is printed.

What each kind of page shows stands here, in one place:

    its own page     everything
    front            LIST, in one place or another; ON_THE_FRONT decides which stories stand where
    section          IN_A_SECTION
    tag, author      LIST
    month, day       BY_DATE
    “More from …”    BESIDE, and of the story that stands first its picture
    feed, sitemap    there are none yet. Each becomes a line here, with the values that it shows, and its
                     address in `lists`: a feed of whole texts shows those of the article's own page too,
                     a sitemap `address` and `updated_at`.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from articles.models.addresses import address
from articles.models.article_queries import CARD, MORE

Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands or stood in its section: the articles after it show it under “More from …”.

    reach: how many of them show what has changed. They are all that list it, or the next one alone, whose
    list begins with it and so has its picture.
    """

    section_id: int
    at: str
    reach: int = MORE


@dataclass(frozen=True, slots=True)
class MayShow:
    """A page that has to be printed if the printed one leads to one of these articles."""

    page: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Affected:
    """The pages to be printed: the articles themselves, lists of the newest, months, and what shows the
    change in passing. The rest names pages that are found when they are printed.

    showing_…: such pages, to be printed if they show the article. days: these and their parts, where they
    stand on the shelf. places: the articles next to these. below: what stands on the shelf under these
    addresses. moved: what stands under the first address has a page under the second now. everything: each
    printed page.
    """

    articles: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    showing_lists: tuple[MayShow, ...] = ()
    showing_months: tuple[MayShow, ...] = ()
    showing_days: tuple[MayShow, ...] = ()
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

# What kinds of pages show of an article, by the names in CARD.
LIST = frozenset(CARD)
IN_A_SECTION = LIST - {"section_name"}
BY_DATE = LIST - {"summary"}
BESIDE = IN_A_SECTION & BY_DATE - {"has_picture", "picture"} | {"section_id"}
FIRST_BESIDE = frozenset({"picture"})
ON_THE_FRONT = frozenset({"has_picture"})


def affected(change: Change) -> Affected:
    """What an outbox entry's change touches; see OutboxEntry for its shape. KeyError, TypeError or ValueError
    if it has another."""
    return Affected(
        articles=words(change.get("addresses", ())),
        lists=words(lists(change)),
        months=words(months(change)),
        showing_lists=tuple(showing_lists(change)),
        showing_months=tuple(showing_dates(change, "%Y/%m/")),
        showing_days=tuple(showing_dates(change, "%Y/%m/%d/")),
        beside=words(change.get("beside", ())),
        places=tuple(dict.fromkeys(places(change))),
        days=words(days(change)),
        below=words(change.get("below", ())),
        moved=tuple((old, new) for old, new in change.get("moved", ())),
        everything=bool(change.get("everywhere", change["kind"] in EVERYWHERE)),
    )


def changed(change: Change) -> frozenset[str] | None:
    """The names of the values that are others now; None if the change does not say: then all may be."""
    return frozenset(words(change["changed"])) if "changed" in change else None


def came_or_left(change: Change) -> Change:
    """The sections, tags and authors whose lists have one story more or less, or another order."""
    return change if changed(change) is None else change.get("came_or_left", {})


def words(said: Iterable[str]) -> tuple[str, ...]:
    """Each once, in their order."""
    found = tuple(dict.fromkeys(said))
    if not all(isinstance(word, str) for word in found):
        raise TypeError("an address that is no text")
    return found


def lists(change: Change) -> Iterator[str]:
    """The first pages that are printed whatever they show now."""
    if change["kind"] in ON_CARDS and is_for_the_front(change):
        yield "/"
    yield from collections(came_or_left(change))


def is_for_the_front(change: Change) -> bool:
    """Whether it may put other stories on the front, or the same in other places. Otherwise the front is a
    list like others. It is laid out by departments, whose addresses have one word."""
    values = changed(change)
    if values is None:
        return change.get("everywhere") is not False
    departments = [address for address in came_or_left(change).get("sections", ()) if address.count("/") == 2]
    return bool(departments or values & ON_THE_FRONT)


def months(change: Change) -> Iterator[str]:
    """Of the paper and of each section, tag and author."""
    for day in dates(change):
        yield from (f"{start}{day:%Y/%m}/" for start in archives(change))


def days(change: Change) -> Iterator[str]:
    """A month that has too much for a page leads to its days; others are printed when somebody asks. So are
    redirects from where a section, a tag or an author once was."""
    for day in dates(change):
        yield from (f"{start}{day:%Y/%m/%d}/" for start in archives(change))
        for start in change.get("formerly", ()):
            yield from (f"{start}{day:%Y/%m}/", f"{start}{day:%Y/%m/%d}/")


def showing_lists(change: Change) -> Iterator[MayShow]:
    values, articles = changed(change) or frozenset(), words(change.get("addresses", ()))
    for start in stays_in(change):
        shown = IN_A_SECTION if start in change.get("sections", ()) else LIST
        if values & shown and not (start == "/" and is_for_the_front(change)):
            yield MayShow(start, articles)


def showing_dates(change: Change, form: str) -> Iterator[MayShow]:
    if (changed(change) or frozenset()) & BY_DATE:
        articles = words(change.get("addresses", ()))
        for day in dates(change):
            yield from (MayShow(f"{start}{day:{form}}", articles) for start in stays_in(change))


def places(change: Change) -> Iterator[Place]:
    values, said = changed(change), change.get("places", ())
    if values is None or values & BESIDE:
        yield from (Place(*place) for place in said)
    elif values & FIRST_BESIDE:
        yield from (Place(*place, reach=1) for place in said)


def dates(change: Change) -> list[datetime.date]:
    return [datetime.date.fromisoformat(day) for day in change.get("days", ())]


def archives(change: Change) -> list[str]:
    """Where the lists begin that are divided by date, of those that have one story more or less."""
    paper = ["/"] if changed(change) is None else []
    return [*paper, *collections(came_or_left(change))]


def stays_in(change: Change) -> list[str]:
    """Where the lists begin in which a changed article stands as before."""
    if changed(change) is None:
        return []
    others = set(collections(came_or_left(change)))
    return ["/", *(start for start in collections(change) if start not in others)]


def collections(lists: Change) -> Iterator[str]:
    """The first pages of those sections, tags and authors. Their months and days stand below them."""
    yield from lists.get("sections", ())
    yield from map(tag_address, lists.get("tags", ()))
    yield from map(author_address, lists.get("authors", ()))


def tag_address(slug: str) -> str:
    return address("tag", slug)


def author_address(slug: str) -> str:
    return address("author", slug)


def all_affected(changes: Iterable[Change]) -> Affected:
    """Of several changes at once, each address once."""
    found = [affected(change) for change in changes]
    together = {
        name: tuple(dict.fromkeys(each for one in found for each in getattr(one, name)))
        for name in Affected.__dataclass_fields__
        if name != "everything"
    }
    return Affected(**together, everything=any(one.everything for one in found))
