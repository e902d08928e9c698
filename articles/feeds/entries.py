"""What a feed says of each article. All entries of a feed together take a handful of queries."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from articles.body import pictures_named
from articles.conf import absolute, media
from articles.images import ROLES, PictureSource, fallback_rendition, files_named
from articles.models import Article, ArticleTag, Byline, Image, Page
from articles.publishing.shared.prepared_body import preparation, prepare_article
from articles.structured_data import changed_at
from articles.words.languages import speaking

from .text import full_text

LEAD = ROLES["lead"]


@dataclass(frozen=True, slots=True)
class Person:
    """`role` is empty for those who wrote the text."""

    name: str
    address: str
    role: str


@dataclass(frozen=True, slots=True)
class Picture:
    address: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a feed. All addresses are absolute but for `path`, which the press knows it by. `html` is
    the whole text; `files` are the pictures' files that the entry names."""

    id: str
    path: str
    address: str
    title: str
    summary: str
    html: str
    language: str
    published: datetime.datetime
    updated: datetime.datetime
    people: tuple[Person, ...]
    # The section, what kind of article it is unless that is news, the tags.
    categories: tuple[str, ...]
    kind: str
    picture: Picture | None
    files: tuple[str, ...]


def entries_of(articles: QuerySet[Article]) -> list[Entry]:
    if (kept := KeptEntries.used()) is None:
        return list(entries_read(articles).values())
    return kept.of(list(articles.values_list("pk", flat=True)))


class KeptEntries:
    """Entries that were read for one feed, for the other feeds and formats that show the same articles.

    The press prints the three formats of a feed one after the other, and a story stands in the feeds of the
    paper, of its section and of the section above. Reading it takes longer than writing it. The press forgets
    all when it learns of a change, and that change prints anew whatever was written before.
    """

    # A publication changes the feeds of a few sections, each of fifty stories of some 10 KB.
    MOST = 400
    _used: ContextVar["KeptEntries | None"] = ContextVar("kept_entries", default=None)

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}

    @classmethod
    def used(cls) -> "KeptEntries | None":
        """Those that this thread uses; None for whoever has not learnt of all changes, such as a reader's
        request."""
        return cls._used.get()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        token = self._used.set(self)
        try:
            yield
        finally:
            self._used.reset(token)

    def forget(self) -> None:
        self._entries.clear()

    def of(self, numbers: Sequence[int]) -> list[Entry]:
        if len(self._entries) > self.MOST:
            self.forget()
        if missing := [number for number in numbers if number not in self._entries]:
            self._entries |= entries_read(Article.objects.filter(pk__in=missing))
        # Without those that were deleted since their numbers were read.
        return [self._entries[number] for number in numbers if number in self._entries]


def entries_read(articles: QuerySet[Article]) -> dict[int, Entry]:
    """By the articles' numbers, in the order of the query."""
    rows = list(
        articles.select_related("lead_image", "section").prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("author")),
            # In the order of their rows, which is the editor's.
            Prefetch("tag_links", ArticleTag.objects.select_related("tag").order_by("pk")),
            "corrections",
        )
    )
    for row in rows:
        row.hide_withheld()
        # Another version of the code may have prepared it; `manage.py prepare` saves it.
        if row.prepared_with != preparation():
            prepare_article(row)
    sources = sources_of(rows)
    return {row.pk: entry_of(row, sources) for row in rows}


def sources_of(rows: Iterable[Article | Page]) -> dict[int, PictureSource]:
    """The pictures in their bodies."""
    numbers = {number for row in rows for number in pictures_named(row.prepared_body)}
    return {
        number: image.source
        for number, image in Image.objects.filter(withheld=False).in_bulk(numbers).items()
    }


def entry_of(article: Article, sources: dict[int, PictureSource]) -> Entry:
    text = full_text(article, sources)
    lead = files_named(article.lead_image.source, LEAD) if article.lead_image else ()
    tags = (link.tag.name for link in article.tag_links.all())
    return Entry(
        id=article.feed_id,
        path=article.get_absolute_url(),
        address=absolute(article.get_absolute_url()),
        title=article.headline,
        summary=article.standfirst or article.excerpt,
        html=text.html,
        language=article.language,
        published=article.publish_at,
        # Also the time of its last correction.
        updated=changed_at(article),
        people=tuple(
            Person(line.author.name, absolute(line.author.get_absolute_url()), line.role)
            for line in article.bylines.all()
        ),
        categories=tuple(dict.fromkeys(filter(None, [article.section.name, kind_of(article), *tags]))),
        kind=kind_of(article),
        picture=picture_of(article),
        files=(*lead, *text.files),
    )


def kind_of(article: Article) -> str:
    with speaking(article.language):
        return article.kind_in_words


def picture_of(article: Article) -> Picture | None:
    if article.lead_image is None:
        return None
    file, words = fallback_rendition(article.lead_image.source, LEAD), article.lead_words
    return Picture(media() + file.path, file.width, file.height, words.alt, words.caption, words.credit)
