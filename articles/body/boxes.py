"""Boxes: the facts of a story, and its points in brief. Each stands between paragraphs, in no other block."""

from .blocks import HEADINGS, Block
from .figures import is_group

FACTS, SUMMARY = BOXES = ("facts", "summary")


def is_box(block: Block) -> bool:
    return block.tag == "aside"


def box_attrs(names: str) -> dict[str, str]:
    """The class of a box; nothing if an <aside> is none of ours, such as one of another site's page."""
    kind = next((name for name in names.split() if name in BOXES), "")
    return {"class": kind} if kind else {}


def heading_of(box: Block) -> Block | None:
    first = box.children[0]
    return first if first.tag == "h2" else None


def boxes(blocks: list[Block], container: Block) -> list[Block]:
    """A heading that comes first heads the box, and is an h2 because the box is beside all parts. Those below
    it are an h3 at most. None has an id, so no contents list and no link can lead into the midst of a box.
    Pictures in a box have its width."""
    for box in filter(is_box, blocks):
        for place, child in enumerate(box.children):
            if child.tag in HEADINGS:
                child.tag = "h2" if place == 0 else max(child.tag, "h3")
                child.attrs.pop("id", None)
            elif child.tag == "figure" and not is_group(child):
                child.attrs.pop("class", None)
    return blocks
