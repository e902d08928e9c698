"""A body as text: all of it for search, the beginning of it for a card."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from .blocks import HEADINGS, LEAVES, Block
from .embeds import Embed, find_embed
from .sanitiser import blocks_of

ELLIPSIS = "…"
# Where a text without spaces between words may be cut.
PAUSES = "。！？；，、：」』）"
INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|u|wbr)\b[^>]*>"
)
TAG = re.compile(r"<[^>]*>")
# The number of a note is no part of the word before it.
RAISED = re.compile(r"</?su[bp]\b[^>]*>")
NO_SPACE = "\u200b"
EMPTY_LINES = re.compile(r"\s*\n\s*")


def words_of(html: str) -> str:
    """Every word a reader reads of a body that is stored or prepared, a line for each block.

    plain_text() takes any HTML, and forty times as long. Here the tags are only left out, which is right
    for what this room has written itself: no `>` stands in an attribute, and no `<` in a text."""
    in_lines = TAG.sub("\n", INLINE.sub("", RAISED.sub(NO_SPACE, html)))
    return EMPTY_LINES.sub("\n", unescape(in_lines)).strip()


def plain_text(html: str) -> str:
    """Every word a reader reads, a line for each block; addresses of embeds are none."""
    return text_of(blocks_of(html)[0])


def excerpt(html: str, length: int = 160) -> str:
    """The first sentences, at most `length` characters, cut between words."""
    return excerpt_of(blocks_of(html)[0], length)


def text_of(blocks: Iterable[Block]) -> str:
    return "\n".join(filter(None, map(_line, leaves(blocks))))


def excerpt_of(blocks: Iterable[Block], length: int = 160) -> str:
    told = (
        block
        for block in leaves(blocks, skip={"table", "figure", "aside"})
        if block.tag not in HEADINGS | {"pre"}
    )
    lines: list[str] = []
    # What comes after as many letters is not even read.
    for line in filter(None, map(_line, told)):
        lines.append(line)
        if sum(map(len, lines)) > length:
            break
    return shortened(" ".join(lines), length)


def shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    cut = text[: length - len(ELLIPSIS) + 1]
    between_words = cut.rpartition(" ")[0]
    if len(between_words) < length // 2:
        cut = cut[:-1]
        pause = max(map(cut.rfind, PAUSES))
        between_words = cut[: pause + 1] if pause >= length // 2 else cut
    return between_words.rstrip(" ,;:–—-(\xa0") + ELLIPSIS


def leaves(blocks: Iterable[Block], *, skip: frozenset[str] | set[str] = frozenset()) -> Iterator[Block]:
    for block in blocks:
        if block.tag in LEAVES:
            yield block
        elif block.tag not in skip:
            yield from leaves(block.children, skip=skip)


def embed_of(block: Block) -> Embed | None:
    """What a paragraph embeds that holds nothing but a known address, bare or as a link to itself."""
    if block.tag != "p" or len(block.runs) != 1:
        return None
    run = block.runs[0]
    if run.link and run.link.href.rstrip("/") != run.text.strip().rstrip("/"):
        return None
    return find_embed(run.text)


def _line(block: Block) -> str:
    return "" if embed_of(block) else block.words
