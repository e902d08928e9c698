"""What readers find at an address of the site, for redirects that lead there or away."""

import datetime
import re
from dataclasses import dataclass
from urllib.parse import unquote

from django.db.models import Model

from articles.models import Article, Author, Page, Section, Tag
from articles.models.addresses import ARCHIVE, FEEDS, LISTS_SITEMAP, NEWS_SITEMAP, SITEMAP
from articles.models.old_address import ADDRESS
from articles.models.periods import BELOW
from articles.models.public_pages import is_shown

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
    start, below = start_and_below(path)
    thing = thing_at(start)
    return thing and Place(thing, below)


def start_and_below(path: str) -> tuple[str, str]:
    for feed in sorted(FEEDS.values(), key=len, reverse=True):
        if path.endswith(f"/{feed}"):
            return path.removesuffix(feed), feed
    start, below, *_ = ADDRESS.fullmatch(path).groups()
    return start, below


def thing_at(start: str) -> Model | None:
    if not start.endswith("/"):
        return None
    match unquote(start).strip("/").split("/"):
        case ["tag", slug]:
            return Tag.objects.filter(slug=slug).first()
        case ["author", slug]:
            return Author.objects.filter(slug=slug).first()
        case [slug]:
            section = Section.objects.top().filter(slug=slug).first()
            return section or Page.objects.filter(path=slug).first()
        case [above, slug]:
            rows = Section.objects.select_related("parent")
            return rows.filter(slug=slug, parent__slug=above, parent__parent=None).first()
        case [year, month, day, slug]:
            return article_at(f"{year}-{month}-{day}", slug)
    return None


def article_at(day: str, slug: str) -> Article | None:
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError:
        return None
    return Article.objects.filter(address_date=date, slug=slug).first()
