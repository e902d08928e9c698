"""Every public address of the site, for printing everything at once and for checking the shelf.

Asked for in portions, each by where the one before ended: whoever walks a million of them may take hours,
lose the database in between, and needs no more memory than for ten.

`ask` fetches the rows of a query; who can't begin again passes one that waits for the database.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.models import Article, ArticleTag, Author, Byline, OldAddress, Page, Section, Tag
from articles.models.addresses import article_address

PORTION = 1000  # rows
ARTICLE = re.compile(r"/[0-9]{4}/[0-9]{2}/[0-9]{2}/[^/]+/")
Ask = Callable[[QuerySet], list[Any]]


def is_article(path: str) -> bool:
    return ARTICLE.fullmatch(path) is not None


def articles_in_words(done: int, total: int) -> str:
    """How far a walk over all pages has come, like “310 of 1,135 articles”."""
    return f"{min(done, total):,} of {total:,} articles"


def every_address(ask: Ask = list) -> Iterator[str]:
    """The fronts and lists first, then the articles, newest first, and what has moved."""
    yield from furniture_addresses(ask)
    yield from article_addresses(ask)
    for old in in_portions(OldAddress.objects.only("path"), ask):
        yield old.path


def furniture_addresses(ask: Ask) -> Iterator[str]:
    published = Article.objects.published()
    yield "/"
    yield from months("/", published, "publish_at", ask)
    for section in ask(Section.objects.select_related("parent")):
        yield section.get_absolute_url()
        yield from months(section.get_absolute_url(), published.in_section(section), "publish_at", ask)
    for page in ask(Page.objects.filter(published=True)):
        yield page.get_absolute_url()
    for kind, links, name in ((Tag, ArticleTag, "tag"), (Author, Byline, "author")):
        for owner in in_portions(kind.objects.all(), ask):
            yield owner.get_absolute_url()
            # Out of the owner's own index; a month of which nothing is public any more is no page.
            out = links.objects.filter(published_at__lte=timezone.now(), **{name: owner})
            yield from months(owner.get_absolute_url(), out, "published_at", ask)


def article_addresses(ask: Ask) -> Iterator[str]:
    """Of what is public, and of what was and is gone: the newest day first, in the order of an index."""
    known = Article.objects.filter(address_date__isnull=False, publish_at__lte=timezone.now())
    rows = known.order_by("-address_date", "-slug").values_list("address_date", "slug")
    portion = ask(rows[:PORTION])
    while portion:
        for date, slug in portion:
            yield article_address(date, slug)
        date, slug = portion[-1]
        # The first condition says nothing new; it is the one by which databases find the place in the index.
        rest = rows.filter(Q(address_date__lt=date) | Q(slug__lt=slug), address_date__lte=date)
        portion = ask(rest[:PORTION])


def in_portions(queryset: QuerySet, ask: Ask) -> Iterator[Model]:
    rows = queryset.order_by("pk")
    portion = ask(rows[:PORTION])
    while portion:
        yield from portion
        portion = ask(rows.filter(pk__gt=portion[-1].pk)[:PORTION])


def months(start: str, rows: QuerySet, time: str, ask: Ask) -> Iterator[str]:
    """Those in which one of the rows has its time, the newest first."""
    month = TruncMonth(time, tzinfo=timezone.get_default_timezone())
    found = rows.order_by().annotate(month=month).values_list("month", flat=True).distinct()
    for first_day in sorted(ask(found), reverse=True):
        yield f"{start}{first_day:%Y/%m}/"
