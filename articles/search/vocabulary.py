"""The words of each index, and those among them that were probably meant by one that it does not have.

A mistyped word has one letter too many, one too few, a wrong one, or two changed over. Then one half of it
is right, so the word that was meant is among those with the same beginning or the same ending, unless the
two letters in the middle are changed over. Long words may have two such mistakes, if one half is right all
the same.

Words of articles that are gone stay known until everything is built anew. So a word is offered to readers
only after the search has found something for it."""

from collections import Counter
from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet

from articles.models import KnownWord

from .documents import Document

SHORTEST, LONGEST = 4, 40
# A word of so many letters may have two mistakes.
LONG = 8
# So many words with the same beginning, or ending, are looked at, the most frequent first.
MOST_LIKE = 400
LAST = "\U0010ffff"


def note_words(documents: Collection[Document], *, is_public: bool) -> None:
    """Remember the words of these documents that are new."""
    times: Counter[str] = Counter()
    for each in documents:
        times.update({plain for part in each.parts for plain, _, _ in part})
    # In one order, so that two who write the same words wait for each other instead of stopping each other.
    words = sorted(filter(may_be_meant, times))
    if not words:
        return
    into = f"INSERT INTO {KnownWord._meta.db_table} (word, backward, times, is_public)"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # No word has a space. The driver takes long for arrays.
            column = "string_to_array(%s, ' ')"
            given = f"unnest({column}, {column}, {column}::int[])"
            columns = [words, (word[::-1] for word in words), (str(times[word]) for word in words)]
            values = [is_public, *map(" ".join, columns)]
            cursor.execute(f"{into} SELECT *, %s FROM {given} ON CONFLICT DO NOTHING", values)
        else:
            rows = [(word, word[::-1], times[word], is_public) for word in words]
            cursor.executemany(f"{into} VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING", rows)


def may_be_meant(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def likely(word: str, *, is_public: bool, most: int = 3) -> list[str]:
    """Known words that may have been meant, the likeliest first; none if the word itself is known."""
    if not may_be_meant(word):
        return []
    allowed = 2 if len(word) >= LONG else 1
    rows = KnownWord.objects.filter(is_public=is_public).order_by("-times").values_list("word", "times")
    found = dict(like(word, rows))
    if word in found:
        return []
    judged = [(mistakes(word, other, allowed), -times, other) for other, times in found.items()]
    return [other for number, _, other in sorted(judged) if number <= allowed][:most]


def like(word: str, rows: QuerySet) -> list[tuple[str, int]]:
    """Known words of which one half is the same, and the one in which the letters in the middle are changed
    over."""
    half = len(word) // 2
    first, second = word[:half], word[half:][::-1]
    changed_over = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
    starting = rows.filter(word__gte=first, word__lt=first + LAST)
    ending = rows.filter(backward__gte=second, backward__lt=second + LAST)
    return [*starting[:MOST_LIKE], *ending[:MOST_LIKE], *rows.filter(word__in=[word, changed_over])]


def mistakes(word: str, other: str, most: int) -> int:
    """How many letters are too many, missing, wrong or changed over; more than `most` is not counted on."""
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        earlier, before, row = before, row, [i]
        for j, theirs in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == theirs:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
