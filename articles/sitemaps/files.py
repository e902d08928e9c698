"""The parts of sitemaps: an index, and files of addresses.

Months are divided where they have more addresses than a file takes, counted from the oldest, so that a new
article changes the last part only. Every file is made with one or two queries, however many articles there
are.
"""

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Count, Max, Model, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from articles.conf import absolute, media, paper
from articles.database.compiled_queries import CompiledQuery, rows_of_each
from articles.images import ROLES, fallback_rendition
from articles.models import Article, Author, Image, Page, Section, Tag
from articles.models.addresses.paths import (
    LISTS_SITEMAP,
    article_address,
    month_sitemap,
    part_of_sitemap,
)
from articles.models.collections.periods import Period
from articles.models.collections.public_pages import with_stories
from articles.structured_data import machine_time
from articles.words.xml import DECLARATION, element, holding

# A file may have 50,000 addresses and 50 MB. So many of our longest addresses fit.
PER_FILE = 40_000
AT_ONCE = 100  # months that are counted in one query
NEWS, NEWS_AGE = 1000, datetime.timedelta(hours=48)
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS_SCHEMA = "http://www.google.com/schemas/sitemap-news/0.9"
# The two languages that search engines know by more than their first letters.
CHINESE = {"zh-hans": "zh-cn", "zh-hant": "zh-tw", "zh-cn": "zh-cn", "zh-tw": "zh-tw"}
PICTURE = ("id", "width", "height", "fingerprint", "focus_x", "focus_y", "withheld")


def index(at: datetime.datetime) -> str:
    lists = 1 + sum(rows.count() for rows in lists_of(at))
    entries = [entry(part_of_sitemap(LISTS_SITEMAP, part)) for part in parts(lists)]
    for month, number, changed in months(at):
        file = month_sitemap(month.year, month.month)
        # Which part has changed is not known where a month has several.
        lastmod = changed if number <= PER_FILE else None
        entries += [entry(part_of_sitemap(file, part), lastmod) for part in parts(number)]
    return DECLARATION + holding("sitemapindex", "\n" + "".join(entries), xmlns=SCHEMA)


def entry(path: str, lastmod: datetime.datetime | None = None) -> str:
    return holding("sitemap", element("loc", absolute(path)) + changed_at(lastmod))


