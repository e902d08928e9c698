"""What readers find at an address of the site, for redirects that lead there or away."""

import datetime
import re
from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Model

from articles.documents import SHAPE
from articles.models import Article, Author, Document, Page, Section, Tag
from articles.models.addresses.old_address import ADDRESS
from articles.models.addresses.paths import ARCHIVE, FEEDS, LISTS_SITEMAP, NEWS_SITEMAP, SITEMAP
from articles.models.collections.periods import BELOW
from articles.models.collections.public_pages import is_shown

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
    if path in OWN or OWN_BY_DATE.fullmatch(path):
        return Place(None, own=path)
    if "\0" in unquote(path):
        # Nothing has such an address, and PostgreSQL refuses the question.
        return None
    start, below = start_and_below(path)
    thing = thing_at(start)
    return thing and Place(thing, below)


def has_page(path: str) -> bool:
    """Whether readers find a page at this address, encoded, today."""
    place = place_of(path)
    return place is not None and place.is_shown


def start_and_below(path: str) -> tuple[str, str]:
    for feed in sorted(FEEDS.values(), key=len, reverse=True):
        if path.endswith(f"/{feed}"):
            return path.removesuffix(feed), feed
    start, below, *_ = ADDRESS.fullmatch(path).groups()
    return start, below


def thing_at(start: str) -> Model | None:
    if not start.endswith("/"):
        return document_at(start)
    match unquote(start).strip("/").split("/"):
        case ["tag", slug]:
            return Tag.objects.filter(slug=slug).first()
        case ["author", slug]:
            return Author.objects.filter(slug=slug).first()
        case words:
            return page_or_story(words)


def page_or_story(words: list[str]) -> Model | None:
    path = "/".join(words)
    found = Section.objects.at(*words) or Page.objects.filter(path=path).first()
    if found is None and len(words) == 4:
        return article_at("-".join(words[:3]), words[3])
    return found


def document_at(path: str) -> Document | None:
    name = path.removeprefix(settings.MEDIA_URL)
    is_one = name != path and re.fullmatch(SHAPE, name)
    return Document.objects.filter(file=name).first() if is_one else None


def article_at(day: str, slug: str) -> Article | None:
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError:
        return None
    return Article.objects.filter(address_date=date, slug=slug).first()
