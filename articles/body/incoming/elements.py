"""What each element of foreign HTML means to a body: dropped, a container, or just a boundary."""

import re

from articles.body.blocks import CELLS, usable_id
from articles.body.boxes import box_attrs
from articles.body.figures import DECORATIVE, GROUPS
from articles.body.links import host_of, safe_href

from .characters import one_line

# Their text is not text of the story.
DROPPED = frozenset(
    """script style template noscript head title xml link meta base canvas noframes noembed param map area
    datalist annotation annotation-xml w:worddocument w:latentstyles""".split()
)
# They end the paragraph before and after them; what is in them is text like any other.
BOUNDARIES = frozenset(
    """p div section article header footer address main nav aside hgroup center form fieldset legend
    details summary dl dt dd dir menu body html li tr td th tbody thead tfoot table caption figure
    figcaption blockquote ul ol option optgroup select textarea listing xmp plaintext noindex
    frameset marquee dialog search""".split()
)
HEADING_LEVELS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
PRE = frozenset({"pre", "listing", "xmp", "plaintext"})
# Text that stands directly in one of these needs the element in between.
NEEDS = {"ul": "li", "ol": "li", "table": "tbody", "thead": "tr", "tbody": "tr", "tfoot": "tr", "tr": "td"}

SIDES = {
    "wide": "wide alignwide alignfull align-wide full-width size-full-width",
    "start": "start alignleft align-left image-left pull-left float-left left image-style-align-left",
    "end": "end alignright align-right image-right pull-right float-right right image-style-align-right",
}
SIDE_OF_CLASS = {name: side for side, names in SIDES.items() for name in names.split()}
SIDE_OF_FLOAT = {"left": "start", "right": "end"}
SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})
NUMBER = re.compile(r"0*([1-9][0-9]{0,17})(?:px)?", re.ASCII)
MAX_SPAN = {"colspan": 50, "rowspan": 500}
FLOAT = re.compile(r"float\s*:\s*(left|right)", re.IGNORECASE)
WHOLE = re.compile(r"\s*(-?)0*([0-9]{1,5})\s*", re.ASCII)
# How a list counts; "1" is how it counts anyway.
COUNTS = frozenset("aAiI")

Attributes = dict[str, str]


def number(value: str, most: int = 10**18) -> str:
    """A whole number above nought as it is stored, else nothing."""
    match = NUMBER.fullmatch(value.strip())
    return match[1] if match and int(match[1]) <= most else ""


def whole(value: str) -> str:
    """A whole number as it is stored, else nothing. Items of a list may have one below nought."""
    match = WHOLE.fullmatch(value)
    return str(int(match[1] + match[2])) if match else ""


def side_of(attrs: Attributes) -> str:
    """Where a figure stands: wide, start, end, or nothing for the column's own width."""
    for name in attrs.get("class", "").lower().split():
        if name in SIDE_OF_CLASS:
            return SIDE_OF_CLASS[name]
    float_ = FLOAT.search(attrs.get("style", ""))
    return SIDE_OF_FLOAT.get(float_[1].lower() if float_ else attrs.get("align", "").lower(), "")


def heading_attrs(attrs: Attributes) -> Attributes:
    return {"id": attrs["id"]} if usable_id(attrs.get("id", "")) else {}


def frame_attrs(tag: str, attrs: Attributes) -> Attributes:
    if tag in CELLS:
        return _cell_attrs(tag, attrs)
    if tag == "figure":
        group = [name for name in attrs.get("class", "").split() if name in GROUPS]
        side = group[0] if group else side_of(attrs)
        return {"class": side} if side else {}
    if tag == "aside":
        return box_attrs(attrs.get("class", ""))
    return _list_attrs(attrs) if tag == "ol" else {}


def _list_attrs(attrs: Attributes) -> Attributes:
    kept = {}
    start, counts = whole(attrs.get("start", "")), attrs.get("type", "").strip()
    is_reversed = "reversed" in attrs
    if start and (start != "1" or is_reversed):
        kept["start"] = start
    if is_reversed:
        kept["reversed"] = ""
    if counts in COUNTS:
        kept["type"] = counts
    return kept


def item_attrs(attrs: Attributes, parent: str) -> Attributes:
    """What an item keeps: its number in a numbered list."""
    value = whole(attrs.get("value", "")) if parent == "ol" else ""
    return {"value": value} if value else {}


def _cell_attrs(tag: str, attrs: Attributes) -> Attributes:
    kept = {}
    if tag == "th" and attrs.get("scope", "").lower() in SCOPES:
        kept["scope"] = attrs["scope"].lower()
    for name, most in MAX_SPAN.items():
        span = number(attrs.get(name, ""), most)
        if span and span != "1":
            kept[name] = span
    return kept


def picture_attrs(attrs: Attributes) -> Attributes:
    kept = {"data-image": number(attrs["data-image"])}
    src = safe_href(attrs.get("src", ""))
    if src and (src.startswith("/") or host_of(src)):
        kept["src"] = src
    if "alt" in attrs:
        kept["alt"] = one_line(attrs["alt"])
    if DECORATIVE in attrs and not kept.get("alt"):
        kept |= {"alt": "", DECORATIVE: ""}
    for name in ("width", "height"):
        if value := number(attrs.get(name, ""), 100_000):
            kept[name] = value
    return kept
