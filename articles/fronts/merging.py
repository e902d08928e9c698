"""Merges two boards that were made of the same one, part by part.

The parts are the layout, each place and the order of the blocks. Whether a block is hidden is merged too, and
is never a conflict: if both have changed it, both have made the same of it.

Pure functions, like those that lay out the front.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LAYOUT, ORDER = "layout", "order"


@dataclass(frozen=True)
class Chosen:
    """What a board says. slots: place → what stands there, which has an `article_id`. order: the numbers of
    the departments as their blocks follow each other. hidden: those whose block is not shown."""

    layout: str
    slots: Mapping[int, Any]
    order: tuple[int, ...] = ()
    hidden: frozenset[int] = frozenset()

    @property
    def parts(self):
        return {LAYOUT: self.layout, ORDER: self.order, **self.slots}

    @property
    def stories(self):
        return {slot.article_id for slot in self.slots.values()}


@dataclass(frozen=True)
class Merged:
    """conflicts: the parts of which both have chosen something else; there `chosen` has what is mine. taken:
    the parts that `chosen` has from the other one."""

    chosen: Chosen
    conflicts: frozenset[int | str]
    taken: frozenset[int | str]
    is_hidden_otherwise: bool = False


def merge(base, mine, theirs):
    """`base` is what both began with. If neither mine nor theirs has a story twice, what is merged hasn't."""
    before, one, other = base.parts, mine.parts, theirs.parts
    parts = {*before, *one, *other}
    conflicts = {part for part in parts if differ(before, one, part) and differ(before, other, part)} - {
        part for part in parts if not differ(one, other, part)
    }
    merged = put_together(parts, before, one, other, conflicts)
    # Each turn has one conflict more at least, and with conflicts alone the board is mine.
    while clashing := clashes(merged, base, mine, theirs) - conflicts:
        conflicts |= clashing
        merged = put_together(parts, before, one, other, conflicts)
    taken = {part for part in parts if differ(merged, one, part)}
    hidden = merged_hidden(base.hidden, mine.hidden, theirs.hidden)
    slots = {part: slot for part, slot in merged.items() if isinstance(part, int) and slot is not None}
    chosen = Chosen(merged[LAYOUT], slots, merged[ORDER], hidden)
    return Merged(chosen, frozenset(conflicts), frozenset(taken), hidden != mine.hidden)


def differ(one, other, part):
    return one.get(part) != other.get(part)


def put_together(parts, before, one, other, conflicts):
    """What the other has changed, and for the rest, and where they are in conflict, what the one has."""
    takes_other = {part for part in parts if part not in conflicts and differ(before, other, part)}
    return {part: (other if part in takes_other else one).get(part) for part in parts}


def clashes(merged, base, mine, theirs):
    """The places at which a story would stand twice, because both have moved it, or at which it would stand
    though one has taken it off the board, because the other has moved it."""
    slots = {place: slot for place, slot in merged.items() if isinstance(place, int) and slot is not None}
    times = Counter(slot.article_id for slot in slots.values())
    taken_off = base.stories - (mine.stories & theirs.stories)
    return {
        place
        for place, slot in slots.items()
        if slot.article_id in taken_off or (times[slot.article_id] > 1 and slot != mine.slots.get(place))
    }


def merged_hidden(base, mine, theirs):
    return (mine - base) | (theirs - base) | (base & mine & theirs)
