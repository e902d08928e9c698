"""What an index is told of an article: its words by the place where they stand, and marks for filters."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from .folding import Forms, words

# Characters of a text and words of a document. What is longer is no newspaper's text; the rest is not
# searched.
LONGEST = 400_000
MOST_WORDS = 16_000
# A moment and a number in one key, so that keys run as time does: 26 bits for the number.
NUMBERS = 26
MASK = (1 << NUMBERS) - 1


@dataclass(frozen=True, slots=True)
class Texts:
    """An article's texts, plain. `names`: the kicker, and the names of its tags and authors. `facts` are
    marks for filters, see those functions."""

    article: int
    at: datetime.datetime
    language: str
    headline: str
    standfirst: str
    names: str
    body: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The same as an index stores it."""

    article: int
    key: int
    language: str
    headline: list[Forms]
    standfirst: list[Forms]
    names: list[Forms]
    body: list[Forms]
    facts: tuple[str, ...]

    @property
    def parts(self) -> tuple[list[Forms], ...]:
        return self.headline, self.standfirst, self.names, self.body


def document(texts: Texts) -> Document:
    parts = (texts.headline, texts.standfirst, texts.names, texts.body)
    headline, standfirst, names, body = (words(text[:LONGEST], texts.language)[:MOST_WORDS] for text in parts)
    key = key_of(texts.at, texts.article)
    return Document(texts.article, key, texts.language, headline, standfirst, names, body, texts.facts)


def key_of(at: datetime.datetime, article: int = 0) -> int:
    """Later articles have higher keys. Without an article, the lowest key of that second."""
    return (int(at.timestamp()) << NUMBERS) | (article & MASK)


def moment_of(key: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(key >> NUMBERS, datetime.UTC)


# Marks for filters. No word begins with their sign.
def section_fact(number: int) -> str:
    return f"@s{number}"


def tag_fact(number: int) -> str:
    return f"@t{number}"


def author_fact(number: int) -> str:
    return f"@a{number}"


def years(*moments: datetime.datetime | None) -> str:
    """As words, because the desk is asked for “railway reviews 2025”."""
    return " ".join(dict.fromkeys(str(timezone.localtime(moment).year) for moment in moments if moment))


def joined(*texts: str | Iterable[str]) -> str:
    """One text of several. No phrase goes from one into the next."""
    flat = [text for each in texts for text in ([each] if isinstance(each, str) else each)]
    return " · ".join(filter(None, flat))
