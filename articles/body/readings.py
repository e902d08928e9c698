"""Two bodies as one text: what merges is merged, and each place that does not has two readings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .three_way_merge import Open, Whole, is_moved, pieces_of, whole

Blocks = Sequence[Whole]


@dataclass(frozen=True)
class Readings:
    """The HTML of the blocks that each of the two has in a place; empty if one has none there."""

    mine: str
    theirs: str


def readings_of(base: str | None, mine: str, theirs: str) -> list[str | Readings]:
    """The text of both in order: settled blocks as HTML, and the places of which each has another reading.

    Without a base, or if both have moved blocks, nobody can say who has changed what. Then each difference is
    such a place.
    """
    own, other = whole(mine), whole(theirs)
    was = None if base is None else whole(base)
    pieces = [] if was is None else list(pieces_of(was, own, other))
    if was is None or is_untrue(pieces, was, own, other):
        pieces = list(compared(own, other))
    return [written(piece) for piece in pieces]


def written(piece: Whole | Open) -> str | Readings:
    if isinstance(piece, Whole):
        return piece.html
    mine, theirs = ("\n".join(block.html for block in blocks) for blocks in (piece.mine, piece.theirs))
    return Readings(mine, theirs)


def is_untrue(pieces: Sequence[Whole | Open], base: Blocks, mine: Blocks, theirs: Blocks) -> bool:
    """Whether a block would be there twice, or be back, because somebody has moved it."""
    settled = [piece for piece in pieces if isinstance(piece, Whole)]
    if is_moved(settled, base, mine, theirs):
        return True
    own, other = Counter(mine), Counter(theirs)
    return any(
        number > max(own[block], other[block])
        for name in ("mine", "theirs")
        for block, number in Counter(chosen(pieces, name)).items()
        if own[block] or other[block]
    )


def chosen(pieces: Sequence[Whole | Open], name: str) -> Iterator[Whole]:
    for piece in pieces:
        yield from [piece] if isinstance(piece, Whole) else getattr(piece, name)


def compared(mine: Blocks, theirs: Blocks) -> Iterator[Whole | Open]:
    for kind, first, last, begin, end in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from theirs[begin:end]
        elif last - first == end - begin:
            pairs = zip(mine[first:last], theirs[begin:end], strict=True)
            yield from (Open([own], [other]) for own, other in pairs)
        else:
            yield Open(mine[first:last], theirs[begin:end])
