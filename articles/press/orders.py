"""Changes → addresses in the print queue. What is found on the shelf alone is looked for in its turn."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from .affected import Affected, Change, all_affected
from .periods import is_by_date, neighbours
from .print_queue import PrintQueue, Rank
from .shelf import Shelf
from .standing import as_it_stands, beside
from .under_way import paths_under_way


def order(queue: PrintQueue, shelf: Shelf, changes: Iterable[Change]) -> Affected:
    """Queue all pages that show one of the changes; `everything` is left to the caller."""
    wanted = all_affected(as_it_stands(changes))
    queue.add(Rank.ARTICLE, wanted.articles)
    queue.add(Rank.LIST, wanted.lists)
    queue.add(Rank.ARCHIVE, wanted.months)
    queue.add(Rank.REST, wanted.beside)
    queue.add(Rank.REST, beside(wanted.places))
    queue.add(Rank.REST, printed_days(shelf, wanted))
    queue.add(Rank.REST, printed_below(shelf, wanted))
    if wanted.everything:
        queue.add(Rank.REST, map(quote, paths_under_way(shelf)))
    return wanted


def printed_days(shelf: Shelf, wanted: Affected) -> Iterator[str]:
    """Of a day that is not printed those before and after it: they may lead to it, or should no more.

    And what of all this somebody prints at this moment, the neighbours of months included.
    """
    if wanted.days:
        yield from (quote(path) for path in paths_under_way(shelf) if is_by_date(path))
    for day in map(unquote, wanted.days):
        days = [day] if shelf.printed_at(day) else neighbours(shelf, day)
        yield from map(quote, filter(None, days))
        yield from map(quote, shelf.paths(f"{day}older/"))


def printed_below(shelf: Shelf, wanted: Affected) -> Iterator[str]:
    for old, new in wanted.moved:
        start = unquote(old)
        yield from (new + quote(path.removeprefix(start)) for path in there(shelf, start))
    for start in map(unquote, (*(old for old, _ in wanted.moved), *wanted.below)):
        yield from map(quote, there(shelf, start))


def there(shelf: Shelf, start: str) -> list[str]:
    """What stands there, or will in a moment, from that address down. All at once: printing changes it."""
    # Those under way first: what is not among them any more stands on the shelf.
    under_way = [path for path in paths_under_way(shelf) if path.startswith(start)]
    return [*under_way, *shelf.paths(start)]
