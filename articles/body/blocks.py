"""A body as values: blocks in order, text in runs, each run with its marks.

Every body that is stored is written from this shape, so whatever came in, what is kept can only hold
what is here: no block inside a paragraph, no bold in bold, no empty element, one way to write each
thing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter

HEADINGS = frozenset({"h2", "h3", "h4"})
LISTS = frozenset({"ul", "ol"})
CELLS = frozenset({"td", "th"})
ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
LEAVES = HEADINGS | {"p", "pre", "caption", "figcaption"}
MARKS = ("strong", "em", "s", "sub", "sup", "code")

# An id of the page's own parts must never be taken by a heading or an anchor of the text.
RESERVED_IDS = frozenset(
    """
    main content contents top foot footer header head body html nav navigation menu search skip q
    site-version article articles section sections story headline standfirst byline bylines kicker lead
    lead-image correction corrections tags authors author related more comments share login logout edit
    home front page title form next previous latest site-name
    """.split()
)
ID = re.compile(r"[^\W]([\w.-]{0,78}\w)?")

# A break wins over a space, a space over one that doesn't break.
EDGES = "\n \xa0"
SPACES = re.compile(r"[ \xa0\n]{2,}")
EMPTY_LINE = re.compile(r"\n[ \xa0]*\n[ \xa0\n]*")
# What can't be seen: a paragraph of nothing else is empty.
BLANK = " \xa0\n\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    title: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one set of marks; a newline is a <br> (in a pre: a newline)."""

    text: str
    marks: frozenset[str] = frozenset()
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


def usable_id(value: str) -> bool:
    return bool(ID.fullmatch(value)) and value.lower() not in RESERVED_IDS


def tidy(runs: list[Run]) -> list[list[Run]]:
    """Runs without doubled spaces, split into paragraphs where a writer left an empty line."""
    runs = merged(runs)
    text = "".join(run.text for run in runs)
    if not SPACES.search(text) and text.strip(EDGES) == text and text.strip(BLANK):
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
    if len(runs) < 2:
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


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from walk(block.children)
