"""A question → the numbers of the articles that fit it. Whoever asks must look them up among those that may
be shown: an index is always a little behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from time import monotonic

from django.db import connection
from django.utils import timezone

from .backend import Hit
from .documents import moment_of
from .index import Index
from .question import Question
from .time_limit import LONGEST, TimeLimit

# So many are looked at; who wants older ones names a time.
MOST = 1000
# Of stories with the words in the headline, which may be older than the newest thousand.
MOST_HEADLINES = 300
# After so many years a story counts half of a new one that fits as well.
HALF = 3
YEAR = 365.25 * 24 * 3600
A_MINUTE = 60


class Order(StrEnum):
    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True)
class Found:
    """Numbers of articles in order. `until`: there are more, and the same question with this `until` finds
    the next older ones; None if these are all."""

    numbers: tuple[int, ...] = ()
    until: int | None = None

    @property
    def is_more(self) -> bool:
        return self.until is not None


def find(
    index: Index,
    question: Question,
    order: Order = Order.BEST,
    *,
    most: int | None = None,
    limit: TimeLimit | None = None,
) -> Found:
    """TookTooLong if it takes longer than `limit`, or than a few seconds."""
    most = MOST if most is None else most
    limit = limit or TimeLimit(LONGEST)
    if order == Order.NEWEST or not question.terms:
        hits = index.backend.newest(question, most + 1, limit)
    else:
        hits = index.backend.ranked(question, most + 1, MOST_HEADLINES, limit)
    # Both backends give the newest in order, and after them the headlines.
    until = hits[most].key + 1 if len(hits) > most else None
    if order == Order.BEST and question.terms:
        hits = best_first(hits)
    return Found(tuple(hit.article for hit in hits[:most]), until)


def best_first(hits: Iterable[Hit]) -> list[Hit]:
    now = timezone.now()

    def worth(hit: Hit) -> tuple[float, int]:
        age = max(0.0, (now - moment_of(hit.key)).total_seconds() / YEAR)
        return hit.rank / (1 + age / HALF), hit.key

    return sorted(hits, key=worth, reverse=True)


def languages(index: Index, own: str) -> tuple[str, ...]:
    """The paper's own language and those of the texts: questions are asked in each. They are looked up once a
    minute; until then a text in a new language is found by its words as they are written."""
    return tuple(dict.fromkeys([own, *_languages(index, connection.alias, int(monotonic()) // A_MINUTE)]))


@lru_cache(maxsize=8)
def _languages(index: Index, database: str, minute: int) -> tuple[str, ...]:
    table = index.model._meta.db_table
    with connection.cursor() as cursor:
        # One look into the index of languages for each of them, however many articles there are.
        cursor.execute(
            f"WITH RECURSIVE known (language) AS (SELECT min(language) FROM {table} UNION ALL "
            f"SELECT (SELECT min(language) FROM {table} WHERE language > known.language) FROM known "
            "WHERE known.language IS NOT NULL) SELECT language FROM known WHERE language IS NOT NULL"
        )
        return tuple(language for (language,) in cursor.fetchall())
