"""One change → the addresses of the pages that show it. Pure functions: no database, no shelf.

If readers had the article before the change and have it afterwards, the change names the values that differ
(publishing/article/content/seen_by_readers.py) and the lists that the article joined or left. Those lists
are printed. A list in which it stays is printed if pages of that kind show one of these values and the page
on the shelf shows the article. Any other change of an article names neither values nor lists: then all that
shows it is printed.

This is what each kind of page shows of an article:

    its own page     everything
    front            LIST; the values of ON_THE_FRONT decide which stories are in which place
    most read        AMONG_RELATED, also on the front
    section          IN_A_SECTION
    tag, author      LIST
    month, day       BY_DATE
    “More from …”    BESIDE, and the picture of the first story
    “Related”        AMONG_RELATED, and the picture of the first story
    beside in series IN_A_SERIES
    feeds            FEED: whole texts, of the paper and of its sections, tags and authors
    Markdown twin    TWIN
    embedded card    EMBED
    archive, year    that there is a story on a day
    sitemaps         IN_SITEMAPS; that of the newest also IN_NEWS
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from articles.models.addresses.paths import (
    ARCHIVE,
    LISTS_SITEMAP,
    MOST_READ,
    NEWS_SITEMAP,
    SITEMAP,
    address,
    embed_address,
    month_sitemap,
    twin_address,
    year_address,
)
from articles.models.articles.article_queries import CARD, MORE, RELATED

Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an article in its section, now or before. The articles after it list it under “More from
    …”.

    reach: how many of these articles show what has changed. Either all that list it do, or only the next one,
    because its list begins with this article and shows its picture.
    """

    section_id: int
    at: str
    reach: int = MORE


@dataclass(frozen=True, slots=True)
class InSeries:
    """The place of an article in a series, now or before. The articles before and after it lead to it."""

    tag_id: int
    at: str
    article_id: int
    # That an editor has set; 0 for none.
    place: int = 0


@dataclass(frozen=True, slots=True)
class InRelated:
    """An article that others show under “Related”.

    reach: the pages that show it among so many of the first have to be printed.
    """

    article_id: int
    reach: int = RELATED


@dataclass(frozen=True, slots=True)
class WithLine:
    """Breaking news that has come or gone: fronts show it, and articles of that publish time or later. If it
    went by time, that was planned when it came; somebody may have ended it before."""

    line_id: int
    since: int
    by_time: bool = False


