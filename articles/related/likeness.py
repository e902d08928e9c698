"""How much two articles are alike, as a number. Pure functions: no database.

What both have counts: tags, words of headline and standfirst, the section. What few articles have counts
most. The number is the same for both, so one computation says on which of the two pages the other belongs.
"""

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from articles.search.folding import STEM, Forms, words

# Less than this is no likeness: some common words, or a tag that a thousand articles have.
LEAST = 0.8
OF_TAGS, OF_SECTION, OF_DEPARTMENT = 1.5, 0.25, 0.1
# Articles of which the other one is so many years older count half.
HALF = 4
YEAR = datetime.timedelta(days=365.25)
# A tag with so many articles says as little as it can; they are not counted beyond.
MOST_OF_TAG = 1_000


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of an article."""

    article: int
    at: datetime.datetime
    section: int
    department: int
    tags: frozenset[int]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many of so many articles have each word."""

    times: Mapping[str, int]
    articles: int

    @classmethod
    def of(cls, texts: Iterable[frozenset[str]]) -> Self:
        texts = list(texts)
        return cls(Counter(word for text in texts for word in text), len(texts))

    def of_word(self, word: str) -> float:
        """From 1 for a word that no other article has down to 0 for one that all have."""
        return max(0.0, 1 - math.log1p(self.times.get(word, 0)) / math.log(2 + self.articles))


def of_tag(number: int) -> float:
    """From 1 for a tag that one article has down to a quarter."""
    return 1 - 0.75 * math.log(min(max(number, 1), MOST_OF_TAG)) / math.log(MOST_OF_TAG)


def likeness(one: Traits, other: Traits, *, tags: Mapping[int, int], rarity: Rarity) -> float:
    """`tags`: for each tag that both may have, how many articles have it."""
    found = OF_TAGS * sum(of_tag(tags[tag]) for tag in one.tags & other.tags)
    # Squared, so that ten common words do not make up for a rare one.
    found += sum(rarity.of_word(word) ** 2 for word in one.words & other.words)
    found += OF_SECTION * (one.section == other.section) + OF_DEPARTMENT * (
        one.department == other.department
    )
    return found / (1 + abs(one.at - other.at) / YEAR / HALF)


def words_of_story(headline: str, standfirst: str, language: str) -> frozenset[str]:
    return frozenset(map(key_of, words(f"{headline} {standfirst}", language)))


def key_of(forms: Forms) -> str:
    """The stem of a word, by which “wall” and “walls” are one; else the word as it is."""
    return next((form[len(STEM) :] for form in forms.others if form.startswith(STEM)), forms.plain)
