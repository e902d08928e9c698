"""Every public address of the site, for printing everything at once and for checking the shelf.

Asked for in portions, each by where the one before ended: whoever walks a million of them may take hours,
lose the database in between, and needs no more memory than for ten.
"""

from collections.abc import Iterator

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.models import Article, ArticleTag, Author, Byline, OldAddress, Page, Section, Tag
from articles.models.addresses import article_address

PORTION = 1000  # rows


def every_address() -> Iterator[str]:
    """The fronts and lists first, then the articles, newest first, and what has moved."""
    yield from furniture_addresses()
    yield from article_addresses()
    for old in in_portions(OldAddress.objects.only("path")):
        yield old.path


def furniture_addresses() -> Iterator[str]:
    published = Article.objects.published()
    yield "/"
    yield from months("/", published, "publish_at")
    for section in Section.objects.select_related("parent"):
        yield section.get_absolute_url()
        yield from months(section.get_absolute_url(), published.in_section(section), "publish_at")
    for page in Page.objects.filter(published=True):
        yield page.get_absolute_url()
    for kind, links, name in ((Tag, ArticleTag, "tag"), (Author, Byline, "author")):
        for owner in in_portions(kind.objects.all()):
            yield owner.get_absolute_url()
            # Out of the owner's own index; a month of which nothing is public any more is no page.
            out = links.objects.filter(published_at__lte=timezone.now(), **{name: owner})
            yield from months(owner.get_absolute_url(), out, "published_at")


def article_addresses() -> Iterator[str]:
    """Of what is public, and of what was and is gone."""
    known = Article.objects.filter(address_date__isnull=False, publish_at__lte=timezone.now())
    rows = known.order_by("-publish_at", "-pk").values_list("publish_at", "pk", "address_date", "slug")
    portion = list(rows[:PORTION])
    while portion:
        for _, _, date, slug in portion:
            yield article_address(date, slug)
        at, pk, _, _ = portion[-1]
        portion = list(rows.filter(Q(publish_at__lt=at) | Q(publish_at=at, pk__lt=pk))[:PORTION])


def in_portions(queryset: QuerySet) -> Iterator[Model]:
    rows = queryset.order_by("pk")
    portion = list(rows[:PORTION])
    while portion:
        yield from portion
        portion = list(rows.filter(pk__gt=portion[-1].pk)[:PORTION])


def months(start: str, rows: QuerySet, time: str) -> Iterator[str]:
    """Those in which one of the rows has its time, the newest first."""
    month = TruncMonth(time, tzinfo=timezone.get_default_timezone())
    found = rows.order_by().annotate(month=month).values_list("month", flat=True).distinct()
    for first_day in sorted(found, reverse=True):
        yield f"{start}{first_day:%Y/%m}/"
