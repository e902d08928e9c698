"""Every public address of the site, for printing everything at once and for checking the shelf."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.models import Article, Author, Page, Section, Tag
from articles.models.addresses import article_address


def every_address() -> Iterator[str]:
    """The fronts and lists first, then the articles, newest first. Memory stays flat however many."""
    yield from furniture_addresses()
    yield from article_addresses()


def furniture_addresses() -> Iterator[str]:
    published = Article.objects.published()
    yield "/"
    yield from months("/", published)
    for section in Section.objects.select_related("parent"):
        yield section.get_absolute_url()
        yield from months(section.get_absolute_url(), published.in_section(section))
    for page in Page.objects.filter(published=True):
        yield page.get_absolute_url()
    for tag in Tag.objects.all().iterator():
        yield tag.get_absolute_url()
        yield from months(tag.get_absolute_url(), published.filter(tag_links__tag=tag))
    for author in Author.objects.all().iterator():
        yield author.get_absolute_url()
        yield from months(author.get_absolute_url(), published.filter(bylines__author=author))


def article_addresses() -> Iterator[str]:
    """Of what is public, and of what was and is gone."""
    known = Article.objects.filter(address_date__isnull=False, publish_at__lte=timezone.now())
    rows = known.order_by("-publish_at", "-pk").values_list("address_date", "slug")
    for date, slug in rows.iterator(chunk_size=2000):
        yield article_address(date, slug)


def months(start: str, articles: QuerySet) -> Iterator[str]:
    zone = timezone.get_default_timezone()
    found = (
        articles.order_by()
        .annotate(month=TruncMonth("publish_at", tzinfo=zone))
        .values_list("month", flat=True)
    )
    for month in sorted(set(found.distinct()), reverse=True):
        yield f"{start}{month:%Y/%m}/"
