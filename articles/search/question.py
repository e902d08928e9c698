"""What a reader or an editor types → a Question.

Words must all occur. "Words in quotation marks" must stand side by side, and a word with a minus before it
must not occur. Anything else that can be typed is read as words, or as nothing: no string is an error."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from .folding import APOSTROPHES, STEM, Token, folded, stems, tokens

LONGEST = 300
MOST_TERMS = 12
SHORTEST_BEGINNING = 3
# Words of a phrase; a longer one is cut, as a long question is.
MOST_WORDS = 24
# Keys before and after those of all articles.
LOWEST, HIGHEST = -(2**62), 2**62
QUOTES = '"“”„‟«»＂'
MINUS = "-−–—"
PIECE = re.compile(
    rf"(?P<minus>[{MINUS}]?)(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]?|(?P<word>[^\s{QUOTES}]+))"
)
# French, Italian and Catalan articles and the like before a vowel.
ELIDED = re.compile(
    rf"^(?:[cdjlmnst]|qu|un|all|dall|dell|nell|sull)[{APOSTROPHES}](?=\w{{3}})", re.IGNORECASE
)


@dataclass(frozen=True)
class Term:
    """A word, of which one form must occur, or one word with such a beginning; or a phrase, whose words
    must occur one after the other.

    `typed` is the word as it was typed, for those who look for a better spelling.
    """

    forms: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    typed: str = ""


@dataclass(frozen=True)
class Question:
    """`facts`: an article must have one of each group of marks, such as those of a section and its
    subsections. `since` and `until` are keys of documents.py, the second excluded."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    since: int | None = None
    until: int | None = None
    is_cut: bool = field(default=False, compare=False)

    @property
    def has_phrase(self) -> bool:
        return any(term.phrase for term in self.terms)

    @property
    def span(self) -> tuple[int, int]:
        """The keys from which on and before which it asks."""
        return LOWEST if self.since is None else self.since, HIGHEST if self.until is None else self.until

    @property
    def is_empty(self) -> bool:
        return not (
            self.terms or self.excluded or self.facts or self.since is not None or self.until is not None
        )


def read_question(text: str, languages: Iterable[str], *, is_unfinished: bool = False, **more) -> Question:
    """`languages`: those whose stems are asked for. With `is_unfinished` the last word may go on, because
    it is still being typed. `more` are further values of the question."""
    languages = tuple(languages)
    terms: list[Term] = []
    excluded: list[Term] = []
    for piece in PIECE.finditer(text[:LONGEST]):
        found = terms_of(piece, languages)
        if piece["minus"]:
            excluded += found
        else:
            terms += found
    if is_unfinished and terms and text[:LONGEST].endswith(terms[-1].typed):
        terms[-1] = unfinished(terms[-1])
    is_cut = len(text) > LONGEST or len(terms) + len(excluded) > MOST_TERMS
    terms, excluded = list(dict.fromkeys(terms)), list(dict.fromkeys(excluded))
    room = MOST_TERMS - min(len(terms), MOST_TERMS)
    return Question(tuple(terms[:MOST_TERMS]), tuple(excluded[:room]), is_cut=is_cut, **more)


def unfinished(term: Term) -> Term:
    """The same, or any word that begins with it. So many words begin with one or two letters that this says
    nothing."""
    long_enough = term.forms[:1] if len(term.typed) >= SHORTEST_BEGINNING else ()
    return replace(term, beginnings=long_enough or term.beginnings)


def terms_of(piece: re.Match, languages: tuple[str, ...]) -> list[Term]:
    text = piece["word"] if piece["phrase"] is None else piece["phrase"]
    runs = list(tokens(text, languages[0] if languages else ""))
    if piece["minus"] or piece["phrase"] is not None:
        return phrase(runs, text, languages)
    # A run of pairs is a phrase; every other word stands for itself.
    found: list[Term] = []
    for group in grouped(runs):
        found += phrase(group, text, languages) if group[0].is_paired else [word(group[0], text, languages)]
    return found


def grouped(runs: list[Token]) -> Iterator[list[Token]]:
    """Pairs that belong together, and each other word alone."""
    group: list[Token] = []
    for token in runs:
        if group and not (token.is_paired and group[-1].is_paired and token.start <= group[-1].end):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def phrase(runs: list[Token], text: str, languages: tuple[str, ...]) -> list[Term]:
    if not runs:
        return []
    if len(runs) == 1:
        return [word(runs[0], text, languages)]
    # The last character of a run stands for itself only where the text ends with it.
    if runs[-1].is_paired:
        runs = runs[:-1]
    words = tuple(token.forms.plain for token in runs[:MOST_WORDS])
    return [Term(phrase=words) if len(words) > 1 else Term(forms=words)]


def word(token: Token, text: str, languages: tuple[str, ...]) -> Term:
    typed = text[token.start : token.end]
    if token.is_paired:
        return Term(beginnings=(token.forms.plain,))
    # “école” of “l’école”, which many texts have without its article.
    bare = ELIDED.sub("", typed)
    found = dict.fromkeys([token.forms.plain, folded(bare)])
    for language in languages:
        for stem in stems(bare, language):
            found |= {STEM + stem: None, stem: None}
    return Term(forms=tuple(found), typed=typed)
