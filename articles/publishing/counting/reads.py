"""Writes down how often articles were opened, and makes the list of the most read ones of 24 hours.

What is counted is an article and an hour, and nothing about who has read it.
"""

import datetime
from collections import Counter
from collections.abc import Mapping

from django.db import connection, transaction
from django.db.models import Sum

from articles.models import Article, MostRead, Reads
from articles.models.addresses.paths import date_and_slug
from articles.publishing.shared.records import announce

from .visits import portions

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
# Places in the list, and those of them that the front shows.
PLACES, ON_FRONT = 10, 4
# The list stays for so long at least.
AT_MOST_EVERY = datetime.timedelta(minutes=5)

# Address of an article, decoded → how often it was opened.
Counts = Mapping[str, int]


def write_reads(counts: Counts, at: datetime.datetime) -> None:
    """Add these numbers, which were counted in the hour of `at`. Addresses of no public article are left
    out. If there is an error, nothing is added, so that all may be tried again."""
    numbers: Counter[int] = Counter()
    for names in portions(counts):
        numbers.update(numbers_of({name: counts[name] for name in names}))
    if numbers:
        add(numbers, at.replace(minute=0, second=0, microsecond=0))


def numbers_of(counts: Counts) -> dict[int, int]:
    """Number of a public article → how often it was opened."""
    wanted: Counter[tuple[datetime.date, str]] = Counter()
    for path, number in counts.items():
        if found := date_and_slug(path):
            wanted[found] += number
    there = Article.objects.published().at_addresses(wanted).order_by()
    rows = there.values_list("pk", "address_date", "slug")
    return {pk: wanted[date, slug] for pk, date, slug in rows if (date, slug) in wanted}


@transaction.atomic
def add(numbers: Mapping[int, int], hour: datetime.datetime) -> None:
    table, at = Reads._meta.db_table, connection.ops.adapt_datetimefield_value(hour)
    # In one order, so that two servers that write the same rows do not wait for each other for ever.
    rows = [(article, at, number) for article, number in sorted(numbers.items())]
    with connection.cursor() as cursor:
        # The ORM can add to what is there only with a statement for each row, which takes ten times as long.
        cursor.executemany(
            f"INSERT INTO {table} (article_id, hour, number) VALUES (%s, %s, %s) "  # noqa: S608 - our own name
            f"ON CONFLICT (article_id, hour) DO UPDATE SET number = {table}.number + excluded.number",
            rows,
        )


def forget_old_reads(now: datetime.datetime) -> None:
    Reads.objects.filter(hour__lte=now - DAY).delete()


@transaction.atomic
def make_most_read(now: datetime.datetime) -> bool:
    """Make the list anew if the one there is is old enough and not in this order any more. True if it was
    made."""
    rows = list(MostRead.objects.select_for_update().values_list("article", "since"))
    if rows and now - rows[0][1] < AT_MOST_EVERY:
        return False
    was, articles = [article for article, _ in rows], most_read(now)
    if articles == was:
        return False
    MostRead.objects.all().delete()
    MostRead.objects.bulk_create(
        MostRead(place=place, article_id=article, since=now) for place, article in enumerate(articles, 1)
    )
    announce("most_read", 0, {"front": articles[:ON_FRONT] != was[:ON_FRONT]})
    return True


def most_read(now: datetime.datetime) -> list[int]:
    """The numbers of the public articles that were opened most often in 24 hours, the newer first of two that
    were opened equally often."""
    public = Article.objects.published(now).order_by().values("pk")
    rows = Reads.objects.filter(hour__gt=now - DAY, article__in=public).values("article")
    return list(
        rows.annotate(times=Sum("number"))
        .order_by("-times", "-article")
        .values_list("article", flat=True)[:PLACES]
    )
