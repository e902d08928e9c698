"""All advice on a content, by name: what must be right before readers get it, and what should be."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from articles.conf import paper, shoulds_that_are_musts
from articles.publishing.article.content.content import Content

from . import lines, links, pictures, text
from .draft import Advice, Draft

Piece = Callable[[Draft], Iterator[Advice]]

MUSTS: dict[str, Piece] = {
    "byline": lines.on_bylines,
    "alt": pictures.on_alt,
    "links": links.on_links,
    "leftovers": text.on_leftovers,
}
# The setting names them; newsroom/configuration/musts.py has the same names.
SHOULDS: dict[str, Piece] = {
    "headline_length": lines.on_headline,
    "title_length": lines.on_search_title,
    "standfirst": lines.on_standfirst,
    "description": lines.on_description,
    "tags": lines.on_tags,
    "lead_picture": pictures.on_lead,
    "credit": pictures.on_credits,
    "rights": pictures.on_rights,
    "picture_size": pictures.on_size_for_sharing,
    "headings": text.on_order_of_headings,
    "long_sentences": text.on_long_sentences,
    "long_paragraphs": text.on_long_paragraphs,
    "places": links.on_places,
}
# Of one kind; more of them would hide the others.
MOST = 5


def musts() -> list[Piece]:
    required = shoulds_that_are_musts()
    return [*MUSTS.values(), *(piece for name, piece in SHOULDS.items() if name in required)]


def advice_on(content: Content) -> list[Advice]:
    """What an editor may want to mend before readers get the content. None of it keeps anybody from
    publishing."""
    draft, required = draft_of(content), shoulds_that_are_musts()
    pieces = [piece for name, piece in SHOULDS.items() if name not in required]
    return [advice for piece in pieces for advice in islice(piece(draft), MOST)]


def faults_of(content: Content, before: Content | None = None) -> tuple[list[Advice], list[Advice]]:
    """What must be right and is not: what the content brings, and what is in `before` too, which readers
    have."""
    draft, older = draft_of(content), before and draft_of(before)
    brought: list[Advice] = []
    known: list[Advice] = []
    for piece in musts():
        found = list(piece(draft))
        had = Counter(advice.fault for advice in piece(older)) if found and older else Counter()
        new = [advice for advice in found if not took(had, advice)]
        brought += new[:MOST]
        known += [advice for advice in found if advice not in new][:MOST]
    return brought, known


def took(had: Counter[tuple[str, str]], advice: Advice) -> bool:
    """Whether this fault was there before, each as often as it was."""
    had[advice.fault] -= 1
    return had[advice.fault] >= 0


def draft_of(content: Content) -> Draft:
    return Draft(content, content.language or paper().language)
