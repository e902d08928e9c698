"""What Microsoft Word writes into a clipboard beside the text: drawn bullets, hidden marks."""

import re

from selectolax.lexbor import LexborNode

LIST_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel([1-9])", re.IGNORECASE)
QUOTE_CLASS = re.compile(r"\bMso(?:Intense)?Quote|\bquotations?(?:-western|-cjk|-ctl)?(?!\S)", re.IGNORECASE)
LIST_CLASS = re.compile(r"\bMsoList(?!Table)\w*", re.IGNORECASE)
GENERATED = re.compile(
    r"mso-(list\s*:\s*ignore|hide\s*:|element\s*:\s*(comment|field-(begin|separator|end)))", re.IGNORECASE
)
ORDERED = re.compile(r"\s*\(?([0-9]{1,4}|[a-z]|[ivxlc]{1,6})[.)]", re.IGNORECASE)


# The hint of a paragraph that is part of a quotation.
QUOTE = "quote"


def is_generated(style: str) -> bool:
    """Word's own drawing (the bullet of a list, a hidden mark), not text that somebody wrote."""
    return "mso-" in style.lower() and bool(GENERATED.search(style))


def paragraph_hint(node: LexborNode, attrs: dict[str, str]) -> str:
    """`ul 1`, `ol 2` … for a paragraph Word means as a list item, `? 1` where only its text can tell; QUOTE
    for one in the style of a quotation."""
    if QUOTE_CLASS.search(attrs.get("class", "")):
        return QUOTE
    style = attrs.get("style", "")
    level = LIST_LEVEL.search(style)
    if level is None:
        return "? 1" if LIST_CLASS.search(attrs.get("class", "")) else ""
    marker = next((m for m in node.css("[style]") if is_generated(m.attributes.get("style") or "")), None)
    if marker is None:
        return f"? {level[1]}"
    return f"{'ol' if ORDERED.match(marker.text()) else 'ul'} {level[1]}"
