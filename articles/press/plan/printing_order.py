"""Changes → addresses in the print queue. Pages that have to be found on the shelf are looked for when their
turn in the queue comes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import compress
from urllib.parse import quote, unquote

from articles.models import Article
from articles.models.addresses.paths import feed_addresses, part_of_sitemap
from articles.press.shelf.in_flight import paths_under_way
from articles.press.shelf.interface import PageHeld, Shelf
from articles.publishing.shared.records import where_it_stands

from .affected import Affected, Change, MayShow, all_affected, collections
from .breaking import articles_with, files_of_lines, fronts_with
from .periods import is_by_date, neighbours
from .present_rows import as_of_now, beside, beside_in_series, most_read_of, showing_related
from .queue import PrintQueue, Rank

# Feeds of tags and authors are on the shelf if somebody has asked for them.
ON_DEMAND = ("/tag/", "/author/")


def order(
    queue: PrintQueue,
    shelf: Shelf,
    changes: Iterable[Change],
    those_due: Callable[[Iterable[str]], Iterator[str]],
) -> Affected:
    """Queue all pages that show one of the changes; `everything` is left to the caller. `those_due`: which of
    these feeds can be printed now (spacing.py).

    The articles and lists that the entries name come first. Only after these are printed, the database is
    asked for more: that takes as long as printing a page, and nearly always finds no other article or list.
    """
    changes = list(changes)
    named = all_affected(changes)
    queue.add(Rank.ARTICLE, named.articles)
    queue.add(Rank.ARTICLE, files_of_lines(named.lines))
    queue.add(Rank.LIST, named.lists)
    queue.add(Rank.LIST, fronts_with(named.lines))
    queue.add(Rank.LIST, showing(shelf, named.showing_lists))
    queue.add(Rank.LIST, on_the_shelf(shelf, (*named.twins, *named.embeds)))
    rows = Rows(changes)
    queue.add(Rank.LIST, rows.say(lambda wanted: wanted.articles))
    queue.add(Rank.LIST, rows.say(lambda wanted: wanted.lists))
    queue.add(Rank.LIST, rows.say(lambda wanted: showing(shelf, wanted.showing_lists)))
    queue.add(Rank.LIST, rows.say(lambda wanted: most_read_of(wanted.related)))
    queue.add(Rank.ARCHIVE, rows.say(lambda wanted: wanted.months))
    queue.add(Rank.ARCHIVE, articles_with(named.lines))
    queue.add(Rank.ARCHIVE, rows.say(lambda wanted: showing(shelf, wanted.showing_months)))
    queue.add(Rank.ARCHIVE, rows.say(lambda wanted: on_the_shelf(shelf, (*wanted.twins, *wanted.embeds))))
    # Each takes as long as five pages. Otherwise the months of the next change would wait for all of them.
    queue.add(Rank.REST, rows.say(lambda wanted: feeds_now(shelf, wanted, those_due)))
    queue.add(Rank.REST, rows.say(lambda wanted: wanted.years))
    queue.add(Rank.REST, rows.say(lambda wanted: with_parts(shelf, wanted.sitemaps)))
    queue.add(Rank.REST, named.beside)
    queue.add(Rank.REST, rows.say(lambda wanted: beside(wanted.places)))
    queue.add(Rank.REST, rows.say(lambda wanted: beside_in_series(wanted.series)))
    queue.add(Rank.REST, rows.say(lambda wanted: showing_related(wanted.related)))
    queue.add(Rank.REST, on_the_shelf(shelf, named.printed))
    queue.add(Rank.REST, rows.say(lambda wanted: printed_days(shelf, wanted)))
    queue.add(Rank.REST, rows.say(lambda wanted: showing(shelf, days_on(shelf, wanted.showing_days))))
    queue.add(Rank.REST, rows.say(lambda wanted: printed_below(shelf, wanted)))
    queue.add(Rank.REST, rows.say(lambda wanted: redirects_astray(shelf, wanted)))
    if named.everything:
        queue.add(Rank.REST, everything_under_way(shelf))
    return named


def everything_under_way(shelf: Shelf) -> Iterator[str]:
    """The pages that other processes print at this moment, which a walk over the shelf would miss."""
    yield from map(quote, paths_under_way(shelf))


def redirects_astray(shelf: Shelf, wanted: Affected) -> Iterator[str]:
    """The old addresses of lists that have come with their first story or gone with their last: a list
    without a page is redirected to no more."""
    for old, new in wanted.redirects:
        if bool(shelf.status_at(unquote(old))) != bool(shelf.status_at(unquote(new))):
            yield old


class Rows:
    """What the changes affect according to the database now. It is asked once, when it is first needed."""

    def __init__(self, changes: list[Change]) -> None:
        self._changes = changes

    @cached_property
    def affected(self) -> Affected:
        return all_affected(as_of_now(self._changes))

    def say(self, find: Callable[[Affected], Iterable[str]]) -> Iterator[str]:
        yield from find(self.affected)


def showing(shelf: Shelf, wanted: Iterable[MayShow]) -> Iterator[str]:
    """The pages among these whose copies on the shelf show one of their articles.

    A page that does not show the article yet need not be printed now. If the article comes onto it later, for
    instance because another article leaves the page, that is a change of its own. It has the page printed,
    and the page then shows the present values.
    """
    yield from (each.page for each in wanted if may_show(shelf, each))


def may_show(shelf: Shelf, wanted: MayShow) -> bool:
    path = unquote(wanted.page)
    try:
        # Another process may be printing the page at this moment, from rows that it read before the change.
        # With the lock in hand, nobody is printing it, so the page on the shelf is the newest that was begun.
        with shelf.lock(path, patience=0.0):
            links = shelf.links(path)
    except PageHeld:
        return True
    return links is None or not links.articles.isdisjoint(wanted.articles)


def feeds_now(
    shelf: Shelf, wanted: Affected, those_due: Callable[[Iterable[str]], Iterator[str]]
) -> Iterator[str]:
    """The feeds to be printed at this moment. Those of tags and authors may be put off, unless they show a
    story that may have been withdrawn: that is gone at once."""
    losing = {page for start in wanted.feeds for page in feed_addresses(start)}
    for page in feeds(shelf, wanted):
        is_urgent = page in losing and may_show(shelf, MayShow(page, wanted.articles))
        if is_urgent or not page.startswith(ON_DEMAND):
            yield page
        else:
            yield from those_due([page])


def feeds(shelf: Shelf, wanted: Affected) -> Iterator[str]:
    """The feeds to be printed, each in all its formats. Those of tags and authors only if they are on the
    shelf or will be in a moment, because most of them have no subscribers."""
    under_way = set(paths_under_way(shelf))
    # Before those at the old addresses are taken away: what is on the shelf there goes on at the new ones.
    for old, new in wanted.moved:
        there = [unquote(feed) in under_way or shelf.status_at(unquote(feed)) for feed in feed_addresses(old)]
        yield from compress(feed_addresses(new), there)
    in_any_case = dict.fromkeys(wanted.feeds, ())
    showing = [*wanted.showing_feeds, *feeds_showing(wanted.feeds_of)]
    for start, articles in [*in_any_case.items(), *((each.page, each.articles) for each in showing)]:
        for page in feed_addresses(start):
            path = unquote(page)
            if start.startswith(ON_DEMAND) and path not in under_way and not shelf.status_at(path):
                continue
            if start in in_any_case or may_show(shelf, MayShow(page, articles)):
                yield page


def feeds_showing(numbers: Iterable[int]) -> Iterator[MayShow]:
    """The feeds in which these articles may be, according to the database now."""
    rows = Article.objects.filter(pk__in=tuple(numbers), address_date__isnull=False, section__isnull=False)
    rows = rows.select_related("section__parent").prefetch_related("tag_links__tag", "bylines__author")
    found = defaultdict(list)
    for article in rows if numbers else ():
        where = where_it_stands(article)
        for start in ("/", *collections(where)):
            found[start] += where["addresses"]
    yield from (MayShow(start, tuple(articles)) for start, articles in found.items())


def on_the_shelf(shelf: Shelf, pages: Iterable[str]) -> Iterator[str]:
    """Those of the pages that are on the shelf or will be in a moment. Others are printed when somebody asks
    for them."""
    under_way = set(paths_under_way(shelf))
    yield from (page for page in pages if unquote(page) in under_way or shelf.status_at(unquote(page)))


def with_parts(shelf: Shelf, sitemaps: Iterable[str]) -> Iterator[str]:
    """The files, and the parts in which they go on, as far as these are on the shelf. A new part is printed
    when somebody asks for it."""
    for file in sitemaps:
        yield file
        part = 2
        while shelf.status_at(part_of_sitemap(file, part)):
            yield part_of_sitemap(file, part)
            part += 1


def days_on(shelf: Shelf, wanted: Iterable[MayShow]) -> Iterator[MayShow]:
    """These days and their parts, if they are on the shelf or will be in a moment."""
    for day in wanted:
        start = unquote(day.page)
        under_way = [path for path in paths_under_way(shelf) if path.startswith(start) and is_by_date(path)]
        printed = [start] if shelf.status_at(start) else []
        for path in dict.fromkeys([*under_way, *printed, *shelf.walk(f"{start}older/")]):
            yield MayShow(quote(path), day.articles)


def printed_days(shelf: Shelf, wanted: Affected) -> Iterator[str]:
    """Days are printed on demand. If one of these days has no page yet, the nearest printed days are printed
    again, because their links to the day before and after may change.

    Days and months that somebody prints at this moment are printed again too.
    """
    if wanted.days:
        yield from (quote(path) for path in paths_under_way(shelf) if is_by_date(path))
    for day in map(unquote, wanted.days):
        days = [day] if shelf.status_at(day) else neighbours(shelf, day)
        yield from map(quote, filter(None, days))
        yield from map(quote, shelf.walk(f"{day}older/"))


def printed_below(shelf: Shelf, wanted: Affected) -> Iterator[str]:
    for old, new in wanted.moved:
        start = unquote(old)
        yield from (new + quote(path.removeprefix(start)) for path in there(shelf, start))
    for start in map(unquote, (*(old for old, _ in wanted.moved), *wanted.below)):
        yield from map(quote, there(shelf, start))


def there(shelf: Shelf, start: str) -> list[str]:
    """The pages from that address down that are on the shelf or will be in a moment. All are listed before
    the first of them is printed, because printing changes the shelf."""
    # The notes of pages under way are read first. A page that is finished in between is on the shelf by then.
    under_way = [path for path in paths_under_way(shelf) if path.startswith(start)]
    return [*under_way, *shelf.walk(start)]
