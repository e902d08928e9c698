"""Finds the articles that may be like another one, and judges them.

They come from the newest of each of its tags and out of the search's index. Each query is bounded, however
many articles there are.
"""

import heapq
import threading
from collections.abc import Collection, Iterable
from time import monotonic

from django.db import transaction
from django.utils import timezone

from articles.models import Article, ArticleTag
from articles.search.folding import STEM
from articles.search.index import PUBLIC
from articles.search.question import Question, Term
from articles.search.time_limit import TimeLimit, TookTooLong

from .likeness import LEAST, MOST_OF_TAG, Rarity, Traits, likeness, of_tag, words_of_story

# Tags of an article that are asked about, and articles of each.
MOST_TAGS, OF_EACH_TAG = 12, 50
# Its rarest words that are asked for, articles with one of them, and those with one in the headline.
MOST_WORDS, OF_WORDS, OF_HEADLINES = 6, 60, 20
# Articles that are compared, of those that share tags.
COMPARED = 60
# From so many of the newest articles it is known how rare a word is; looked up again after so many seconds.
SAMPLE, KEPT = 1_000, 3600.0
PATIENCE = 2.0  # seconds for the search's index
COLUMNS = ("pk", "publish_at", "section_id", "department_id", "headline", "standfirst", "language")


def traits_of(numbers: Collection[int]) -> dict[int, Traits]:
    """Of those among these articles that are public."""
    tags: dict[int, set[int]] = {}
    for article, tag in ArticleTag.objects.filter(content_object__in=numbers).values_list(
        "content_object_id", "tag_id"
    ):
        tags.setdefault(article, set()).add(tag)
    rows = Article.objects.published().filter(pk__in=numbers).order_by().values_list(*COLUMNS)
    return {
        pk: Traits(pk, at, section, department, frozenset(tags.get(pk, ())), words_of_story(*text))
        for pk, at, section, department, *text in rows
    }


def alike(article: Traits, *, also: Iterable[int] = ()) -> list[tuple[float, int]]:
    """The numbers of the articles that are like it, each with its likeness, the most alike first. Those in
    `also` are judged too, and are in the list however little they are alike."""
    rarity = RARITY.now()
    by_tag, numbers_of_tags = articles_of_tags(article)
    also = set(also)
    found = {*by_tag, *by_words(article, rarity), *also} - {article.article}
    judged = [
        (likeness(article, other, tags=numbers_of_tags, rarity=rarity), other.article)
        for other in traits_of(found).values()
    ]
    return sorted((each for each in judged if each[0] >= LEAST or each[1] in also), reverse=True)


def articles_of_tags(article: Traits) -> tuple[list[int], dict[int, int]]:
    """The articles that share most with it by tags alone, and tag → how many articles have it."""
    shared: dict[int, float] = {}
    numbers: dict[int, int] = {}
    for tag in sorted(article.tags):
        if len(numbers) == MOST_TAGS:
            numbers[tag] = MOST_OF_TAG
            continue
        newest, numbers[tag] = articles_of_tag(tag, article)
        for other in newest:
            shared[other] = shared.get(other, 0.0) + of_tag(numbers[tag])
    return heapq.nlargest(COMPARED, shared, key=lambda other: (shared[other], other)), numbers


def articles_of_tag(tag: int, article: Traits) -> tuple[list[int], int]:
    """The newest of the tag, and if there are more, those just before the article. And how many there are."""
    rows = (
        ArticleTag.objects.filter(tag=tag, published_at__lte=timezone.now())
        .order_by("-published_at", "-content_object_id")
        .values_list("content_object_id", "published_at")
    )
    newest = list(rows[:OF_EACH_TAG])
    if len(newest) < OF_EACH_TAG:
        return [other for other, _ in newest], len(newest)
    if newest[-1][1] > article.at:
        newest += rows.filter(published_at__lte=article.at)[: OF_EACH_TAG // 2]
    return [other for other, _ in newest], rows[:MOST_OF_TAG].count()


def by_words(article: Traits, rarity: Rarity) -> list[int]:
    """The articles in the search's index with one of its rarest words."""
    words = sorted(article.words, key=lambda word: (-rarity.of_word(word), word))[:MOST_WORDS]
    if not words:
        return []
    any_of_them = Term(forms=tuple(form for word in words for form in (word, STEM + word)))
    question, limit = Question((any_of_them,)), TimeLimit(PATIENCE)
    try:
        # A transaction of its own: PostgreSQL takes nothing more in one in which it gave a query up.
        with transaction.atomic():
            hits = PUBLIC.backend.ranked(question, OF_WORDS, OF_HEADLINES, limit)
    except TookTooLong:
        # Those that share tags are known.
        return []
    return [hit.article for hit in hits]


class Sample:
    """How rare words are among the newest articles, as it was known at most an hour ago."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: Rarity | None = None
        self._until = 0.0

    def now(self) -> Rarity:
        with self._lock:
            if self._known is None or monotonic() > self._until:
                self._known, self._until = self._read(), monotonic() + KEPT
            return self._known

    def forget(self) -> None:
        self._known = None

    def _read(self) -> Rarity:
        newest = Article.objects.published().newest_first()
        rows = newest.values_list("headline", "standfirst", "language")[:SAMPLE]
        return Rarity.of(words_of_story(*row) for row in rows)


RARITY = Sample()
