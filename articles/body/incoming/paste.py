"""Cleaners, in order, for what clipboards bring. Each takes the blocks of one container and gives
them back better.

Inner containers are cleaned before the ones around them. The order matters: spaces and what is empty
first (the later ones look at text and at neighbours), then what takes a frame away, then what makes
lists of neighbours.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from articles.body.blocks import (
    CELLS,
    HEADINGS,
    LEAVES,
    LISTS,
    ROW_GROUPS,
    Block,
    Run,
    joined,
    merged,
    tidy,
    walk,
    without_start,
)
from articles.body.boxes import boxes
from articles.body.figures import figures, source

from .word import QUOTE

Blocks = list[Block]
Cleaner = Callable[[Blocks, Block], Blocks]

CLIPBOARD_HEADER = re.compile(r"\s*Version:\d[\s\S]{0,400}?StartFragment:\d+")
FRAGMENT = ("<!--StartFragment-->", "<!--EndFragment-->")

# The first letters of an item whose bullet or number was typed, or drawn by Word.
BULLET = re.compile(r"[·•▪●○◦‣⁃§o\uf0b7\uf0a7-][ \xa0]+")
BULLETS = frozenset("·•▪●◦‣⁃\uf0b7\uf0a7")
TYPED_BULLET = re.compile(rf"[{''.join(BULLETS)}][ \xa0]*(?=[^ \xa0])")
NUMBERED = re.compile(r"\(?[0-9]{1,3}[.)][ \xa0]+")

MAX_LEVEL = 6


def fragment(html: str) -> str:
    """What was copied, where a program hands over its whole clipboard, header and context included."""
    start, end = html.find(FRAGMENT[0]), html.rfind(FRAGMENT[1])
    if CLIPBOARD_HEADER.match(html) and 0 <= start < end:
        return html[start + len(FRAGMENT[0]) : end]
    return html


def clean(container: Block) -> None:
    for child in container.children:
        if child.children:
            clean(child)
    for cleaner in CLEANERS:
        container.children = cleaner(container.children, container)


def spaces(blocks: Blocks, container: Block) -> Blocks:
    """No doubled spaces, no empty paragraphs; an empty line starts a new paragraph."""
    result: Blocks = []
    for block in blocks:
        if block.tag == "pre":
            result += _preformatted(block)
        elif block.tag in LEAVES:
            first, *more = tidy(block.runs) or [[]]
            if first:
                block.runs = first
                result.append(block)
            result += (Block(block.tag, runs=runs) for runs in more)
        else:
            result.append(block)
    return result


def _preformatted(block: Block) -> Blocks:
    # A parser drops the first newline after <pre>, so none may stand there.
    text = block.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        return []
    attrs = {"code": ""} if any("code" in run.marks for run in block.runs) else {}
    return [Block("pre", attrs, runs=[Run(text)])]


def word_lists(blocks: Blocks, container: Block) -> Blocks:
    """Word's paragraphs with a drawn bullet become real lists, nested by their level."""
    result: Blocks = []
    open_lists: Blocks = []
    for block in blocks:
        is_item = block.tag == "p" and block.hint and block.hint != QUOTE
        kind, level = _list_of(block) if is_item else ("", 0)
        if kind:
            _add_item(result, open_lists, kind, level, block)
        else:
            open_lists = []
            result.append(block)
    return result


def _list_of(block: Block) -> tuple[str, int]:
    kind, _, level = block.hint.partition(" ")
    block.hint = ""
    if kind == "?":
        kind = _typed_kind(block)
    return kind, min(int(level), MAX_LEVEL)


def _typed_kind(block: Block) -> str:
    """ul or ol by the first letters, which go."""
    for kind, pattern in (("ul", BULLET), ("ol", NUMBERED)):
        match = pattern.match(block.text)
        if match and match.end() < len(block.text):
            block.runs = without_start(block.runs, match.end())
            return kind
    return ""


def _add_item(result: Blocks, open_lists: Blocks, kind: str, level: int, block: Block) -> None:
    del open_lists[level:]
    if len(open_lists) == level and open_lists[-1].tag != kind:
        open_lists.pop()
    while len(open_lists) < level:
        new = Block(kind)
        if not open_lists:
            result.append(new)
        else:
            if not open_lists[-1].children:
                open_lists[-1].children.append(Block("li"))
            open_lists[-1].children[-1].children.append(new)
        open_lists.append(new)
    open_lists[-1].children.append(Block("li", children=[Block("p", block.attrs, runs=block.runs)]))


def word_quotations(blocks: Blocks, container: Block) -> Blocks:
    """Neighbours in Word's style for quotations become one."""
    result: Blocks = []
    for block in blocks:
        is_quoted = block.tag == "p" and block.hint == QUOTE
        if not is_quoted or container.tag == "blockquote":
            result.append(block)
            continue
        block.hint = ""
        if not result or result[-1].hint != QUOTE:
            result.append(Block("blockquote", hint=QUOTE))
        result[-1].children.append(source(block))
    return result


