"""What inline elements and their styles say about text, whichever program wrote them."""

import re

from articles.body.blocks import Mark

MARK_OF_TAG = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "s": "s",
    "strike": "s",
    "del": "s",
    "sub": "sub",
    "sup": "sup",
    "cite": "cite",
    "mark": "mark",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "dt": "strong",
}
# Elements whose style attribute is about their text. A block's style is layout, or the look of a template.
STYLED = frozenset({"span", "font", "u", "ins", "a", *MARK_OF_TAG} - {"dt"})

BOLD = re.compile(r"bold|bolder|[6-9]00")
NOT_BOLD = re.compile(r"normal|lighter|[1-5]00")


def styles(value: str) -> dict[str, str]:
    """A style attribute's declarations, lower case. Enough for clipboards; nothing of it is ever stored."""
    pairs = (declaration.partition(":") for declaration in value.lower().split(";"))
    return {name.strip(): text.replace("!important", "").strip() for name, _, text in pairs if text}


def marks_of(tag: str, style: str, marks: frozenset[Mark]) -> frozenset[Mark]:
    """The marks inside an element that stands where `marks` apply."""
    mark = MARK_OF_TAG.get(tag)
    if mark:
        marks = marks | {mark}
    if not style or tag not in STYLED:
        return marks
    return _styled(styles(style), marks)


def _styled(style: dict[str, str], marks: frozenset[Mark]) -> frozenset[Mark]:
    weight = style.get("font-weight", "")
    if BOLD.fullmatch(weight):
        marks = marks | {"strong"}
    elif NOT_BOLD.fullmatch(weight):
        # Google Docs puts a whole document in <b style="font-weight:normal">.
        marks = marks - {"strong"}
    slant = style.get("font-style", "")
    if slant in ("italic", "oblique"):
        marks = marks | {"em"}
    elif slant == "normal":
        marks = marks - {"em"}
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        marks = marks | {"s"}
    raised = style.get("vertical-align", "")
    if raised in ("super", "sub"):
        marks = marks - {"sup", "sub"} | {"sup" if raised == "super" else "sub"}
    return marks
