"""Stories into the database, as the publishing verbs would have left them, many thousands at a time."""

import datetime
import itertools
import random
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from articles.conf import paper
from articles.models import Article, ArticleTag, Author, Byline, Image, OldAddress, Section, State, Tag
from articles.models.addresses.paths import article_address
from articles.models.articles.article import ArticlePicture
from articles.outbox.consumers import have_all_start_over
from articles.publishing.article.content.slugs import LENGTH
from articles.publishing.shared.prepared_body import preparation
from articles.publishing.shared.records import announce

from .blocks import make_blocks
from .names import Names
from .stories import Cast, Stories, times
from .tables import Copied, as_copied, on_postgresql, reserve, write_rows

Say = Callable[[str], None]
BATCH = 5000
# An article's columns that a story has under the same name.
SAME = (
    "headline",
    "slug",
    "kicker",
    "standfirst",
    "contents",
    "excerpt",
    "word_count",
    "reading_minutes",
    "section_id",
    "department_id",
    "lead_image_id",
)
same = attrgetter(*SAME)
OWN = (
    "id",
    "uid",
    "publish_at",
    "first_published_at",
    "created_at",
    "modified_at",
    "address_date",
    "body",
    "prepared_body",
)


class NothingToWriteWith(Exception):
    """There is no section or author that a story could have; the message says what to do."""


def add_articles(count: int, *, say: Say = print, seed: int | None = None) -> None:
    """Add so many published articles: as `publish` would have stored them, but without revisions and acts.

    The rows go into their tables by the thousand instead of through the verbs, because a newsroom of 100,000
    articles would take hours otherwise. Each batch is a transaction of its own, so that what is in stays in.
    Raises NothingToWriteWith.
    """
    cast, now = find_cast(), timezone.now()
    rng = random.Random(seed)  # noqa: S311 - stories, not secrets
    names = Names(rng)
    images = list(Image.objects.filter(pk__in=cast.images))
    stories = Stories(rng, names, make_blocks(rng, names, images), cast)
    started, written = time.monotonic(), 0
    for batch in batches(times(count, now, rng)):
        write(stories, batch)
        written += len(batch)
        say(f"{written:,} of {count:,} articles, {written / (time.monotonic() - started):,.0f} a second")
    settle()


def batches(moments: Iterable[datetime.datetime]) -> Iterator[list[datetime.datetime]]:
    moments = iter(moments)
    while batch := list(itertools.islice(moments, BATCH)):
        yield batch


def find_cast() -> Cast:
    sections = tuple(
        (pk, parent or pk) for pk, parent in Section.objects.order_by("pk").values_list("pk", "parent_id")
    )
    authors = tuple(Author.objects.order_by("pk").values_list("pk", flat=True))
    if not sections or not authors:
        raise NothingToWriteWith(
            "Generated articles need a section and an author. Make one of each in the admin, "
            "or begin with an empty database: there the demo is loaded first."
        )
    images = Image.objects.filter(portrait_of=None).exclude(alt="")
    return Cast(
        sections=sections,
        authors=authors,
        tags=tuple(Tag.objects.order_by("pk").values_list("pk", flat=True)),
        images=tuple(images.order_by("pk").values_list("pk", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class Links:
    """What the other tables are told of an article that has been written."""

    article_id: int
    at: datetime.datetime
    authors: list[int]
    tags: list[int]
    pictures: list[int]


class Addresses:
    """Free slugs for each of some days; see publishing.slugs.free_slug, which asks the database each time."""

    def __init__(self, first: datetime.date, last: datetime.date) -> None:
        existing = Article.including_bin.filter(address_date__range=(first, last))
        self.taken = set(existing.values_list("address_date", "slug"))
        months = {f"{day:%Y/%m}" for day in (first, last)} | {
            f"{first + datetime.timedelta(days=days):%Y/%m}" for days in range(0, (last - first).days, 27)
        }
        self.left = {
            path
            for month in months
            for path in OldAddress.objects.filter(path__startswith=f"/{month}/").values_list(
                "path", flat=True
            )
        }

    def free(self, day: datetime.date, wanted: str) -> str:
        number, slug = 1, wanted
        while (day, slug) in self.taken or (self.left and article_address(day, slug) in self.left):
            number += 1
            slug = f"{wanted[: LENGTH + 30]}-{number}"
        self.taken.add((day, slug))
        return slug


@transaction.atomic
def write(stories: Stories, moments: list[datetime.datetime]) -> None:
    """One batch. Stories are made while the rows before them are on their way."""
    make_it_quick()
    links: list[Links] = []
    constant = constants()
    tail = [Copied(as_copied(value)) for value in constant.values()] if on_postgresql() else constant.values()
    # Asked before the rows are on their way: a connection that copies answers nothing else.
    numbers = itertools.count(reserve(Article, len(moments)))
    addresses = Addresses(timezone.localdate(moments[0]), timezone.localdate(moments[-1]))

    def rows() -> Iterator[tuple]:
        for number, at in zip(numbers, moments, strict=False):
            story = stories.story(at)
            story.slug = addresses.free(story.day, story.slug)
            links.append(Links(number, at, story.authors, story.tags, story.pictures))
            bodies = story.copied_bodies() if on_postgresql() else (story.body, story.prepared_body)
            yield (number, uuid.uuid4(), at, at, at, at, story.day, *bodies, *same(story), *tail)

    write_rows(Article, (*OWN, *SAME, *constant), rows())
    write_rows(
        Byline,
        ("article_id", "author_id", "role", "order", "published_at"),
        (
            (each.article_id, author, "", order, each.at)
            for each in links
            for order, author in enumerate(each.authors)
        ),
    )
    write_rows(
        ArticleTag,
        ("content_object_id", "tag_id", "published_at"),
        ((each.article_id, tag, each.at) for each in links for tag in each.tags),
    )
    write_rows(
        ArticlePicture,
        ("article_id", "image_id"),
        ((each.article_id, image) for each in links for image in each.pictures),
    )


def constants() -> dict[str, Any]:
    """Every other column, with what the verbs leave in it; version 0 says that no revision is kept."""
    given = {*OWN, *SAME}
    values = {
        "state": State.PUBLISHED.value,
        "language": paper().language,
        "version": 0,
        "prepared_with": preparation(),
    }
    return {
        field.attname: values.get(field.attname, field.get_default())
        for field in Article._meta.concrete_fields
        if field.attname not in given and not field.generated
    }


def make_it_quick() -> None:
    """For this transaction only."""
    if on_postgresql():
        with connection.cursor() as cursor:
            # A batch that is lost with the machine can be written again.
            cursor.execute("SET LOCAL synchronous_commit = off")
            # Inverted indexes take their new words in large portions.
            cursor.execute("SET LOCAL gin_pending_list_limit = '256MB'")
            cursor.execute("SET LOCAL work_mem = '64MB'")


def settle() -> None:
    """Readers' pages and the search follow, and the planner learns how large the tables have become."""
    announce("paper", 0, {})
    have_all_start_over()
    with connection.cursor() as cursor:
        for model in (Article, Byline, ArticleTag, ArticlePicture):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
