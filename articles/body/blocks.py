"""A body as values: blocks in order, text in runs, each run with its marks.

Every body that is stored is written from this shape, so whatever came in, what is kept can only hold
what is here: no block inside a paragraph, no bold in bold, no empty element, one way to write each
thing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import attrgetter

from articles.words.slugs import WORD

HEADINGS = frozenset({"h2", "h3", "h4"})
LISTS = frozenset({"ul", "ol"})
CELLS = frozenset({"td", "th"})
ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
LEAVES = HEADINGS | {"p", "pre", "caption", "figcaption"}
MARKS = ("mark", "strong", "em", "s", "sub", "sup", "code")
# In the text of a run: a place where a long word may be broken (<wbr>). No text that comes in has this
# character.
WBR = "\x05"

# An id of the page's own parts must never be taken by a heading or an anchor of the text.
RESERVED_IDS = frozenset(
    """
    main content contents top foot footer header head body html nav navigation menu search skip q
    site-version article articles section sections story headline standfirst byline bylines kicker lead
    lead-image correction corrections tags authors author related more comments share login logout edit
    home front page title form next previous latest site-name order section-problem found
    all-sections most-read comment-name comment-text
    """.split()
)
ID = re.compile(rf"\w([{WORD}.-]{{0,78}}[{WORD}])?")

# A break wins over a space, a space over one that doesn't break, each over a place where a word may be
# broken.
EDGES = f"\n \xa0{WBR}"
SPACES = re.compile(rf"[{EDGES}]{{2,}}")
EMPTY_LINE = re.compile(rf"\n[ \xa0{WBR}]*\n[{EDGES}]*")
# What can't be seen: a paragraph of nothing else is empty.
BLANK = f" \xa0\n{WBR}\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    title: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What an <abbr> stands for. A mark like any other, innermost."""

    title: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The id of a <sup> to which a link leads, such as the mark of a note. It goes with the mark "sup"."""

    id: str


@dataclass(frozen=True, slots=True)
class Language:
    """Of words in another language than those around them, or in another direction; one of the two may be
    empty. It is a mark while a body is read. Where a whole paragraph, item, list or quotation is in it, it
    becomes an attribute of that."""

    code: str = ""
    direction: str = ""

    @property
    def attrs(self) -> dict[str, str]:
        values = zip(LANGUAGE_ATTRS, (self.code, self.direction), strict=True)
        return {name: value for name, value in values if value}


LANGUAGE_ATTRS = ("lang", "dir")
Mark = str | Abbreviation | Anchor | Language


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one set of marks; a newline is a <br> (in a pre: a newline), WBR a <wbr>."""

    text: str
    marks: frozenset[Mark] = frozenset()
    link: Link | None = None


LOOKS = attrgetter("marks", "link")


@dataclass(slots=True)
class Block:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Block"] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    # What paste said about a paragraph: "ul 2" is a second-level item of a list that Word drew by hand.
    hint: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def words(self) -> str:
        """The text on one line, as it is read."""
        return " ".join(self.text.replace(WBR, "").split())


def usable_id(value: str) -> bool:
    return bool(ID.fullmatch(value)) and value.lower() not in RESERVED_IDS


def as_id(value: str) -> str:
    """A usable id for one that a link leads to, such as `fn:1`; empty if there can be none."""
    if usable_id(value):
        return value
    made = re.sub(rf"[^{WORD}.-]+", "-", value)[-80:].strip("-._")
    return made if usable_id(made) else ""


def tidy(runs: list[Run]) -> list[list[Run]]:
    """Runs without doubled spaces, split into paragraphs where a writer left an empty line."""
    runs = merged(runs)
    text = "".join(run.text for run in runs)
    # Of the white space that is looked for, a printable text has spaces alone.
    is_single = "  " not in text if text.isprintable() else not SPACES.search(text)
    if is_single and text.strip(EDGES) == text and text.strip(BLANK):
        return [runs]
    spans: list[list[tuple[int, int]]] = []
    start = 0
    for gap in EMPTY_LINE.finditer(text):
        spans.append(_visible(text, start, gap.start()))
        start = gap.end()
    spans.append(_visible(text, start, len(text)))
    return _cut(runs, [paragraph for paragraph in spans if paragraph])


def _visible(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of text[start:end] to keep: no blank edges, one character of each run of white space."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    if not text[start:end].strip(BLANK):
        return []
    spans = []
    for gap in SPACES.finditer(text, start, end):
        space = next(i for wanted in EDGES for i in range(*gap.span()) if text[i] == wanted)
        spans += [(start, gap.start()), (space, space + 1)]
        start = gap.end()
    return [*spans, (start, end)]


def _cut(runs: list[Run], paragraphs: list[list[tuple[int, int]]]) -> list[list[Run]]:
    """The runs of each paragraph, in one pass over runs and spans."""
    result: list[list[Run]] = []
    index = offset = 0
    for paragraph in paragraphs:
        kept: list[Run] = []
        for first, last in paragraph:
            while offset + len(runs[index].text) <= first:
                offset += len(runs[index].text)
                index += 1
            while first < last:
                run, end = runs[index], min(last, offset + len(runs[index].text))
                kept.append(Run(run.text[first - offset : end - offset], run.marks, run.link))
                first = end
                if first < last:
                    offset += len(run.text)
                    index += 1
        result.append(merged(kept))
    return result


def merged(runs: Iterable[Run]) -> list[Run]:
    """Neighbours that look the same as one."""
    runs = [run for run in runs if run.text]
    if not any(first.marks == second.marks and first.link == second.link for first, second in pairwise(runs)):
        return runs
    result = []
    for (marks, link), group in groupby(runs, key=LOOKS):
        result.append(Run("".join(run.text for run in group), marks, link))
    return result


def joined(leaves: Iterable[Block]) -> list[Run]:
    """Several captions as one."""
    runs: list[Run] = []
    for leaf in leaves:
        runs += [Run(" "), *leaf.runs] if runs else leaf.runs
    return merged(replace(run, text=run.text.replace("\n", " ")) for run in runs)


def without_start(runs: list[Run], length: int) -> list[Run]:
    result = []
    for run in runs:
        result.append(replace(run, text=run.text[length:]))
        length = max(length - len(run.text), 0)
    return merged(result)


def without(runs: list[Run], start: int, end: int) -> list[Run]:
    """The runs without the text from `start` to `end`."""
    result, offset = [], 0
    for run in runs:
        first, last = max(start - offset, 0), max(end - offset, 0)
        result.append(replace(run, text=run.text[:first] + run.text[last:]) if last > first else run)
        offset += len(run.text)
    return merged(result)


def ids_of(blocks: Iterable["Block"]) -> Iterator[str]:
    """Every id in a body: of headings, paragraphs and items, of links, of raised marks."""
    for block in walk(blocks):
        if "id" in block.attrs:
            yield block.attrs["id"]
        for run in block.runs:
            if run.link and run.link.id:
                yield run.link.id
            if run.marks:
                yield from (mark.id for mark in run.marks if isinstance(mark, Anchor))


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if block.children:
            yield from walk(block.children)