def typed_bullets(blocks: Blocks, container: Block) -> Blocks:
    """Two or more paragraphs in a row that begin with a bullet sign are a list."""
    result: Blocks = []
    for block in blocks:
        match = _typed_bullet(block)
        before = result[-1] if result else None
        if match is None or container.tag == "li":
            result.append(block)
        elif before is not None and before.hint == "bullets":
            before.children.append(_item(block))
        elif before is not None and _typed_bullet(before):
            result[-1] = Block("ul", children=[_item(before), _item(block)], hint="bullets")
        else:
            result.append(block)
    return result


def _typed_bullet(block: Block) -> re.Match[str] | None:
    # Few paragraphs begin with such a sign, and their text is in several runs.
    if block.tag != "p" or not block.runs or block.runs[0].text[:1] not in BULLETS:
        return None
    return TYPED_BULLET.match(block.text)


def _item(block: Block) -> Block:
    match = TYPED_BULLET.match(block.text)
    runs = without_start(block.runs, match.end()) if match else block.runs
    return Block("li", children=[Block("p", block.attrs, runs=runs)])


def numbered_headings(blocks: Blocks, container: Block) -> Blocks:
    """Word and LibreOffice keep a numbered heading as a list of one heading."""
    result: Blocks = []
    for block in blocks:
        items = block.children if block.tag in LISTS else []
        if items and all(len(item.children) == 1 and item.children[0].tag in HEADINGS for item in items):
            result += (item.children[0] for item in items)
        else:
            result.append(block)
    return result


def inner_headings(blocks: Blocks, container: Block) -> Blocks:
    """A heading in a quotation, list or table heads no part of the article: it becomes a bold paragraph."""
    for block in blocks:
        for inner in _insides(block):
            inner.children = [_bold(child) if child.tag in HEADINGS else child for child in inner.children]
    return blocks


def _insides(block: Block) -> Blocks:
    if block.tag == "table":
        return _cells(block)
    if block.tag in LISTS:
        return block.children
    return [block] if block.tag == "blockquote" else []


def _bold(block: Block) -> Block:
    return Block("p", runs=merged(replace(run, marks=run.marks | {"strong"}) for run in block.runs))


def plain_headings(blocks: Blocks, container: Block) -> Blocks:
    """A heading is bold already."""
    for block in blocks:
        if block.tag in HEADINGS and all("strong" in run.marks for run in block.runs):
            block.runs = merged(replace(run, marks=run.marks - {"strong"}) for run in block.runs)
    return blocks


def layout_tables(blocks: Blocks, container: Block) -> Blocks:
    """A table of one cell is a box somebody drew around text. One that holds tables only places them."""
    result: Blocks = []
    for block in blocks:
        cells = _cells(block) if block.tag == "table" else []
        holds_tables = any(_holds_table(cell) for cell in cells)
        if (len(cells) == 1 or holds_tables) and not _is_of_data(block, cells):
            result += (child for cell in cells for child in cell.children)
            continue
        for cell in cells if holds_tables else ():
            cell.children = _without_tables(cell.children)
        result.append(block)
    return result


def _holds_table(block: Block) -> bool:
    return any(inner.tag == "table" for inner in walk(block.children))


def _is_of_data(table: Block, cells: Blocks) -> bool:
    """With a caption or heads, it says something; then what stands in its cells is their text."""
    has_caption = any(child.tag == "caption" for child in table.children)
    return has_caption or (len(cells) > 1 and any(cell.tag == "th" for cell in cells))


def _without_tables(blocks: Blocks) -> Blocks:
    """Each table replaced by what is in its cells."""
    result: Blocks = []
    for block in blocks:
        if block.tag == "table":
            captions = [Block("p", runs=child.runs) for child in block.children if child.tag == "caption"]
            result += captions + _without_tables([child for cell in _cells(block) for child in cell.children])
        else:
            block.children = _without_tables(block.children)
            result.append(block)
    return result


def _cells(table: Block) -> Blocks:
    rows = [row for group in table.children if group.tag in ROW_GROUPS for row in group.children]
    return [cell for row in rows for cell in row.children]


def captions(blocks: Blocks, container: Block) -> Blocks:
    """One caption to a table, and first."""
    found = [block for block in blocks if block.tag == "caption"]
    if not found:
        return blocks
    caption = Block("caption", runs=joined(found))
    return [caption, *(block for block in blocks if block.tag != "caption")]


def sources(blocks: Blocks, container: Block) -> Blocks:
    """The source of a quotation goes without the dash: the page draws its own."""
    if container.tag != "blockquote":
        return blocks
    return [source(block) if block.tag == "p" else block for block in blocks]


def empty_containers(blocks: Blocks, container: Block) -> Blocks:
    return [
        block for block in blocks if block.tag in LEAVES | CELLS | {"hr", "img"} or _holds_something(block)
    ]


def _holds_something(block: Block) -> bool:
    if block.tag == "table":
        return bool(_cells(block))
    return bool(block.children)


CLEANERS: tuple[Cleaner, ...] = (
    spaces,
    empty_containers,
    captions,
    layout_tables,
    figures,
    numbered_headings,
    word_lists,
    word_quotations,
    typed_bullets,
    inner_headings,
    plain_headings,
    boxes,
    sources,
)
