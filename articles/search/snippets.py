"""What a list of results shows of a text: the words of the question are marked in it, and of a body the
place is shown that has most of them. The text stays as it was written, and whoever shows the pieces escapes
them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from typing import NamedTuple

from .folding import Token, tokens, words_in
from .question import Question

LONGEST = 60_000  # characters of a body that are looked through
LENGTH = 220  # characters of a snippet
LEAD = 60  # characters before the first word that is shown, unless a sentence begins sooner
ELLIPSIS = "…"
ENDS = ".!?…。！？\n"


class Piece(NamedTuple):
    text: str
    is_marked: bool = False


class Match(NamedTuple):
    """Where a term of the question stands in a text."""

    start: int
    end: int
    term: int


def marked(text: str, question: Question, language: str) -> list[Piece]:
    """The whole text."""
    return pieces(text, matches(text, question, language), 0, len(text))


def snippet(text: str, question: Question, language: str) -> list[Piece]:
    """The part of the text that has most words of the question; empty if it has none."""
    text = text[:LONGEST]
    found = matches(text, question, language)
    if not found:
        return []
    start, end = best_place(text, found)
    cut = pieces(text, found, start, end)
    before = [Piece(ELLIPSIS)] if text[:start].rstrip(" \u201d\u2019\"'")[-1:] not in ("", *ENDS) else []
    return [*before, *cut, *([Piece(ELLIPSIS)] if end < len(text) else [])]


def matches(text: str, question: Question, language: str) -> list[Match]:
    wanted = wanted_words(question, language)
    found = [
        Match(word.start() + start, word.start() + end, term)
        for word in words_in(text)
        for start, end, term in wanted[word[0]]
    ]
    if question.has_phrase:
        found += of_phrases(list(tokens(text, language)), question)
    return sorted(found)


class WantedWords(dict[str, list[Match]]):
    """Word as it is written → the terms that it fits, with their places in it: most words come many times."""

    def __init__(self, question: Question, language: str) -> None:
        super().__init__()
        self.language = language
        words = [(number, term) for number, term in enumerate(question.terms) if not term.phrase]
        self.terms = [(number, frozenset(term.forms), term.beginnings) for number, term in words]

    def __missing__(self, word: str) -> list[Match]:
        found = self[word] = [
            Match(token.start, token.end, number)
            for token in tokens(word, self.language)
            for number, forms, beginnings in self.terms
            if has(token, forms, beginnings)
        ]
        return found


@lru_cache(maxsize=16)
def wanted_words(question: Question, language: str) -> WantedWords:
    """The texts of one page have most words in common."""
    return WantedWords(question, language)


def of_phrases(found: Sequence[Token], question: Question) -> Iterator[Match]:
    words = [token.forms.plain for token in found]
    for number, term in enumerate(question.terms):
        length = len(term.phrase)
        for place, word in enumerate(words if length else ()):
            if word == term.phrase[0] and tuple(words[place : place + length]) == term.phrase:
                yield Match(found[place].start, found[place + length - 1].end, number)


def has(token: Token, wanted: frozenset[str], beginnings: tuple[str, ...]) -> bool:
    plain, others, _ = token.forms
    return plain in wanted or not wanted.isdisjoint(others) or (beginnings and plain.startswith(beginnings))


def best_place(text: str, found: list[Match]) -> tuple[int, int]:
    """Where the most terms stand together, the first such place."""

    def terms_from(number: int) -> int:
        end = found[number].start + LENGTH - LEAD
        near = takewhile(lambda other: other.start < end, islice(found, number, None))
        return len({other.term for other in near if other.end <= end})

    first = found[max(range(min(len(found), 200)), key=terms_from)]
    start = beginning(text, first.start)
    return start, ending(text, max(start + LENGTH, first.end))


def beginning(text: str, place: int) -> int:
    """Of the sentence, or of a word a little before the place."""
    earliest = max(0, place - LEAD)
    before = text[earliest:place]
    sentence = max(before.rfind(sign) for sign in ENDS) + 1
    start = earliest + sentence if sentence or not earliest else earliest + before.find(" ") + 1
    while start < place and text[start].isspace():
        start += 1
    return start


def ending(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    space = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place))
    return space if space > place - LEAD else place


def pieces(text: str, found: list[Match], start: int, end: int) -> list[Piece]:
    made, place = [], start
    for match in found:
        # Matches of several terms may overlap.
        first, last = max(match.start, place), min(match.end, end)
        if first >= last:
            continue
        made += [Piece(text[place:first])] if first > place else []
        made.append(Piece(text[first:last], is_marked=True))
        place = last
    return [*made, Piece(text[place:end])] if place < end else made
