"""Merges two bodies that were both made from a third: one body gets the changes of both.

Bodies are merged block by block, and word by word in a block that both have changed. If both have changed the
same words, or words that are close to each other, there is no merged body: “2.5 million” and “1.7 million”
must not become a number that nobody wrote.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Any

from .blocks import LEAVES, Block, merged
from .compare import SIGN, html_of, key_of, words_in
from .sanitiser import blocks_of

Chunk = Sequence[Any]

# Here a word is all between two spaces, its signs included, so that a number is one word.
WORD = re.compile(rf"{SIGN}|(?:(?!{SIGN})\S)+|\s+")
# So many words between the changes of the two must be unchanged.
APART = 2
# If the product of the numbers of words is higher, a block is not merged word by word.
MOST_COMPARED = 4_000_000


def merge_bodies(base: str, mine: str, theirs: str) -> str | None:
    """The body with the changes of both; None if both have changed the same words."""
    if mine == theirs:
        return mine
    bodies = [whole(html) for html in (base, mine, theirs)]
    pieces = list(pieces_of(*bodies))
    settled = [piece for piece in pieces if isinstance(piece, Whole)]
    if len(settled) < len(pieces) or is_moved(settled, *bodies):
        return None
    return "\n".join(block.html for block in settled)


def is_moved(found: Chunk, base: Chunk, mine: Chunk, theirs: Chunk) -> bool:
    """Whether a block that one has moved, and the other has moved or removed, is there too often."""
    number, was, own, other = (Counter(blocks) for blocks in (found, base, mine, theirs))
    return any(
        number[block] > max(own[block], other[block])
        or (was[block] and number[block] and not (own[block] and other[block]))
        for block in number
        # A block that was merged word by word is new.
        if was[block] or own[block] or other[block]
    )


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


def whole(html: str) -> list[Whole]:
    return [Whole(block) for block in blocks_of(html)[0]]


@dataclass(frozen=True)
class Open:
    """A place in which both have changed something: the blocks that each has there."""

    mine: Sequence[Whole]
    theirs: Sequence[Whole]


def pieces_of(base: Chunk, mine: Chunk, theirs: Chunk) -> Iterator[Whole | Open]:
    """The text of both in order. Parts that all three have in common divide it into chunks. In each chunk one
    of the two has changed something, or both have."""
    for chunks in chunks_of(base, mine, theirs):
        yield from settled_or_open(*chunks)


def settled_or_open(base: Chunk, mine: Chunk, theirs: Chunk) -> Iterator[Whole | Open]:
    settled = one_of(base, mine, theirs)
    if settled is not None:
        yield from settled
    elif not len(base) == len(mine) == len(theirs):
        yield Open(mine, theirs)
    elif len(base) > 1:
        for three in zip(base, mine, theirs, strict=True):
            yield from settled_or_open(*([block] for block in three))
    else:
        block = settled_block(base[0].block, mine[0].block, theirs[0].block)
        yield block or Open(mine, theirs)


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


def settled_block(base: Block, mine: Block, theirs: Block) -> Whole | None:
    """Merge one block word by word."""
    if not base.tag == mine.tag == theirs.tag or base.tag not in LEAVES:
        return None
    words = [words_in(block.runs, WORD) for block in (base, mine, theirs)]
    if len(words[0]) * max(len(words[1]), len(words[2])) > MOST_COMPARED or are_close(*words):
        return None
    settled = [one_of(*chunks) for chunks in chunks_of(*words)]
    if None in settled:
        return None
    return Whole(Block(mine.tag, mine.attrs, [], merged(chain.from_iterable(settled))))


def are_close(base: Chunk, mine: Chunk, theirs: Chunk) -> bool:
    """Whether fewer than APART unchanged words stand between a change of the one and one of the other."""
    before, unchanged = "", APART
    for old, own, other in chunks_of(base, mine, theirs):
        who = ("mine" if list(own) != list(old) else "") + ("theirs" if list(other) != list(old) else "")
        if not who:
            unchanged += sum(not word.text.isspace() for word in old)
            continue
        if before and who != before and unchanged < APART:
            return True
        before, unchanged = who, 0
    return False
