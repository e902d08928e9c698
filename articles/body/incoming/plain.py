"""Tells text that was typed as it is read from HTML, so that no text is taken for a tag.

“if a<b and c is small” is a sentence. A parser would take all after the sign for a tag that never ends.
"""

import re

from .elements import BOUNDARIES, DROPPED, HEADING_LEVELS, PRE
from .marks import MARK_OF_TAG

TAG = re.compile(r"</?(?P<name>[a-z][a-z0-9:-]*)(?:[\s/][^<>]*)?>|<!--|<!doctype\b|<!\[", re.IGNORECASE)
# Known names besides those of blocks and marks.
OTHERS = frozenset(
    """a abbr area audio base bdi bdo big br button canvas col colgroup data del embed font frame hr iframe
    img input ins label legend link map math meta nobr object param picture q rp rt ruby script small source
    span style sub sup svg time track u var video wbr""".split()
)
KNOWN = BOUNDARIES | DROPPED | PRE | OTHERS | HEADING_LEVELS.keys() | MARK_OF_TAG.keys()
# Names that formulas have too: they are tags only if one of them is closed.
LETTERS = frozenset("abisuq")
CLOSED = re.compile(r"</([abisuq])\s*>", re.IGNORECASE)
QUOTED = re.compile(r"=\s*[\"']")


def is_html(text: str) -> bool:
    """Whether there is a tag in it that a program, or somebody who knows HTML, has written."""
    if "<" not in text:
        return False
    closed = {name.lower() for name in CLOSED.findall(text)}
    return any(_is_tag(found, closed) for found in TAG.finditer(text))


def _is_tag(found: re.Match[str], closed: set[str]) -> bool:
    name = (found["name"] or "").lower()
    if name in LETTERS and name not in closed:
        return bool(QUOTED.search(found[0]))
    return not name or name in KNOWN or ":" in name or "-" in name


def as_html(text: str) -> str:
    return text if "<" not in text or is_html(text) else text.replace("<", "&lt;")
