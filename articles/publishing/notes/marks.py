"""Keeps the marks of notes on their words when an article is saved.

A mark is found by its words and by what stands around them. If both are changed, step by step, over many
saved versions, nothing of what was kept is in the text any more. So each time that a text is saved, the words
are found in the version before, followed into the new one, and kept as they are there.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate, takewhile
from operator import eq
from typing import NamedTuple

from django.utils import timezone

from articles.body import words_of
from articles.models import Article, Note
from articles.publishing.shared.text import UNWANTED

from .words import AROUND, SPACES, Words

WORD = re.compile(r"\S+\s*|\s+")
# If the product of the numbers of words is higher, what was changed counts as one piece.
MOST_COMPARED = 4_000_000
# Words that have become longer than this are others: a whole part of the text was written anew.
GROWTH, MORE = 2, 100


class Changed(NamedTuple):
    """The letters from `first` to `last` of the old text have become those from `begin` to `end`."""

    first: int
    last: int
    begin: int
    end: int


def renew_marks(article: Article, before: str, after: str) -> None:
    """The body was `before` and becomes `after`. Makes no query if they are the same."""
    notes = list(article.notes.open().exclude(quote="")) if before != after else []
    if not notes:
        return
    old, new = text_of(before), text_of(after)
    pieces = list(changed_pieces(old, new))
    renewed = [note for note in notes if renew(note, old, new, pieces)]
    # `changed_at` has the new words sent to whoever has the article open.
    Note.objects.bulk_update(renewed, ["quote_now", "before", "after", "changed_at"])


def text_of(body: str) -> str:
    """As the editor reads it (static/js/admin/desk/notes/marks.js): with one space for several."""
    return SPACES.sub(" ", UNWANTED.sub("", words_of(body)))


def renew(note: Note, old: str, new: str, pieces: list[Changed]) -> bool:
    """Whether anything is different. Words that are gone stay as they were, for they may come back."""
    was = Words(note.quote_now or note.quote, note.before, note.after)
    start = place_of(was, old)
    if start is None:
        return False
    start, end = moved_start(start, pieces), moved_end(start + len(was.quote), pieces)
    quote = new[start:end].strip()
    if not quote or len(quote) > GROWTH * len(was.quote) + MORE:
        return False
    start = new.index(quote, start)
    end = start + len(quote)
    now = Words(quote, new[max(0, start - AROUND) : start], new[end : end + AROUND])
    note.quote_now = "" if now.quote == note.quote else now.quote
    note.before, note.after, note.changed_at = now.before, now.after, timezone.now()
    return now != was


def place_of(words: Words, text: str) -> int | None:
    """Of several places with the words, the one whose surroundings are most like those that were kept."""
    places = (found.start() for found in re.finditer(re.escape(words.quote), text))
    return max(places, key=lambda at: alike(words, text, at), default=None)


def alike(words: Words, text: str, at: int) -> int:
    """How many letters around this place are those that were kept."""
    end = at + len(words.quote)
    before, after = text[max(0, at - AROUND) : at], text[end : end + AROUND]
    return same_start(before[::-1], words.before[::-1]) + same_start(after, words.after)


def same_start(one: str | list[str], other: str | list[str]) -> int:
    return sum(takewhile(bool, map(eq, one, other)))


def changed_pieces(old: str, new: str) -> Iterator[Changed]:
    """What differs, in order, to the letter."""
    one, other = WORD.findall(old), WORD.findall(new)
    # Most of a text is the same before and after what somebody has changed.
    head = same_start(one, other)
    tail = same_start(one[head:][::-1], other[head:][::-1])
    starts, begins = ([0, *accumulate(map(len, words))][head:] for words in (one, other))
    middles = (words[head : len(words) - tail] for words in (one, other))
    for first, last, begin, end in changed_words(*middles):
        yield narrowed(Changed(starts[first], starts[last], begins[begin], begins[end]), old, new)


def changed_words(old: list[str], new: list[str]) -> list[Changed]:
    if not old or not new or len(old) * len(new) > MOST_COMPARED:
        return [Changed(0, len(old), 0, len(new))]
    # Words that make up more than a hundredth of a long text are no place to begin a comparison. Without that
    # rule a table of noughts and ones, or what somebody pastes in malice, takes minutes.
    codes = SequenceMatcher(None, old, new, autojunk=True).get_opcodes()
    return [Changed(*places) for kind, *places in codes if kind != "equal"]


def narrowed(piece: Changed, old: str, new: str) -> Changed:
    """Without the letters with which both begin and end."""
    was, now = old[piece.first : piece.last], new[piece.begin : piece.end]
    head = same_start(was, now)
    tail = same_start(was[head:][::-1], now[head:][::-1])
    return Changed(piece.first + head, piece.last - tail, piece.begin + head, piece.end - tail)


def moved_start(at: int, pieces: list[Changed]) -> int:
    """Where words that begin there begin now. What was put directly before them is not theirs."""
    passed = [piece for piece in pieces if piece.first < at or piece.last == at]
    return moved(at, passed[-1], "begin") if passed else at


def moved_end(at: int, pieces: list[Changed]) -> int:
    """Where words that end there end now. What was put directly after them is not theirs."""
    passed = [piece for piece in pieces if piece.first < at]
    return moved(at, passed[-1], "end") if passed else at


def moved(at: int, piece: Changed, side: str) -> int:
    """A place behind the piece, or in it; of one in it, nobody knows more than the piece."""
    return getattr(piece, side) if at < piece.last else at + piece.end - piece.last
