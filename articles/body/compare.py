"""Compares two bodies block by block, and blocks that have changed word by word.

Comparing a whole long text word by word would take seconds. There are few blocks, and most of them are the
same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from .blocks import LEAVES, Block, Run, merged
from .sanitiser import blocks_of
from .writing import Writer, element

# Thai, Japanese, Chinese and Korean have no spaces between words, so each sign of them counts as a word.
SIGN = r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
WORD = re.compile(rf"{SIGN}|(?:(?!{SIGN})\w)+|\s+|.", re.DOTALL)
# The share of common words from which on two blocks count as versions of each other.
ALIKE = 0.35
# If the product of the numbers of changed blocks is higher, no versions of each other are looked for.
MOST_PAIRS = 20_000
# If the product of the numbers of words is higher, a pair of blocks is not compared word by word.
MOST_COMPARED = 4_000_000


class Change(Enum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # the same, elsewhere


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the comparison. `html` shows the block with <ins> and <del>. `old` and `new` are the stored
    block in the old and the new body; empty if it is not there."""

    change: Change
    html: str
    old: str
    new: str


def compare_bodies(old: str, new: str) -> list[Row]:
    """The blocks of both bodies in the order of the new one. Removed blocks are shown at their old places."""
    rows = list(compared(blocks_of(old)[0], blocks_of(new)[0]))
    return list(with_moves(rows, moved_rows(rows)))


def moved_rows(rows: Sequence[Row]) -> dict[int, int]:
    """Number of an added row → number of a removed row elsewhere that has the same block, or a version of
    it."""
    left = {
        number: Words(block_of(row.old)) for number, row in enumerate(rows) if row.change is Change.REMOVED
    }
    came = {number: Words(block_of(row.new)) for number, row in enumerate(rows) if row.change is Change.ADDED}
    found: dict[int, int] = {}
    are_few = len(left) * len(came) <= MOST_PAIRS
    for is_pair in (are_same, are_alike) if are_few else ():
        for number in sorted(came.keys() - found.keys()):
            match = next((other for other, block in left.items() if is_pair(block, came[number])), None)
            if match is not None:
                found[number] = match
                del left[match]
    return found


def block_of(html: str) -> Block:
    return blocks_of(html)[0][0]


class Words:
    """A block with what it is compared by, worked out once."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.key = key_of(block)
        self.words = words_of(block)


def are_same(one: Words, other: Words) -> bool:
    return one.key == other.key


def with_moves(rows: Sequence[Row], moved: dict[int, int]) -> Iterator[Row]:
    """The rows, in which a moved block is shown once, at its new place."""
    gone = set(moved.values())
    for number, row in enumerate(rows):
        if number in moved:
            old = rows[moved[number]].old
            html = changed(block_of(old), block_of(row.new))
            yield Row(Change.MOVED, html, "" if old == row.new else old, row.new)
        elif number not in gone:
            yield row


def compared(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Row]:
    keys = [[key_of(block) for block in blocks] for blocks in (old, new)]
    for kind, first, last, begin, end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from map(same, new[begin:end])
        else:
            yield from paired(old[first:last], new[begin:end])


def paired(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Row]:
    """Pair each new block with the first old one that is a version of it. The order of both is kept."""
    place, are_few = 0, len(old) * len(new) <= MOST_PAIRS
    before = [Words(block) for block in old] if are_few else []
    for block in new:
        words = Words(block) if are_few else None
        found = next((at for at in range(place, len(before)) if are_alike(before[at], words)), None)
        if found is None:
            yield Row(Change.ADDED, wrapped("ins", block), "", html_of(block))
            continue
        yield from map(removed, old[place:found])
        yield Row(Change.CHANGED, changed(old[found], block), html_of(old[found]), html_of(block))
        place = found + 1
    yield from map(removed, old[place:])


def same(block: Block) -> Row:
    html = html_of(block)
    return Row(Change.SAME, html, html, html)


def removed(block: Block) -> Row:
    return Row(Change.REMOVED, wrapped("del", block), html_of(block), "")


def are_alike(one: Words, other: Words) -> bool:
    if one.block.tag != other.block.tag:
        return False
    if one.block.tag == "figure":
        return picture_of(one.block) == picture_of(other.block)
    if not one.words or not other.words:
        return one.words == other.words
    common = len(one.words & other.words)
    return common / min(len(one.words), len(other.words)) >= ALIKE and common > 0


def words_of(block: Block) -> set[str]:
    text = block.text if block.tag in LEAVES else " ".join(child.text for child in all_leaves(block))
    return {word.casefold() for word in WORD.findall(text) if word.strip() and word.isalnum()}


def all_leaves(block: Block) -> Iterator[Block]:
    for child in block.children:
        if child.tag in LEAVES:
            yield child
        else:
            yield from all_leaves(child)


def picture_of(block: Block) -> str:
    return next(
        (
            child.attrs.get("data-image", child.attrs.get("src", ""))
            for child in block.children
            if child.tag == "img"
        ),
        "",
    )


def changed(old: Block, new: Block) -> str:
    """The HTML of the new block, with added and removed words marked."""
    if new.tag in LEAVES:
        return element(new.tag, shown_attrs(new), "".join(words_compared(old.runs, new.runs)))
    inner = "".join(row.html for row in compared(old.children, new.children))
    return element(new.tag, shown_attrs(new), inner)


def words_compared(old: Sequence[Run], new: Sequence[Run]) -> Iterator[str]:
    before, after = words_in(old), words_in(new)
    if len(before) * len(after) > MOST_COMPARED:
        yield marked("del", before)
        yield marked("ins", after)
        return
    for kind, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Writer().inline(merged(after[begin:end]))
        else:
            yield marked("del", before[first:last]) + marked("ins", after[begin:end])


def words_in(runs: Sequence[Run], word: re.Pattern[str] = WORD) -> list[Run]:
    return [Run(text, run.marks, run.link) for run in runs for text in word.findall(run.text)]


def marked(tag: str, words: Sequence[Run]) -> str:
    return element(tag, {}, Writer().inline(merged(words))) if words else ""


def wrapped(tag: str, block: Block) -> str:
    """The whole block as added or removed. The mark is inside the block, around its text."""
    if block.tag in LEAVES:
        return element(block.tag, shown_attrs(block), marked(tag, words_in(block.runs)))
    if block.tag in ("hr", "img"):
        return element(tag, {}, html_of(block))
    return element(block.tag, shown_attrs(block), "".join(wrapped(tag, child) for child in block.children))


def shown_attrs(block: Block) -> dict[str, str]:
    """The attributes without ids, because an id must not be on the page twice."""
    return {name: value for name, value in block.attrs.items() if name != "id"}


def html_of(block: Block) -> str:
    return Writer().block(block)


def key_of(block: Block) -> str:
    """A key by which equal blocks are found. Ids are left out, because those of headings may be made anew."""
    return Writer().block(without_ids(block))


def without_ids(block: Block) -> Block:
    if "id" not in block.attrs:
        return block
    return Block(block.tag, shown_attrs(block), block.children, block.runs)


def with_row_as_before(rows: Sequence[Row], number: int) -> str:
    """The new body, with the block of that row as it was in the old body."""
    blocks = [row.old if place == number and row.old else row.new for place, row in enumerate(rows)]
    return "\n".join(filter(None, blocks))
