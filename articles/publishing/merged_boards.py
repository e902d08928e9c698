"""Boards: publishing one that was begun on an older version than there is now, together with what others have
published meanwhile."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.fronts.composition import arranged
from articles.fronts.layouts import USUAL
from articles.fronts.merging import Chosen, Merged, merge
from articles.models import BoardVersion, Section

from .boards import Blocks, Filled, publish_board, standing_slots
from .shared.versions import Outdated


class Conflicting(Outdated):
    """Somebody has published a board meanwhile that has something else in the same part. Nothing is out.

    base, chosen: what was there before, and what theirs has.
    """

    def __init__(self, theirs: BoardVersion, merged: Merged, *, base: Chosen, chosen: Chosen) -> None:
        super().__init__(theirs.board)
        self.theirs, self.merged, self.base, self.chosen = theirs, merged, base, chosen


@transaction.atomic
def publish_merged_board(
    section: Section | None,
    layout: str,
    filled: Sequence[Filled],
    *,
    by: AbstractBaseUser | None,
    expected: int,
    opened: int,
    blocks: Blocks = (),
) -> tuple[BoardVersion, Merged | None]:
    """Publish the board now. If others have published it after the version `expected`, what they have changed
    in other places is kept; the second value says what that is, None if nobody has.

    `opened` is the number of the version that readers had when the editor began, 0 if they had none.

    Conflicting if others have changed the same. Outdated if they have scheduled a board, of which readers see
    nothing yet, or if there is no version any more that can be compared.
    """
    theirs = published_since(section, expected)
    had = BoardVersion.objects.of(section).filter(number=opened).first()
    if theirs is None or (opened and had is None):
        version = publish_board(section, layout, filled, by=by, expected=expected, blocks=blocks)
        return version, None
    departments = [] if section else list(Section.objects.top())
    base, others = chosen_in(had, departments), chosen_in(theirs, departments)
    merged = merge(base, chosen_of(layout, filled, blocks, departments), others)
    if merged.conflicts:
        raise Conflicting(theirs, merged, base=base, chosen=others)
    chosen = merged.chosen
    slots = [chosen.slots[place] for place in sorted(chosen.slots)]
    version = publish_board(
        section, chosen.layout, slots, by=by, expected=theirs.number, blocks=blocks_of(chosen)
    )
    return version, merged


def published_since(section: Section | None, expected: int) -> BoardVersion | None:
    """The newest version, if it came after the expected one and readers have it; None if one is scheduled or
    cancelled since."""
    versions = BoardVersion.objects.of(section).select_related("board", "by")
    newest, counts = versions.first(), versions.out().first()
    if newest is None or newest != counts or newest.number <= expected:
        return None
    return None if versions.to_come().filter(number__gt=expected).exists() else newest


def chosen_in(version: BoardVersion | None, departments: Sequence[Section]) -> Chosen:
    layout, blocks = (version.layout, version.blocks) if version else (USUAL.key, ())
    return chosen_of(layout, standing_slots(version), blocks, departments)


def chosen_of(
    layout: str, filled: Sequence[Filled], blocks: Blocks, departments: Sequence[Section]
) -> Chosen:
    """Its order has every department, because a form sends all, and a version may say nothing of some."""
    in_order = arranged([(each, ()) for each in departments], [(number, False) for number, _ in blocks])
    order = tuple(each.pk for each, _ in in_order)
    hidden = frozenset(number for number, is_hidden in blocks if is_hidden and number in order)
    return Chosen(layout, {slot.place: slot for slot in filled}, order, hidden)


def blocks_of(chosen: Chosen) -> list[tuple[int, bool]]:
    return [(number, number in chosen.hidden) for number in chosen.order]
