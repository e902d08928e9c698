"""Lays out the front from lists of articles, as an editor might: the top, with what an editor has put there,
the latest, and the blocks below.

Pure functions: the same lists always give the same front.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from .layouts import MOST_PLACES, USUAL, Row, RowShape
from .placement import LOOKS_AT, laid_out

LATEST = 8
IN_BLOCK = 5
# The last place of the top is filled from so many that are left then; those that it leaves are the latest.
NEWEST_NEEDED = MOST_PLACES + max(LOOKS_AT, LATEST)
# Enough to have five of a department left, even if all stories above are from that department.
DEPARTMENT_NEEDED = IN_BLOCK + MOST_PLACES + LATEST
NOTHING_CHOSEN = MappingProxyType({})


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
    top: tuple[Row, ...] = ()
    latest: tuple[Any, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def has_other_rows(self):
        """Whether its top is another one than on a usual day: the lead, and the stories beside it."""
        return any(row.shape is not RowShape.PACKAGE for row in self.top)

    @property
    def above(self):
        return tuple(card for row in self.top for card in row.cards)

    @property
    def cards(self):
        return (*self.above, *self.latest, *(card for block in self.blocks for card in block.cards))

    @property
    def lead(self):
        return next(iter(self.above), None)

    @property
    def seconds(self):
        return self.above[1:]

    def filled(self, articles):
        """The same front with the articles (by number) in their candidates' places.

        An article that went away between two queries leaves no hole.
        """

        def found(candidates):
            return tuple(articles[card.pk] for card in candidates if card.pk in articles)

        blocks = (Block(block.section, block.shape, found(block.cards)) for block in self.blocks)
        rows = (replace(row, cards=found(row.cards)) for row in self.top)
        return FrontPage(
            top=tuple(row for row in rows if row.cards),
            latest=found(self.latest),
            blocks=tuple(block for block in blocks if block.cards),
        )


def compose(newest, departments, layout=USUAL, chosen=NOTHING_CHOSEN):
    """`newest`: the whole paper's candidates, newest first. `departments`: (section, candidates) in order.
    `chosen`: place of the layout → the candidate that an editor has put there."""
    top, left = laid_out(layout, chosen, newest)
    if not top:
        return FrontPage()
    latest = left[:LATEST]
    shown = {card.pk for card in (*(card for row in top for card in row.cards), *latest)}
    blocks, before = [], None
    for section, candidates in departments:
        cards = [card for card in candidates if card.pk not in shown][:IN_BLOCK]
        if cards:
            before = shape_for(cards, place=len(blocks), before=before)
            blocks.append(Block(section, before, in_order(cards, before)))
    return FrontPage(top, tuple(latest), tuple(blocks))


def arranged(departments, blocks):
    """The departments in the order of the blocks, without those that are hidden. Those of which nothing is
    said, such as new ones, follow."""
    places = {number: place for place, (number, _) in enumerate(blocks)}
    hidden = {number for number, is_hidden in blocks if is_hidden}
    shown = [(section, cards) for section, cards in departments if section.pk not in hidden]
    return sorted(shown, key=lambda each: places.get(each[0].pk, len(places)))


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
