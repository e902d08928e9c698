"""Which old addresses have a page again. Readers find that page here, not what the old address leads to. So
nothing may lead away from there on another server either."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from urllib.parse import unquote, unquote_to_bytes

from django.db.models import QuerySet
from django.db.models.functions import Lower

from articles.models import Article, Author, Page, Section, Tag
from articles.models.addresses.paths import date_and_slug
from articles.publishing.addresses.places import OWN, places_of, start_and_below, with_page

# By key, the addresses that have it.
ByKey = dict[bytes, list[str]]


def key(path: str) -> bytes:
    """How nginx looks an address up in a map: decoded, and without regard to capitals."""
    return unquote_to_bytes(path).lower()


class Standing:
    """Addresses of sections, tags, authors and pages stay in memory; those of articles are asked for."""

    def __init__(self) -> None:
        self.lists: ByKey = defaultdict(list)
        add(self.lists, OWN)
        lists = (
            Section.objects.select_related("parent"),
            Tag.objects.only("slug"),
            Author.objects.only("slug"),
            Page.objects.only("path"),
        )
        for rows in lists:
            add(self.lists, (row.get_absolute_url() for row in rows.iterator()))

    def at(self, paths: list[str]) -> dict[str, set[str]]:
        """For each path the addresses that have a page today and the same key."""
        articles: ByKey = defaultdict(list)
        add(articles, (row.get_absolute_url() for row in articles_like(paths)))
        same = {path: self.same(path, articles) for path in paths}
        there = with_page(places_of(set(chain.from_iterable(same.values()))))
        return {path: there.intersection(some) for path, some in same.items()}

    def same(self, path: str, articles: ByKey) -> list[str]:
        start, below = start_and_below(path)
        return [each + below for each in self.lists.get(key(start), ())] + articles.get(key(path), [])


def add(found: ByKey, addresses: Iterable[str]) -> None:
    for address in addresses:
        found[key(address)].append(address)


def articles_like(paths: list[str]) -> QuerySet[Article]:
    """Those of which one of the paths may be the address. There may be too many."""
    asked = list(filter(None, (date_and_slug(unquote(path)) for path in paths)))
    days, slugs = {day for day, _ in asked}, {slug.lower() for _, slug in asked}
    rows = Article.objects.filter(address_date__in=days).annotate(low=Lower("slug")).filter(low__in=slugs)
    return rows.only("slug", "address_date")
