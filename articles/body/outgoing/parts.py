"""The parts of a body: ids for its headings that stay, and the contents list.

An id is an address that readers share. It is made once from the heading's words and kept while the
heading lives: when its words change, when other parts come and go, and when the text is pasted again
and all ids are lost.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from articles.body.blocks import RESERVED_IDS, Block, ids_of, usable_id
from articles.body.notes import cleaned_line, notes
from articles.body.sanitiser import Sanitised, blocks_of, stored_from
from articles.words.slugs import cut, slug_of

MAX_ID_LENGTH = 60
FALLBACK = "part"
CONTENTS_FROM = 3


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    heading: str
    level: int = 2


class Stored(str):
    """A body that `as_stored` has made. Who is handed one need not read it again to know what is in it; that
    takes a second for the longest. One from the database is a plain str: it may have got there by any way.

    It brings the blocks that it was written from, for the one who prepares it for readers and changes them.
    """

    __slots__ = ("_blocks",)

    def __new__(cls, html: str, blocks: list[Block] | None = None) -> Self:
        made = super().__new__(cls, html)
        made._blocks = blocks
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        """Another process gets the text alone."""
        return type(self), (str(self),)

    def take_blocks(self) -> list[Block] | None:
        """Only once. None if somebody has taken them, or if what was written is not what is stored."""
        blocks, self._blocks = self._blocks, None
        return blocks


def as_stored(html: str, previous: str = "") -> Sanitised:
    """Any HTML sanitised, and an id on each h2 and h3; `previous` is the body as it was saved before."""
    if isinstance(html, Stored):
        return Sanitised(html)
    blocks, losses = blocks_of(html)
    number(blocks, previous)
    html, is_whole = stored_from(blocks)
    made = Stored(html, blocks if is_whole else None)
    return Sanitised(made, tuple(notes(losses)), cleaned_line(losses))


def number_parts(html: str, previous: str = "") -> str:
    """`as_stored` for those who have nobody to tell what was left out."""
    return as_stored(html, previous).html


def outline(html: str) -> tuple[Part, ...]:
    """Every part of a body whose headings are numbered."""
    return parts_of(blocks_of(html)[0])


def contents_list(html: str) -> tuple[Part, ...]:
    """The parts a contents list links to: none for a body too short to need one."""
    parts = outline(html)
    return parts if len(parts) >= CONTENTS_FROM else ()


def parts_of(blocks: Iterable[Block]) -> tuple[Part, ...]:
    return tuple(
        Part(block.attrs["id"], heading_text(block))
        for block in blocks
        if block.tag == "h2" and "id" in block.attrs
    )


def number(blocks: list[Block], previous: str = "") -> None:
    headings = _headings(blocks)
    taken = _anchor_ids(blocks)
    _keep_own(headings, taken)
    lost = [heading for heading in headings if "id" not in heading.attrs]
    if lost and previous:
        _find_again(lost, _headings(blocks_of(previous)[0]), taken)
    # How far the numbers have come of each: ten thousand equal headings need not all be tried again.
    copies: Counter[str] = Counter()
    for heading in lost:
        if "id" not in heading.attrs:
            heading.attrs["id"] = _free_id(heading_text(heading), taken, copies)


def heading_text(block: Block) -> str:
    return block.words


def _headings(blocks: Iterable[Block]) -> list[Block]:
    return [block for block in blocks if block.tag in ("h2", "h3")]


def _anchor_ids(blocks: Iterable[Block]) -> set[str]:
    """The ids of all that gets none from its words: links, marks, paragraphs, items, the deepest headings."""
    numbered = ("h2", "h3")
    others = (replace(block, attrs={}) if block.tag in numbered else block for block in blocks)
    return set(ids_of(others))


def _keep_own(headings: list[Block], taken: set[str]) -> None:
    """The first heading with an id keeps it; a copy of it loses it."""
    for heading in headings:
        own = heading.attrs.get("id", "")
        if own in taken or not usable_id(own):
            heading.attrs.pop("id", None)
        else:
            taken.add(own)


def _find_again(lost: list[Block], previous: list[Block], taken: set[str]) -> None:
    """Give headings without an id the one that the same words had before, equal ones in their order."""
    known: defaultdict[str, list[str]] = defaultdict(list)
    for heading in reversed(previous):
        if usable_id(heading.attrs.get("id", "")):
            known[_key(heading)].append(heading.attrs["id"])
    for heading in lost:
        ids = known[_key(heading)]
        while ids and "id" not in heading.attrs:
            if ids[-1] not in taken:
                heading.attrs["id"] = ids[-1]
                taken.add(ids[-1])
            ids.pop()


def _key(heading: Block) -> str:
    return unicodedata.normalize("NFKC", heading_text(heading)).casefold()


def _free_id(text: str, taken: set[str], copies: Counter[str]) -> str:
    stem = _stem(text)
    candidate = f"{stem}-{copies[stem]}" if copies[stem] else stem
    while candidate in taken or not usable_id(candidate):
        copies[stem] = max(copies[stem], 1) + 1
        candidate = f"{stem}-{copies[stem]}"
    taken.add(candidate)
    return candidate


def _stem(text: str) -> str:
    slug = slug_of(text)
    if len(slug) > MAX_ID_LENGTH:
        # Cut between words where that leaves something of them.
        words = slug[: MAX_ID_LENGTH + 1].rpartition("-")[0]
        slug = words if len(words) > MAX_ID_LENGTH // 2 else cut(slug, slug[:MAX_ID_LENGTH])
    slug = slug.strip("-_")
    return slug if usable_id(slug) or slug in RESERVED_IDS else FALLBACK
