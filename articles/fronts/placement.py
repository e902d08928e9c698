"""Puts stories into the places of a layout: those that an editor has chosen, and the newest into the others.

Pure functions. What an editor has put into a place stands there while readers may see it and its time has not
passed. No story stands in two places, and no place stays empty while there is another story: if there are
too few, the last places fall away.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Protocol, TypeVar

from .layouts import USUAL, Layout, Place, Row, RowShape

# A place that wants a picture goes to the first with one among so many of the newest.
LOOKS_AT = 12


class Story(Protocol):
    """What is known of an article that may stand on a front."""

    pk: int

    @property
    def has_picture(self) -> bool: ...


Found = TypeVar("Found", bound=Story)


@dataclass(frozen=True)
class Slot:
    """What an editor has put into the place with that number, counted from 0.

    is_public: whether readers may see the article now. until: when it leaves the place; None for never.
    headline, kicker, picture: instead of the article's own, if they are not empty.
    """

    place: int
    story: Any
    is_public: bool = True
    until: datetime.datetime | None = None
    headline: str = ""
    kicker: str = ""
    picture: Any = None

    def stands(self, at: datetime.datetime) -> bool:
        return self.is_public and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Board:
    layout: Layout = USUAL
    slots: tuple[Slot, ...] = ()
    # Of the paper's front: (number of a department, whether its block is hidden), in the order of the blocks.
    blocks: tuple[tuple[int, bool], ...] = ()

    def standing(self, at: datetime.datetime) -> dict[int, Slot]:
        """Place → what stands there at that time; of a story that was put into two places, the first."""
        found: dict[int, Slot] = {}
        stories = set()
        for slot in sorted(self.slots, key=lambda slot: slot.place):
            fits = 0 <= slot.place < len(self.layout.places) and slot.place not in found
            if fits and slot.stands(at) and slot.story.pk not in stories:
                found[slot.place] = slot
                stories.add(slot.story.pk)
        return found


NO_BOARD = Board()


def laid_out(
    layout: Layout, chosen: Mapping[int, Found], newest: Sequence[Found], *, looks_at: int = LOOKS_AT
) -> tuple[tuple[Row, ...], list[Found]]:
    """The rows of the layout with their stories, and the newest that are left, in their order.

    `chosen`: place → story, each story once. With looks_at=1 empty places are filled by time alone.
    """
    taken = {story.pk for story in chosen.values()}
    left = [story for story in newest if story.pk not in taken]
    stories = iter(in_places(layout.places, chosen, left, looks_at))
    rows = [replace(row, cards=tuple(islice(stories, len(row.places)))) for row in layout.rows]
    return tuple(replace(row, shape=shape_of(row)) for row in rows if row.cards), left


def in_places(
    places: Sequence[Place], chosen: Mapping[int, Found], left: list[Found], looks_at: int
) -> list[Found]:
    """The stories in the order of their places. Those that were not chosen are taken out of `left`."""
    found = []
    for number, place in enumerate(places):
        if number in chosen:
            found.append(chosen[number])
        elif left:
            story = next(candidates_for(place, left, looks_at), left[0])
            left.remove(story)
            found.append(story)
    return found


def candidates_for(place: Place, left: Sequence[Found], looks_at: int) -> Iterator[Found]:
    return (story for story in left[:looks_at] if story.has_picture or not place.wants_picture)


def shape_of(row: Row) -> RowShape:
    """That of the row, or another one if it would have a hole with these stories."""
    if row.shape is RowShape.PAIR and len(row.cards) == 1:
        return RowShape.BANNER
    if row.shape is RowShape.STRIP and not all(story.has_picture for story in row.cards):
        return RowShape.HEADLINES
    return row.shape
