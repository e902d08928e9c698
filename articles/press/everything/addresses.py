"""Every public address of the site, for printing everything at once and for checking the shelf.

The rows are asked for in portions; each portion begins where the one before ended. A walk over a million
addresses may take hours and lose the database in between, and must not need more memory than one over ten.

`ask` fetches the rows of a query. A caller that can't begin again passes a function that waits for the
database.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.conf import counts_reads
from articles.models import Article, ArticleTag, Author, Byline, OldAddress, Page, Section, Tag
from articles.models.addresses.paths import (
    ARCHIVE,
    LISTS_SITEMAP,
    MOST_READ,
    NEWS_SITEMAP,
    SITEMAP,
    article_address,
    feed_addresses,
    month_sitemap,
    year_address,
)

PORTION = 1000  # rows
OWNERS = 200  # sections, tags or authors whose months are asked for at once
ARTICLE = re.compile(r"/[0-9]{4}/[0-9]{2}/[0-9]{2}/[^/]+/")
Ask = Callable[[QuerySet], list[Any]]


def is_article(path: str) -> bool:
    return ARTICLE.fullmatch(path) is not None


def every_address(ask: Ask = list) -> Iterator[str]:
    """First the fronts and lists, then the articles with the newest first, then the old addresses."""
    yield from (address for address, _ in addresses_after(None, ask))


def addresses_after(
    reached: str | None, ask: Ask = list, *, since: datetime.date | None = None
) -> Iterator[tuple[str, str | None]]:
    """The addresses after `reached`; all of them if it is None. With each comes the value to pass as
    `reached` once that address is done. For old addresses this is the last article, so they are all walked
    again. Articles before `since` are left out."""
    article = reached if reached and is_article(reached) else None
    if article is None:
        yield from ((address, address) for address in lists_after(reached, ask))
    for address in article_addresses(ask, after=article, since=since):
        yield address, address
        article = address
    yield from ((old.path, article) for old in in_portions(OldAddress.objects.only("path"), ask))


def lists_after(reached: str | None, ask: Ask) -> Iterator[str]:
    lists = list_addresses(ask)
    # If the list that was reached is gone by now, it is not found, and all lists are walked again.
    if reached is None or any(address == reached for address in lists):
        return lists
    return list_addresses(ask)


def list_addresses(ask: Ask) -> Iterator[str]:
    published, until_now = Article.objects.published(), Q(published_at__lte=timezone.now())
    yield "/"
    yield from feed_addresses("/")
    first_days = ask(months(published, "publish_at").values_list("month", flat=True))
    yield from in_months("/", first_days)
    yield ARCHIVE
    if counts_reads():
        yield MOST_READ
    yield from (year_address(number) for number in sorted({day.year for day in first_days}, reverse=True))
    yield from (SITEMAP, LISTS_SITEMAP, NEWS_SITEMAP)
    yield from (month_sitemap(day.year, day.month) for day in sorted(first_days, reverse=True))
    sections = Section.objects.shown().select_related("parent")
    yield from sections_archives(sections.top(), published, "department", ask)
    yield from sections_archives(sections.exclude(parent=None), published, "section", ask)
    for page in ask(Page.objects.filter(published=True)):
        yield page.get_absolute_url()
    yield from archives(Tag.objects.all(), ArticleTag.objects.filter(until_now), "tag", "published_at", ask)
    yield from archives(Author.objects.all(), Byline.objects.filter(until_now), "author", "published_at", ask)


def sections_archives(sections: QuerySet, published: QuerySet, name: str, ask: Ask) -> Iterator[str]:
    """The page of each section, its feeds and its months. It may have a page without stories."""
    for section, first_days in with_months(sections, published, name, "publish_at", ask):
        start = section.get_absolute_url()
        yield start
        yield from feed_addresses(start)
        yield from in_months(start, first_days)


def archives(owners: QuerySet, rows: QuerySet, name: str, time: str, ask: Ask) -> Iterator[str]:
    """The page of each tag or author that a story has, and its months. Their feeds are printed when somebody
    asks for them, because few of them have subscribers."""
    for owner, first_days in with_months(owners, rows, name, time, ask):
        if first_days:
            yield owner.get_absolute_url()
            yield from in_months(owner.get_absolute_url(), first_days)


def with_months(
    owners: QuerySet, rows: QuerySet, name: str, time: str, ask: Ask
) -> Iterator[tuple[Model, list[datetime.datetime]]]:
    """Each section, tag or author with the months in which one of the rows names it, out of the index over
    owners and times. A month in which nothing is public any more has no page."""
    for portion in portions(owners, OWNERS, ask):
        named = rows.filter(**{f"{name}__in": [owner.pk for owner in portion]})
        found = defaultdict(list)
        for number, first_day in ask(months(named, time).values_list(name, "month")):
            found[number].append(first_day)
        yield from ((owner, found[owner.pk]) for owner in portion)


def article_addresses(
    ask: Ask, *, after: str | None = None, since: datetime.date | None = None
) -> Iterator[str]:
    """The addresses of articles that are public or were public once. The newest day comes first, in the order
    of an index."""
    rows = Article.including_bin.filter(address_date__isnull=False, publish_at__lte=timezone.now())
    rows = rows.order_by("-address_date", "-slug").values_list("address_date", "slug")
    if since is not None:
        rows = rows.filter(address_date__gte=since)
    portion = ask((rows if after is None else rows.filter(comes_after(*day_and_slug(after))))[:PORTION])
    while portion:
        for date, slug in portion:
            yield article_address(date, slug)
        portion = ask(rows.filter(comes_after(*portion[-1]))[:PORTION])


def comes_after(date: datetime.date, slug: str) -> Q:
    # The second condition follows from the first. It is there because databases find the place in the index
    # by it.
    return (Q(address_date__lt=date) | Q(slug__lt=slug)) & Q(address_date__lte=date)


def day_and_slug(address: str) -> tuple[datetime.date, str]:
    *day, slug = unquote(address).strip("/").split("/")
    return datetime.date(*map(int, day)), slug


def in_portions(queryset: QuerySet, ask: Ask) -> Iterator[Model]:
    for portion in portions(queryset, PORTION, ask):
        yield from portion


def portions(queryset: QuerySet, size: int, ask: Ask) -> Iterator[list[Model]]:
    rows = queryset.order_by("pk")
    portion = ask(rows[:size])
    while portion:
        yield portion
        portion = ask(rows.filter(pk__gt=portion[-1].pk)[:size])


def months(rows: QuerySet, time: str) -> QuerySet:
    """The months in which one of the rows has its time, each as its first day, in the column `month`."""
    month = TruncMonth(time, tzinfo=timezone.get_default_timezone())
    return rows.order_by().annotate(month=month).distinct()


def in_months(start: str, first_days: Iterable[datetime.datetime]) -> Iterator[str]:
    """The addresses of these months below `start`, the newest first."""
    for first_day in sorted(first_days, reverse=True):
        yield f"{start}{first_day:%Y/%m}/"
