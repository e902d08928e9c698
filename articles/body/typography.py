"""A body with the quotation marks, dashes and spaces of its language."""

from collections.abc import Iterator

from articles.words.typography import signs

from .blocks import Block, Language, Run
from .sanitiser import blocks_of, stored
from .text import embed_of

# What the computer or its reader must find as it was written.
AS_IT_IS = "code"


def typographic_body(html: str, language: str) -> str:
    """The stored form. A paragraph, or words, in another language of their own are left to that language."""
    blocks, _ = blocks_of(html)
    mend(blocks, language)
    return stored(blocks)


def mend(blocks: list[Block], language: str) -> None:
    for block in blocks:
        own = block.attrs.get("lang", language)
        mend(block.children, own)
        if block.runs and block.tag != "pre" and embed_of(block) is None:
            block.runs = mended(block.runs, own)


def mended(runs: list[Run], language: str) -> list[Run]:
    """Marks may begin and end within a quotation, so the text is looked at as one."""
    made = signs("".join(run.text for run in runs), language, [*spans_as_they_are(runs)])
    result, start = [], 0
    for run in runs:
        end = start + len(run.text)
        result.append(Run("".join(made[start:end]), run.marks, run.link))
        start = end
    return result


def spans_as_they_are(runs: list[Run]) -> Iterator[tuple[int, int]]:
    start = 0
    for run in runs:
        end = start + len(run.text)
        if any(mark == AS_IT_IS or (isinstance(mark, Language) and mark.code) for mark in run.marks):
            yield start, end
        start = end
