"""Lays out the front from lists of articles, as an editor might: the lead, the stories beside it, and the
blocks below.

Pure functions: the same lists always give the same front.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LEAD_FROM = 12
SECONDS = 4
LATEST = 8
IN_BLOCK = 5
NEWEST_NEEDED = LEAD_FROM + SECONDS + LATEST
# Enough to have five of a department left, even if all stories above are from that department.
DEPARTMENT_NEEDED = IN_BLOCK + 1 + SECONDS + LATEST


class Shape(StrEnum):
    """The shapes that templates/components/block_*.html draw."""

    LARGE_LEFT = "large-left"  # one large, the others small beside it
    ROW = "row"  # two with pictures, the others headlines
    TEXT_HEAVY = "text-heavy"  # no pictures
    PICTURE_STRIP = "picture-strip"  # pictures side by side


# How many pictures and how many stories a shape needs to look good.
NEEDS = {
    Shape.LARGE_LEFT: (1, 2),
    Shape.ROW: (2, 3),
    Shape.TEXT_HEAVY: (0, 1),
    Shape.PICTURE_STRIP: (4, 4),
}
LARGE = {Shape.LARGE_LEFT: 1, Shape.ROW: 2}


@dataclass(frozen=True)
class Candidate:
    """An article, with what is needed to lay out the front."""

    pk: int
    has_picture: bool = False


@dataclass(frozen=True)
class Block:
    """One section's part of the front. `cards` are candidates at first, and the cards of articles after
    filled()."""

    section: Any
    shape: Shape
    cards: tuple[Any, ...]


@dataclass(frozen=True)
class FrontPage:
    lead: Any = None
    seconds: tuple[Any, ...] = ()
    latest: tuple[Any, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def cards(self):
        top = () if self.lead is None else (self.lead,)
        return (*top, *self.seconds, *self.latest, *(card for block in self.blocks for card in block.cards))

    def filled(self, articles):
        """The same front with the articles (by number) in their candidates' places.

        An article that went away between two queries leaves no hole.
        """

        def found(candidates):
            return tuple(articles[card.pk] for card in candidates if card.pk in articles)

        blocks = (Block(block.section, block.shape, found(block.cards)) for block in self.blocks)
        return FrontPage(
            lead=self.lead and articles.get(self.lead.pk),
            seconds=found(self.seconds),
            latest=found(self.latest),
            blocks=tuple(block for block in blocks if block.cards),
        )


def compose(newest, departments):
    """`newest`: the whole paper's candidates, newest first. `departments`: (section, candidates) in order."""
    if not newest:
        return FrontPage()
    lead = next((card for card in newest[:LEAD_FROM] if card.has_picture), newest[0])
    rest = [card for card in newest if card is not lead]
    seconds, latest = rest[:SECONDS], rest[SECONDS : SECONDS + LATEST]
    shown = {lead.pk, *(card.pk for card in (*seconds, *latest))}
    blocks, before = [], None
    for section, candidates in departments:
        cards = [card for card in candidates if card.pk not in shown][:IN_BLOCK]
        if cards:
            before = shape_for(cards, place=len(blocks), before=before)
            blocks.append(Block(section, before, in_order(cards, before)))
    return FrontPage(lead, tuple(seconds), tuple(latest), tuple(blocks))


def shape_for(cards, *, place, before):
    """The next shape in turn that has enough stories and pictures and differs from that of the block
    above."""
    shapes = list(Shape)
    turn = place % len(shapes)
    for shape in shapes[turn:] + shapes[:turn]:
        pictures, stories = NEEDS[shape]
        enough = len(cards) >= stories and sum(card.has_picture for card in cards) >= pictures
        if shape != before and enough:
            return shape
    return Shape.TEXT_HEAVY


def in_order(cards, shape):
    """The cards of a block, newest first; but the large places go to stories with pictures, and a strip of
    pictures shows only these."""
    pictured = [card for card in cards if card.has_picture]
    if shape is Shape.PICTURE_STRIP:
        return tuple(pictured)
    large = pictured[: LARGE.get(shape, 0)]
    return (*large, *(card for card in cards if card not in large))
