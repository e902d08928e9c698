"""What programs and sites copy along with a text and nobody wants in it: comments, deleted words, links for
editing, pictures that only count readers."""

import re
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .elements import Attributes
from .marks import styles

CLASSES = {
    "msocommentreference": "comments",
    "msocomanchor": "comments",
    "msocomtxt": "comments",
    "msocommenttext": "comments",
    "msocomoff": "comments",
    "mw-editsection": "edits",
    "mw-editsection-like": "edits",
    "editsection": "edits",
}
WORD = re.compile(r"urn:schemas-microsoft-com:office|class=[\"']?Mso|style=[\"'][^\"'>]*mso-", re.IGNORECASE)
DELETED = frozenset({"msodel", "ice-del"})
# What a page shows twice, once as a formula and once drawn.
DRAWN_AGAIN = frozenset({"katex-html", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display"})
COMMENT_MARK = re.compile(r"[^#]*#(?:_msocom_|_msoanchor_|cmnt(?:_ref)?)\d+")
COMMENT_TEXTS = 'a[href*="#cmnt_ref"], a[href*="#_msoanchor_"]'
SMALL = re.compile(r"\s*0*[0-2](?:\.\d+)?\s*(?:px)?\s*", re.ASCII)


def is_of_word(html: str) -> bool:
    # Few texts have these letters at all, and the pattern looks at each place of those that have not.
    lower = html.lower()
    return ("mso" in lower or "urn:schemas" in lower) and bool(WORD.search(html))


def leftover(tag: str, attrs: Attributes, *, is_word: bool = False) -> str:
    """The kind of what may go (see CLEANED in notes.py), "deleted", "drawn" for what is there twice, else
    nothing. On a web page <del> is text that readers see struck through; with a name or a time, or in Word,
    it is what somebody has deleted."""
    names = attrs.get("class", "").lower().split()
    is_tracked = tag == "del" and (is_word or "cite" in attrs or "datetime" in attrs)
    if is_tracked or any(name in DELETED for name in names):
        return "deleted"
    if any(name in DRAWN_AGAIN for name in names):
        return "drawn"
    if tag == "a" and COMMENT_MARK.fullmatch(attrs.get("href", "")):
        return "comments"
    return next((CLASSES[name] for name in names if name in CLASSES), "")


def comments_in(tree: LexborHTMLParser, html: str) -> set[int]:
    """The elements that hold the comments themselves, at the end of a text of Google Docs or Word."""
    if "#cmnt_ref" not in html and "#_msoanchor_" not in html:
        return set()
    return {box.mem_id for link in tree.css(COMMENT_TEXTS) if (box := _box_of(link))}


def _box_of(link: LexborNode) -> LexborNode | None:
    paragraph = next((node for node in _around(link) if node.tag == "p"), None)
    around = paragraph.parent if paragraph is not None else None
    is_drawn = around is not None and "border" in (around.attributes.get("style") or "")
    return around if is_drawn else paragraph


def _around(node: LexborNode) -> list[LexborNode]:
    found = []
    while node.parent is not None and len(found) < 6:
        node = node.parent
        found.append(node)
    return found


def is_pixel(attrs: Attributes) -> bool:
    """Whether an image is too small to be seen, or hidden."""
    style = styles(attrs.get("style", ""))
    sizes = [attrs.get(name, style.get(name)) for name in ("width", "height")]
    is_hidden = style.get("display") == "none" or style.get("visibility") == "hidden"
    return is_hidden or any(size is not None and SMALL.fullmatch(size) for size in sizes)


def words_in(node: LexborNode, most: int = 200) -> str:
    """The first words in an element that is left out."""
    pieces = (part.text_content or "" for part in node.traverse(include_text=True) if part.is_text_node)
    return " ".join(" ".join(islice(pieces, most)).split())[:most]


def words_drawn(node: LexborNode) -> str:
    """The words that a drawing shows. Its title is none of them: that of an icon says only "Share"."""
    return " ".join(filter(None, map(words_in, islice(node.css("text, foreignObject"), 20))))
