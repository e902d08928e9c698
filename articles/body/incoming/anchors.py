"""Links inside a text and what they lead to: notes with their marks, and the ids that are kept for them.

Many programs and sites write ids that nothing uses, and copy marks of notes without the notes. An id is kept
if a link of the text leads to it, and the mark of a note if the note is there.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from urllib.parse import unquote

from articles.body.blocks import Anchor, Block, Link, Run, as_id, ids_of, merged, usable_id, walk, without
from articles.body.links import host_of, without_tracking
from articles.body.notes import Losses

from .characters import unescaped

HREF = re.compile(r"""\bhref\s*=\s*["']?[^"'<>\s#]*#([^"'<>\s]+)""", re.IGNORECASE)
# The fragments by which Word, LibreOffice, Google Docs, wikis and Markdown link a mark with its note.
NOTE = re.compile(
    r"_?(?:ftn|edn|ftnt|fn|cite|cmnt|footnote|endnote|sdfootnote|sdendnote|easy-footnote)(?:[-_:.\d]|ref|note|sym|anc|$).*",
    re.IGNORECASE | re.DOTALL,
)
BRACKETED = re.compile(r"\s*[\[(].{0,12}[\])]\s*|\s*[↑^↩*†‡§]+\ufe0e?\s*", re.DOTALL)
RAISED = re.compile(r"\s*[\w*†‡§,]{1,6}\s*")
# The link after a heading with which readers of a wiki change that part.
EDIT = re.compile(r"[?&](?:ve)?action=edit\b(?=.*[?&]section=)|[?&]section=(?=.*action=edit\b)")
IN_BRACKETS = re.compile(r"\s*\[[^\[\]]{0,80}\]")
ADDRESS = re.compile(r"https?://\S+")
KEPT_IF_LINKED = frozenset({"p", "li"})


def linked(html: str) -> set[str]:
    """The ids to which the links of foreign HTML lead, whether or not they are there."""
    return {unquote(unescaped(found)) for found in HREF.findall(html)} if "#" in html else set()


def to_id(href: str) -> str:
    """The address, which leads to the id as it is kept."""
    if not href.startswith("#"):
        return href
    fragment = unquote(href[1:])
    made = "" if usable_id(fragment) else as_id(fragment)
    return f"#{made}" if made else href


def settle(body: Block, losses: Losses) -> bool:
    """Clean the links of a body. True if text went, so that the body has to be cleaned once more."""
    leaves = [block for block in walk(body.children) if block.runs]
    links = [run.link for block in leaves for run in block.runs if run.link]
    for block in leaves if links else ():
        _clean_addresses(block, losses)
    edits = sum([_without_edit_links(block) for block in leaves]) if links else 0
    gone = _settle_notes(leaves, list(ids_of(body.children))) if links else 0
    losses.cleaned["edits"] += edits
    losses.cleaned["notes"] += gone
    _drop_unused_ids(body)
    return bool(edits or gone)


def _clean_addresses(block: Block, losses: Losses) -> None:
    """The text of a link is often its address, with all that was cleaned from the address."""
    for at, run in enumerate(block.runs):
        if run.link and ADDRESS.fullmatch(run.text.strip()):
            block.runs[at] = replace(run, text=without_tracking(run.text))


def _without_edit_links(block: Block) -> int:
    if not any(run.link and EDIT.search(run.link.href) for run in block.runs):
        return 0
    spans, offset = [], 0
    for run in block.runs:
        if run.link and EDIT.search(run.link.href):
            spans.append((offset, offset + len(run.text)))
        offset += len(run.text)
    around = [found.span() for found in IN_BRACKETS.finditer(block.text)]
    cut = [(first, last) for first, last in around if any(first <= at and end <= last for at, end in spans)]
    for first, last in reversed(cut):
        block.runs = without(block.runs, first, last)
    return len(cut)


def _settle_notes(leaves: list[Block], ids: list[str]) -> int:
    """Links between marks and notes lead to what is in this text. Those that lead nowhere go; so does the
    mark itself, which says nothing without its note."""
    dead = _dead(leaves, ids)
    gone = 0
    for block in leaves:
        if any(run.link and _note_of(run.link) for run in block.runs):
            runs = list(_settled(block.runs, dead, set(ids)))
            gone += sum(not run.text for run in runs)
            block.runs = merged(runs)
    return gone


def _dead(leaves: list[Block], ids: list[str]) -> set[Link]:
    """The links of notes that lead nowhere. The id of one that goes is no target for another either."""
    links = {run.link for block in leaves for run in block.runs if run.link and _note_of(run.link)}
    there = set(ids)
    leading: dict[str, list[Link]] = {}
    for link in links:
        leading.setdefault(_note_of(link), []).append(link)
    todo = [link for link in links if _note_of(link) not in there]
    dead = set(todo)
    while todo:
        lost = todo.pop().id
        more = [link for link in leading.get(lost, ()) if lost and link not in dead]
        dead.update(more)
        todo += more
    return dead


def _note_of(link: Link) -> str:
    """The id of the note, or of its mark, to which the link leads; empty for any other link."""
    address, sign, fragment = link.href.partition("#")
    fragment = unquote(fragment)
    if not sign or (address and not host_of(address)) or not NOTE.fullmatch(fragment):
        return ""
    return as_id(fragment)


def _settled(runs: list[Run], dead: set[Link], ids: set[str]) -> Iterator[Run]:
    for link, group in groupby(runs, key=attrgetter("link")):
        same = list(group)
        if link is None or not _note_of(link):
            yield from same
        elif link not in dead:
            here = link if link.href.startswith("#") else replace(link, href=f"#{_note_of(link)}")
            yield from (replace(run, link=here) for run in same)
        elif _is_mark(same):
            yield Run("")
        else:
            # An address of another page still leads there.
            kept = None if link.href.startswith("#") else link
            yield from (replace(run, link=kept) for run in same)


def _is_mark(runs: list[Run]) -> bool:
    text = "".join(run.text for run in runs)
    is_raised = all("sup" in run.marks for run in runs)
    return bool(BRACKETED.fullmatch(text) or (is_raised and RAISED.fullmatch(text)))


def _drop_unused_ids(body: Block) -> None:
    used = {
        unquote(run.link.href[1:])
        for block in walk(body.children)
        for run in block.runs
        if run.link and run.link.href.startswith("#")
    }
    for block in walk(body.children):
        if block.tag in KEPT_IF_LINKED and block.attrs.get("id", "") not in used:
            block.attrs.pop("id", None)
        if any(isinstance(mark, Anchor) and mark.id not in used for run in block.runs for mark in run.marks):
            block.runs = merged(replace(run, marks=_used(run, used)) for run in block.runs)


def _used(run: Run, used: set[str]) -> frozenset:
    return frozenset(mark for mark in run.marks if not isinstance(mark, Anchor) or mark.id in used)
