"""Languages and directions of words: an Arabic quotation in an English story, a French word in it.

While a body is read, they are marks of its runs, whichever element said so. When it is whole, they go up to
the largest element that is in one language as a whole, so that its bullets are on the right side.
"""

import re
from collections import Counter
from dataclasses import replace

from articles.body.blocks import CELLS, HEADINGS, LANGUAGE_ATTRS, LEAVES, LISTS, Block, Language, merged

from .elements import Attributes

CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}", re.ASCII)
DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
# The language of larger elements, such as <body>, is that of the page from which the text was copied.
LANGUAGE_TAGS = (
    HEADINGS
    | LISTS
    | CELLS
    | frozenset(
        "p li blockquote q caption figcaption span i em b strong cite a bdi bdo dt dd font abbr mark s u sub "
        "sup code".split()
    )
)
# Containers that take over a language which all of their children have.
LIFTED_TO = LISTS | CELLS | {"li", "blockquote"}
# Google Docs and LibreOffice name a language and a direction with every paragraph, as Word does.
PROGRAMS = re.compile(r"docs-internal-guid|<meta[^>]{1,80}LibreOffice", re.IGNORECASE)


def code_of(value: str) -> str:
    """A language as it is stored, else nothing."""
    code = value.strip().lower().replace("_", "-")
    return code if CODE.fullmatch(code) and not code.startswith(("und", "zxx")) else ""


def direction_of(value: str) -> str:
    direction = value.strip().lower()
    return direction if direction in DIRECTIONS else ""


def language_of(tag: str, attrs: Attributes, around: Language | None, *, by_program: bool) -> Language | None:
    """The language of an element's words, where `around` is that of its place."""
    direction = direction_of(attrs.get("dir", ""))
    if tag == "bdi" and not direction:
        direction = "auto"
    # Programs name a language and a direction with everything. Of theirs only right-to-left is kept, which a
    # writer must have chosen.
    if by_program and direction != "rtl":
        return around
    code = code_of(attrs.get("lang", ""))
    if tag not in LANGUAGE_TAGS or not (code or direction):
        return around
    around = around or Language()
    return Language(code or around.code, direction or around.direction)


def lift(container: Block) -> None:
    for block in container.children:
        lift(block)
        if block.tag == "pre":
            continue
        if block.tag in LEAVES:
            lift_from_runs(block)
        elif block.tag in LIFTED_TO and block.children:
            lift_from_blocks(block)


def lift_from_runs(leaf: Block) -> None:
    """The language of most of the text becomes that of the whole, if each of the others says for itself what
    it would inherit else."""
    if all(language_in(run.marks) is None for run in leaf.runs):
        return
    lengths: Counter[Language | None] = Counter()
    for run in leaf.runs:
        lengths[language_in(run.marks)] += len(run.text)
    language = max(lengths, key=lengths.get, default=None)
    if language is None or not all(
        other and language.attrs.keys() <= other.attrs.keys() for other in lengths
    ):
        return
    leaf.runs = merged(replace(run, marks=run.marks - {language}) for run in leaf.runs)
    leaf.attrs |= language.attrs


def lift_from_blocks(block: Block) -> None:
    found = {tuple((name, child.attrs.get(name, "")) for name in LANGUAGE_ATTRS) for child in block.children}
    common = {name: value for name, value in found.pop() if value} if len(found) == 1 else {}
    if common:
        block.attrs |= common
        for child in block.children:
            for name in common:
                del child.attrs[name]


def language_in(marks: frozenset) -> Language | None:
    return next((mark for mark in marks if isinstance(mark, Language)), None)
