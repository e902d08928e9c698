"""What a list of results shows of a text: the words of the question are marked in it, and of a body the
place is shown that has most of them. The text stays as it was written, and whoever shows the pieces escapes
them."""

from collections.abc import Sequence
from typing import NamedTuple

from .folding import Token, tokens
from .question import Question, Term

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
    found = list(tokens(text, language))
    return sorted(
        match for number, term in enumerate(question.terms) for match in of_term(found, term, number)
    )


def of_term(found: Sequence[Token], term: Term, number: int) -> list[Match]:
    if not term.phrase:
        wanted = set(term.forms)
        return [
            Match(token.start, token.end, number) for token in found if has(token, wanted, term.beginnings)
        ]
    length = len(term.phrase)
    words = [token.forms.plain for token in found]
    starts = [
        place
        for place, word in enumerate(words)
        if word == term.phrase[0] and tuple(words[place : place + length]) == term.phrase
    ]
    return [Match(found[place].start, found[place + length - 1].end, number) for place in starts]


def has(token: Token, wanted: set[str], beginnings: tuple[str, ...]) -> bool:
    plain, others = token.forms
    return plain in wanted or not wanted.isdisjoint(others) or (beginnings and plain.startswith(beginnings))


def best_place(text: str, found: list[Match]) -> tuple[int, int]:
    """Where the most terms stand together, the first such place."""

    def terms_from(match: Match) -> int:
        return len(
            {
                other.term
                for other in found
                if match.start <= other.start and other.end <= match.start + LENGTH - LEAD
            }
        )

    first = max(found[:200], key=terms_from)
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
