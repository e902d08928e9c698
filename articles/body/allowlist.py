"""The one allowlist: what a stored body may hold. Nothing is stored that has not passed here last.

The blocks of blocks.py can't express more than this; the allowlist doesn't rely on that.
"""

import re

import nh3

from articles.body.incoming.elements import COUNTS, MAX_SPAN, SCOPES, SIDES, number, whole
from articles.body.incoming.languages import DIRECTIONS, code_of

from .blocks import usable_id
from .boxes import BOXES
from .figures import DECORATIVE, GROUPS
from .links import SCHEMES, safe_href

TAGS = frozenset(
    """h2 h3 h4 p br wbr strong em s sub sup mark abbr blockquote cite ul ol li table thead tbody tfoot tr th
    td caption figure img figcaption hr a code pre span aside""".split()
)
# Of these the language and the direction are kept.
IN_A_LANGUAGE = "h2 h3 h4 p blockquote ul ol li th td caption figcaption span"
ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "p": {"id"},
    "sup": {"id"},
    "abbr": {"title"},
    "ol": {"start", "reversed", "type"},
    "li": {"id", "value"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "figure": {"class"},
    "aside": {"class"},
    "img": {"src", "alt", "width", "height", "data-image", DECORATIVE},
}
ATTRIBUTES |= {tag: ATTRIBUTES.get(tag, set()) | {"lang", "dir"} for tag in IN_A_LANGUAGE.split()}
NUMBERS = {"width": 100_000, "height": 100_000, "data-image": 10**18, **MAX_SPAN}
PLAIN = frozenset({"title", "alt"})
DIGITS = re.compile(r"[0-9]+")


def stored_value(tag: str, name: str, value: str) -> str | None:
    if name in ("href", "src"):
        return value if safe_href(value) == value else None
    if name in ("start", "value"):
        return value if whole(value) == value else None
    if name in ("reversed", DECORATIVE):
        return "" if not value else None
    if name == "type":
        return value if value in COUNTS else None
    if name in NUMBERS:
        return value if DIGITS.fullmatch(value) and number(value, NUMBERS[name]) == value else None
    if name == "id":
        return value if usable_id(value) else None
    if name == "class":
        return value if value in (BOXES if tag == "aside" else (*SIDES, *GROUPS)) else None
    if name == "lang":
        return value if code_of(value) == value else None
    if name == "dir":
        return value if value in DIRECTIONS else None
    if name == "scope":
        return value if value in SCOPES else None
    return value if name in PLAIN else None


STORED = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=stored_value,
    url_schemes=set(SCHEMES),
    link_rel=None,
)