def parts(number: int) -> range:
    return range(1, max(1, -(-number // PER_FILE)) + 1)


def months(at: datetime.datetime) -> Iterator[tuple[datetime.date, int, datetime.datetime]]:
    """(first day, number of articles, last change) of each month, the newest first.

    Each month is counted by itself, in the index alone. To sort a million articles by their months takes ten
    times as long."""
    periods = all_periods(at)
    for start in range(0, len(periods), AT_ONCE):
        part = periods[start : start + AT_ONCE]
        asked = [(OF_MONTH, {"at": at, "opens": month.opens, "closes": month.closes}) for month in part]
        for month, [[number, changed]] in zip(part, rows_of_each(asked), strict=True):
            if number:
                yield month.first_day, number, changed


def all_periods(at: datetime.datetime) -> list[Period]:
    """All months from the last article to the first, also those without one."""
    ends = rows_of_each([(FIRST, {"at": at}), (LAST, {"at": at})])
    if not all(ends):
        return []
    days = [timezone.localdate(moment) for [[moment]] in ends]
    first, last = (day.year * 12 + day.month - 1 for day in days)
    return [Period(number // 12, number % 12 + 1) for number in range(last, first - 1, -1)]


def counted(at: datetime.datetime, opens: datetime.datetime, closes: datetime.datetime) -> QuerySet:
    """(number of articles, last change) of the articles from one moment to the other."""
    rows = Article.objects.canonical(at).filter(publish_at__gte=opens, publish_at__lt=closes).order_by()
    changed = Max(Greatest("publish_at", Coalesce("updated_at", "publish_at")))
    # The ORM counts rows as part of a query only if they are a group.
    groups = rows.annotate(all=Value(1)).values("all").annotate(number=Count("pk"), changed=changed)
    return groups.values_list("number", "changed")


def at_end(order: str) -> CompiledQuery:
    """When the article was published that is the first in that order."""
    return CompiledQuery(
        lambda at: Article.objects.canonical(at).order_by(order).values_list("publish_at")[:1]
    )


OF_MONTH, FIRST, LAST = CompiledQuery(counted), at_end("publish_at"), at_end("-publish_at")


def of_month(at: datetime.datetime, opens: datetime.datetime, closes: datetime.datetime, part: int) -> str:
    """The articles from one moment to the other; empty if that part has none."""
    start = (part - 1) * PER_FILE
    rows = Article.objects.canonical(at).filter(publish_at__gte=opens, publish_at__lt=closes)
    columns = (
        "address_date",
        "slug",
        "publish_at",
        "updated_at",
        *(f"lead_image__{name}" for name in PICTURE),
    )
    rows = rows.order_by("publish_at", "pk").values_list(*columns)[start : start + PER_FILE]
    return urlset(map(article_url, rows), xmlns_image=IMAGES)


def article_url(row: tuple) -> str:
    date, slug, published, updated, *picture = row
    return url(
        article_address(date, slug),
        changed_at(max(published, updated or published))
        + (image(picture) if picture[0] and not picture[-1] else ""),
    )


def image(values: list[Any]) -> str:
    """The lead picture. Those in the body stand in texts, which are not read here."""
    source = Image(**dict(zip(PICTURE, values, strict=True))).source
    address = media() + fallback_rendition(source, ROLES["lead"]).path
    return holding("image:image", element("image:loc", address))


def of_lists(at: datetime.datetime, part: int) -> str:
    """The front, the paper's own pages, and the sections, tags and authors that readers find."""
    start = (part - 1) * PER_FILE
    addresses = islice(list_addresses(at), start, start + PER_FILE)
    return urlset(map(url, addresses))


def list_addresses(at: datetime.datetime) -> Iterator[str]:
    yield "/"
    for rows in lists_of(at):
        for row in rows.iterator(chunk_size=2000):
            yield row.get_absolute_url()


def lists_of(at: datetime.datetime) -> list[QuerySet[Model]]:
    return [
        Section.objects.shown(at).select_related("parent").order_by("pk"),
        Page.objects.filter(published=True).only("path").order_by("pk"),
        with_stories(Tag, at).only("slug").order_by("pk"),
        with_stories(Author, at).only("slug").order_by("pk"),
    ]


def of_news(at: datetime.datetime) -> str:
    """The newest articles of two days. There may be none, which search engines take."""
    rows = Article.objects.canonical(at).filter(publish_at__gt=at - NEWS_AGE).newest_first()
    rows = rows.values_list("address_date", "slug", "publish_at", "headline", "language")[:NEWS]
    urls = "".join(map(news_url, rows))
    return DECLARATION + holding("urlset", f"\n{urls}", xmlns=SCHEMA, xmlns_news=NEWS_SCHEMA)


def news_url(row: tuple) -> str:
    date, slug, published, headline, language = row
    publication = element("news:name", paper().name) + element("news:language", language_of_news(language))
    news = (
        holding("news:publication", publication)
        + element("news:publication_date", machine_time(published))
        + element("news:title", headline)
    )
    return url(article_address(date, slug), holding("news:news", news))


def language_of_news(language: str) -> str:
    """The language in two or three letters."""
    return CHINESE.get(language, language.partition("-")[0])


def urlset(urls: Iterable[str], **names: str) -> str:
    inner = "".join(urls)
    return DECLARATION + holding("urlset", f"\n{inner}", xmlns=SCHEMA, **names) if inner else ""


def url(path: str, more: str = "") -> str:
    return holding("url", element("loc", absolute(path)) + more)


def changed_at(moment: datetime.datetime | None) -> str:
    return element("lastmod", machine_time(moment)) if moment else ""