@dataclass(frozen=True, slots=True)
class MayShow:
    """A page that has to be printed if its copy on the shelf links to one of these articles."""

    page: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Affected:
    """The pages that a change affects. Some are named by their addresses, others have to be looked for when
    they are printed.

    articles: pages of articles. lists: first pages of lists. months: months of the archive. beside: other
    pages that show the change, which readers wait for least. showing_lists, showing_months, showing_days:
    pages to be printed only if they show the article. days: days to be printed, with their parts, if they are
    on the shelf. places: print the articles next to these places. series: print the articles
    next to these places in series. related: print the articles that show these ones. printed: print these
    pages if they are on the shelf. below: print what is on the shelf under
    these addresses. moved: each page on the shelf under the first address has a page under the second now.
    redirects: the first address leads to the list at the second, as long as that has a page.
    feeds: the fronts, sections, tags and authors whose feeds are printed, as their addresses. showing_feeds:
    those whose feeds are printed only if they show the article. feeds_of: print the feeds that show one of
    the articles with these numbers. sitemaps: their files, each of
    which may have further parts. years: the pages of the archive that list months and days. twins: those of
    articles in Markdown, to be printed if they are on the shelf. embeds: so are the cards of articles that
    other sites frame. lines: print the file of breaking news, and the pages that are printed with it.
    everything: print each page on the shelf.
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
    series: tuple[InSeries, ...] = ()
    related: tuple[InRelated, ...] = ()
    printed: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    feeds: tuple[str, ...] = ()
    showing_feeds: tuple[MayShow, ...] = ()
    feeds_of: tuple[int, ...] = ()
    sitemaps: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()
    embeds: tuple[str, ...] = ()
    lines: tuple[WithLine, ...] = ()
    everything: bool = False


# Kinds of changes that show in the masthead or the foot of every page.
EVERYWHERE = frozenset({"section", "paper"})
# Kinds of changes that show on cards, and therefore on fronts.
ON_CARDS = frozenset({"article", "author", "image", "section", "paper"})

# What kinds of pages show of an article, by the names in CARD.
LIST = frozenset(CARD)
IN_A_SECTION = LIST - {"section_name"}
BY_DATE = LIST - {"summary"}
BESIDE = IN_A_SECTION & BY_DATE - {"has_picture", "picture"} | {"section_id"}
FIRST_BESIDE = frozenset({"picture"})
AMONG_RELATED = frozenset(["address", "headline", "language", "publish_at"])
IN_A_SERIES = frozenset(["address", "headline", "language"])
ON_THE_FRONT = frozenset({"has_picture"})
# What feeds show: of cards, and of the article's own page.
FEED = frozenset(
    [
        *("address", "headline", "summary", "language", "publish_at", "has_picture", "picture"),
        *("standfirst", "prepared_body", "section_id", "updated_at", "words_of_picture"),
        *("language_of_text", "tags", "who_wrote", "corrections", "kind", "rating"),
    ]
)
EMBED = LIST - {"author_names", "reading_minutes"} | {"words_of_picture"}
TWIN = FEED - {"summary", "section_id", "tags", "updated_at"} | {"bylines"}
IN_SITEMAPS = frozenset(["address", "updated_at", "has_picture", "picture", "canonical_url", "noindex"])
IN_NEWS = frozenset(["address", "canonical_url", "noindex", "headline", "language_of_text"])
# Kinds of changes that show in the twins of articles.
IN_TWINS = frozenset({"article", "author", "image", "task"})
# Kinds of changes that add addresses of lists, or take some away.
OF_LISTS = frozenset({"section", "page", "tag", "author", "paper"})


def affected(change: Change) -> Affected:
    """The pages that the change of an outbox entry affects. OutboxEntry describes its shape; KeyError,
    TypeError or ValueError if it has another shape."""
    return Affected(
        articles=words(change.get("addresses", ())),
        lists=words(lists(change)),
        months=words(months(change)),
        showing_lists=tuple(showing_lists(change)),
        showing_months=tuple(showing_dates(change, "%Y/%m/")),
        showing_days=tuple(showing_dates(change, "%Y/%m/%d/")),
        beside=words(change.get("beside", ())),
        places=tuple(dict.fromkeys(places(change))),
        series=tuple(dict.fromkeys(series(change))),
        related=tuple(dict.fromkeys(related(change))),
        printed=words(change.get("printed", ())),
        days=words(days(change)),
        below=words(change.get("below", ())),
        moved=tuple((old, new) for old, new in change.get("moved", ())),
        redirects=tuple((old, new) for old, new in change.get("formerly", ())),
        feeds=words(feeds(change)),
        showing_feeds=tuple(showing_feeds(change)),
        feeds_of=() if is_in_no_feed(change) else tuple(map(int, change.get("shown_in", ()))),
        sitemaps=words(sitemaps(change)),
        years=words(years(change)),
        twins=words(twins(change)),
        embeds=words(embeds(change)),
        lines=tuple(lines(change)),
        everything=bool(change.get("everywhere", change["kind"] in EVERYWHERE)),
    )


def changed(change: Change) -> frozenset[str] | None:
    """The names of the values that differ now. None if the change does not say: then any may differ."""
    return frozenset(words(change["changed"])) if "changed" in change else None


def came_or_left(change: Change) -> Change:
    """The sections, tags and authors whose lists have gained or lost a story, or have another order."""
    return change if changed(change) is None else change.get("came_or_left", {})


def words(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in their order. TypeError if one is no text."""
    found = tuple(dict.fromkeys(values))
    if not all(isinstance(word, str) for word in found):
        raise TypeError("an address that is no text")
    return found


def lists(change: Change) -> Iterator[str]:
    """The first pages of lists that are printed whether or not they show the article now."""
    if change["kind"] in ON_CARDS and is_for_the_front(change):
        yield "/"
    if change["kind"] == "most_read":
        yield MOST_READ
        if change["front"]:
            yield "/"
    # The board of a front, which no other page shows.
    yield from change.get("fronts", ())
    yield from collections(came_or_left(change))


def is_for_the_front(change: Change) -> bool:
    """Whether the change may put other stories on the front, or the same stories in other places. If not, the
    front is treated like any other list. The front is laid out by departments, whose addresses have one
    word."""
    values = changed(change)
    if values is None:
        return change.get("everywhere") is not False
    departments = [address for address in came_or_left(change).get("sections", ()) if address.count("/") == 2]
    return bool(departments or values & ON_THE_FRONT)


def months(change: Change) -> Iterator[str]:
    """The months of the paper and of each section, tag and author."""
    for day in dates(change):
        yield from (f"{start}{day:%Y/%m}/" for start in archives(change))


def days(change: Change) -> Iterator[str]:
    """The days of the paper and of each section, tag and author. A day has a page on the shelf only if its
    month has too much for one page, or if somebody has asked for it. The same is true for redirects below the
    former addresses of a section, a tag or an author."""
    for day in dates(change):
        yield from (f"{start}{day:%Y/%m/%d}/" for start in archives(change))
        for start, _ in change.get("formerly", ()):
            yield from (f"{start}{day:%Y/%m}/", f"{start}{day:%Y/%m/%d}/")


def showing_lists(change: Change) -> Iterator[MayShow]:
    values, articles = changed(change) or frozenset(), words(change.get("addresses", ()))
    for start in stays_in(change):
        shown = IN_A_SECTION if start in change.get("sections", ()) else LIST
        if values & shown and not (start == "/" and is_for_the_front(change)):
            yield MayShow(start, articles)


def feeds(change: Change) -> Iterator[str]:
    """The collections whose feeds have gained or lost a story, or are called something else now."""
    if change["kind"] == "article" and changed(change) is None:
        yield "/"
    if not is_in_no_feed(change):
        yield from collections(came_or_left(change))


