"""Printed months and days, and the links between them.

Each month or day links to the nearest one before and after it that has stories. One with too many stories for
a page links to its days and parts. To find links that are wrong, the pages on the shelf are compared and not
what was just printed. So it does not matter who printed a page, nor whether a press was killed in between.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from articles.page_facts import PageFacts
from articles.press.shelf.interface import Shelf

# A month or a day of the paper, a section, a tag or an author, and the parts of a day.
PERIOD = re.compile(r"(/(?:.+/)?)([0-9]{4})/([0-9]{2})/(?:([0-9]{2})/)?")
PART = re.compile(r"/(?:.+/)?[0-9]{4}/[0-9]{2}/[0-9]{2}/older/[0-9]+/")


def is_by_date(path: str) -> bool:
    return bool(PERIOD.fullmatch(path) or PART.fullmatch(path))


def following(shelf: Shelf, path: str, facts: PageFacts | None) -> Iterator[str]:
    """The pages to be printed after a month, a day or a part of a day. `facts` are those of its page, None if
    the page has gone."""
    if PERIOD.fullmatch(path):
        yield from astray(shelf, path, is_there=facts is not None)
    yield from unprinted(shelf, facts)


def astray(shelf: Shelf, path: str, *, is_there: bool) -> Iterator[str]:
    """The printed periods before and after this one whose links are wrong: they skip it although it is there,
    or link to it although it has gone."""
    before, after = neighbours(shelf, path)
    for neighbour, side in ((before, "later"), (after, "earlier")):
        if not neighbour:
            continue
        links = shelf.links(neighbour)
        leads_to = unquote(getattr(links, side)) if links else ""
        # All three addresses begin alike and have the same number of digits, so they sort by date.
        between = bool(leads_to) and min(neighbour, path) < leads_to < max(neighbour, path)
        if (leads_to == path) != is_there and not (between and is_there):
            yield quote(neighbour)


def neighbours(shelf: Shelf, path: str) -> list[str | None]:
    """The nearest printed periods of the same kind before and after that month or day."""
    start, *numbers = PERIOD.fullmatch(path).groups()
    own = [number for number in numbers if number]
    return [next(printed(shelf, start, own, later=later), None) for later in (False, True)]


def printed(shelf: Shelf, start: str, own: list[str], *, later: bool, within: bool = True) -> Iterator[str]:
    """The printed periods below `start` that are later (or earlier) than the one whose numbers are `own`, the
    nearest first."""
    number, *rest = own
    for name in sorted(numbers_below(shelf, start, len(number)), reverse=not later):
        if within and (name < number if later else name > number):
            continue
        is_own, path = within and name == number, f"{start}{name}/"
        if rest:
            yield from printed(shelf, path, rest, later=later, within=is_own)
        elif not is_own and shelf.status_at(path) == 200:
            yield path


def numbers_below(shelf: Shelf, path: str, digits: int) -> list[str]:
    words = shelf.words_below(path)
    return [word for word in words if len(word) == digits and word.isascii() and word.isdigit()]


def unprinted(shelf: Shelf, facts: PageFacts | None) -> Iterator[str]:
    """Days and parts that the page leads to and that nobody has asked for yet."""
    for address in facts.divided_into if facts else ():
        if not shelf.status_at(unquote(address)):
            yield address
