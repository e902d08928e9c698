"""Merges two bodies that were both made from a third: one body gets the changes of both.

Bodies are merged block by block, and word by word in a block that both have changed. If both have changed the
same words, there is no merged body.
"""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

from .blocks import LEAVES, Block, merged
from .compare import html_of, key_of, words_in
from .sanitiser import blocks_of

Chunk = Sequence[Any]
# A function that merges chunks that both have changed; None if the changes contradict each other.
Settle = Callable[[Chunk, Chunk, Chunk], Chunk | None]

# If the product of the numbers of words is higher, a block is not merged word by word.
MOST_COMPARED = 4_000_000


def merge_bodies(base: str, mine: str, theirs: str) -> str | None:
    """The body with the changes of both; None if both have changed the same words."""
    if mine == theirs:
        return mine
    bodies = [[Whole(block) for block in blocks_of(html)[0]] for html in (base, mine, theirs)]
    found = merge(*bodies, settle=settled_blocks)
    return None if found is None else "\n".join(whole.html for whole in found)


class Whole:
    """A block that is compared without the ids of its headings."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.html = html_of(block)
        self._key = key_of(block)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Whole) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def merge(base: Chunk, mine: Chunk, theirs: Chunk, *, settle: Settle) -> list | None:
    """Merge two sequences; None if that can't be done. Parts that all three have in common divide them into
    chunks. In each chunk one of the two has changed something, or both have."""
    result: list = []
    for chunks in chunks_of(base, mine, theirs):
        settled = one_of(*chunks)
        if settled is None:
            settled = settle(*chunks)
        if settled is None:
            return None
        result.extend(settled)
    return result


def one_of(base: Chunk, mine: Chunk, theirs: Chunk) -> Chunk | None:
    """The changed chunk if only one has changed it, or both in the same way; else None."""
    if list(mine) == list(base) or list(mine) == list(theirs):
        return theirs
    return mine if list(theirs) == list(base) else None


def chunks_of(base: Chunk, mine: Chunk, theirs: Chunk) -> list[tuple[Chunk, Chunk, Chunk]]:
    in_mine, in_theirs = places_in(base, mine), places_in(base, theirs)
    chunks, before = [], (0, 0, 0)
    ends = [(at, in_mine[at], in_theirs[at]) for at in range(len(base)) if at in in_mine and at in in_theirs]
    for here in [*ends, (len(base), len(mine), len(theirs))]:
        (at, end, stop), (first, begin, start) = here, before
        chunks.append((base[first:at], mine[begin:end], theirs[start:stop]))
        if at < len(base):
            chunks.append((base[at : at + 1], mine[end : end + 1], theirs[stop : stop + 1]))
        before = (at + 1, end + 1, stop + 1)
    return chunks


def places_in(base: Chunk, other: Chunk) -> dict[int, int]:
    """Place in the base → place of the same part in the other."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {a + number: b + number for a, b, size in blocks for number in range(size)}


def settled_blocks(base: Chunk, mine: Chunk, theirs: Chunk) -> Chunk | None:
    """Merge block by block. None if one of the two has another number of blocks than the base."""
    if not len(base) == len(mine) == len(theirs):
        return None
    found = []
    for three in zip(base, mine, theirs, strict=True):
        one = one_of(*[[whole] for whole in three])
        block = one[0] if one else settled_block(*(whole.block for whole in three))
        if block is None:
            return None
        found.append(block)
    return found


def settled_block(base: Block, mine: Block, theirs: Block) -> Whole | None:
    """Merge one block word by word."""
    if not base.tag == mine.tag == theirs.tag or base.tag not in LEAVES:
        return None
    words = [words_in(block.runs) for block in (base, mine, theirs)]
    if len(words[0]) * max(len(words[1]), len(words[2])) > MOST_COMPARED:
        return None
    found = merge(*words, settle=lambda *chunks: None)
    return None if found is None else Whole(Block(mine.tag, mine.attrs, [], merged(found)))