def is_in_no_feed(change: Change) -> bool:
    """Whether it is about an author and not the name, of whom feeds show nothing else, or about crops of a
    picture, which they show whole."""
    is_of_author = change["kind"] == "author" and change.get("everywhere") is False
    return is_of_author or change.get("in_feeds") is False


def showing_feeds(change: Change) -> Iterator[MayShow]:
    if (changed(change) or frozenset()) & FEED:
        articles = words(change.get("addresses", ()))
        yield from (MayShow(start, articles) for start in stays_in(change))


def sitemaps(change: Change) -> Iterator[str]:
    values = changed(change)
    comes_or_goes = change["kind"] in ("article", "task") and values is None
    joins = came_or_left(change)
    if change["kind"] in OF_LISTS or joins.get("tags") or joins.get("authors"):
        yield from (SITEMAP, LISTS_SITEMAP)
    if comes_or_goes or (values or frozenset()) & IN_NEWS:
        yield NEWS_SITEMAP
    if comes_or_goes or (values or frozenset()) & IN_SITEMAPS:
        yield SITEMAP
        yield from (month_sitemap(day.year, day.month) for day in dates(change))
    for month in change.get("sitemaps", ()):
        yield month_sitemap(*map(int, month.split("-")))


def years(change: Change) -> Iterator[str]:
    """The lists of months and of days: a story that comes or goes may be the only one of its day."""
    if change["kind"] == "article" and changed(change) is None:
        yield ARCHIVE
        yield from (year_address(day.year) for day in dates(change))


def twins(change: Change) -> Iterator[str]:
    values = changed(change)
    if change["kind"] in IN_TWINS and (values is None or values & TWIN):
        yield from map(twin_address, (*change.get("addresses", ()), *change.get("beside", ())))


def embeds(change: Change) -> Iterator[str]:
    values = changed(change)
    if values is None or values & EMBED:
        yield from map(embed_address, change.get("uids", ()))


def lines(change: Change) -> Iterator[WithLine]:
    if change["kind"] == "breaking":
        yield WithLine(int(change["id"]), int(change["since"]), change.get("ends", False))


def showing_dates(change: Change, form: str) -> Iterator[MayShow]:
    if (changed(change) or frozenset()) & BY_DATE:
        articles = words(change.get("addresses", ()))
        for day in dates(change):
            yield from (MayShow(f"{start}{day:{form}}", articles) for start in stays_in(change))


def places(change: Change) -> Iterator[Place]:
    values, named = changed(change), change.get("places", ())
    if change["kind"] == "image":
        # Of a picture nothing shows there but itself, in the first story.
        yield from (Place(*place, reach=1) for place in named)
    elif values is None or values & BESIDE:
        yield from (Place(*place) for place in named)
    elif values & FIRST_BESIDE:
        yield from (Place(*place, reach=1) for place in named)


def series(change: Change) -> Iterator[InSeries]:
    values, joined = changed(change), came_or_left(change).get("tags", ())
    for slug, *place in change.get("series", ()):
        if values is None or values & IN_A_SERIES or slug in joined:
            yield InSeries(*place)


def related(change: Change) -> Iterator[InRelated]:
    values, named = changed(change), change.get("related", ())
    if change["kind"] in ("image", "task"):
        # What changes many articles at once and shows there is their picture.
        yield from (InRelated(number, reach=1) for number in named)
    elif values is None or values & AMONG_RELATED:
        yield from (InRelated(number) for number in named)
    elif values & FIRST_BESIDE:
        yield from (InRelated(number, reach=1) for number in named)


def dates(change: Change) -> list[datetime.date]:
    return [datetime.date.fromisoformat(day) for day in change.get("days", ())]


def archives(change: Change) -> list[str]:
    """The first addresses of the lists that are divided by date and have gained or lost a story."""
    paper = ["/"] if changed(change) is None else []
    return [*paper, *collections(came_or_left(change))]


def stays_in(change: Change) -> list[str]:
    """The first addresses of the lists that a changed article was in before and still is in."""
    if changed(change) is None:
        return []
    others = set(collections(came_or_left(change)))
    return ["/", *(start for start in collections(change) if start not in others)]


def collections(lists: Change) -> Iterator[str]:
    """The first pages of these sections, tags and authors. The addresses of their months and days are below
    those."""
    yield from lists.get("sections", ())
    yield from map(tag_address, lists.get("tags", ()))
    yield from map(author_address, lists.get("authors", ()))


def tag_address(slug: str) -> str:
    return address("tag", slug)


def author_address(slug: str) -> str:
    return address("author", slug)


def all_affected(changes: Iterable[Change]) -> Affected:
    """The pages that several changes affect together, each address once."""
    found = [affected(change) for change in changes]
    together = {
        name: tuple(dict.fromkeys(each for one in found for each in getattr(one, name)))
        for name in Affected.__dataclass_fields__
        if name != "everything"
    }
    return Affected(**together, everything=any(one.everything for one in found))
