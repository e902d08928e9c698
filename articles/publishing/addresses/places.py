"""What readers find at an address of the site, for redirects that lead there or away."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Model

from articles.documents import SHAPE
from articles.models import Article, Author, Document, Page, Section, Tag
from articles.models.addresses.old_address import ADDRESS
from articles.models.addresses.paths import (
    ARCHIVE,
    FEEDS,
    LISTS_SITEMAP,
    NEWS_SITEMAP,
    SITEMAP,
    date_and_slug,
)
from articles.models.collections.periods import BELOW
from articles.models.collections.public_pages import is_shown, shown_among

# Pages of the site that belong to no section, tag, author, article or page. They never move.
OWN = frozenset(
    [
        "/",
        ARCHIVE,
        "/robots.txt",
        SITEMAP,
        LISTS_SITEMAP,
        NEWS_SITEMAP,
        *(f"/{feed}" for feed in FEEDS.values()),
    ]
)
OWN_BY_DATE = re.compile(f"/[12][0-9]{{3}}/|/{BELOW}")

# The words of an address, decoded.
Words = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A thing, and what follows its address; or a page of the site itself."""

    thing: Model | None
    below: str = ""
    own: str = ""

    @property
    def address(self) -> str:
        return self.thing.get_absolute_url() + self.below if self.thing else self.own

    @property
    def is_shown(self) -> bool:
        return self.thing is None or is_shown(self.thing, self.below)


def place_of(path: str) -> Place | None:
    """Who has the address, encoded, today; None if nobody has."""
    return places_of([path]).get(path)


def places_of(paths: Iterable[str]) -> dict[str, Place]:
    """The same for many, without those that nobody has. Six queries at most."""
    own, starts = {}, {}
    for path in paths:
        if path in OWN or OWN_BY_DATE.fullmatch(path):
            own[path] = Place(None, own=path)
        # Nothing has an address with this character, and PostgreSQL refuses the question.
        elif "\0" not in unquote(path):
            starts[path] = start_and_below(path)
    things = things_at({start for start, _ in starts.values()})
    return own | {
        path: Place(things[start], below) for path, (start, below) in starts.items() if start in things
    }


def with_page(places: Mapping[str, Place]) -> set[str]:
    """Those of the addresses at whose place readers find a page, today. Six queries at most."""
    shown = shown_among((place.thing, place.below) for place in places.values() if place.thing)
    return {
        path for path, place in places.items() if place.thing is None or (place.thing, place.below) in shown
    }


def start_and_below(path: str) -> tuple[str, str]:
    for feed in sorted(FEEDS.values(), key=len, reverse=True):
        if path.endswith(f"/{feed}"):
            return path.removesuffix(feed), feed
    start, below, *_ = ADDRESS.fullmatch(path).groups()
    return start, below


def things_at(starts: Iterable[str]) -> dict[str, Model]:
    """What has each of these addresses. Each kind is asked for what no kind before it has."""
    words = {start: tuple(unquote(start).strip("/").split("/")) for start in starts if start.endswith("/")}
    found = documents_at([start for start in starts if not start.endswith("/")])
    for find in (tags_at, authors_at, sections_at, pages_at, articles_at):
        there = find(set(words.values()))
        found |= {start: there[each] for start, each in words.items() if each in there}
        words = {start: each for start, each in words.items() if each not in there}
    return found


def tags_at(asked: set[Words]) -> dict[Words, Model]:
    return by_slug(Tag, "tag", asked)


def authors_at(asked: set[Words]) -> dict[Words, Model]:
    return by_slug(Author, "author", asked)


def by_slug(model: type[Model], first: str, asked: set[Words]) -> dict[Words, Model]:
    slugs = {words[1] for words in asked if len(words) == 2 and words[0] == first}
    return {(first, row.slug): row for row in model.objects.filter(slug__in=slugs)} if slugs else {}


def sections_at(asked: set[Words]) -> dict[Words, Model]:
    slugs = {words[-1] for words in asked if is_listed(words) and len(words) <= 2}
    rows = Section.objects.select_related("parent").filter(slug__in=slugs) if slugs else []
    return {(*([row.parent.slug] if row.parent else []), row.slug): row for row in rows}


def pages_at(asked: set[Words]) -> dict[Words, Model]:
    paths = {"/".join(words) for words in asked if is_listed(words)}
    return {tuple(row.path.split("/")): row for row in Page.objects.filter(path__in=paths)} if paths else {}


def is_listed(words: Words) -> bool:
    """Whether a section or a page may have the address."""
    return not (len(words) == 2 and words[0] in ("tag", "author"))


def articles_at(asked: set[Words]) -> dict[Words, Model]:
    places = {date_and_slug(f"/{'/'.join(words)}/"): words for words in asked}
    places.pop(None, None)
    rows = Article.objects.at_addresses(places) if places else []
    return {places[row.address_date, row.slug]: row for row in rows}


def documents_at(paths: Iterable[str]) -> dict[str, Model]:
    names = {name: path for path in paths if (name := document_name(path))}
    rows = Document.objects.filter(file__in=names) if names else []
    return {names[row.file.name]: row for row in rows}


def document_name(path: str) -> str:
    """The name under which a document is stored; empty if this is no address of one."""
    name = path.removeprefix(settings.MEDIA_URL)
    return name if name != path and re.fullmatch(SHAPE, name) else ""
