"""Foreign HTML → blocks. Any input gives some blocks; no text of the story is lost on the way.

The tree is walked once, without recursion, and rebuilt: text opens a paragraph where none is open,
boundaries close it, inline elements become marks of the text. So whatever was nested how, the result
has the shape of blocks.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.body.blocks import CELLS, LISTS, ROW_GROUPS, Block, Link, Run, usable_id
from articles.body.embeds import find_embed
from articles.body.links import host_of, safe_href
from articles.body.notes import Losses

from .characters import readable
from .elements import (
    BOUNDARIES,
    DROPPED,
    HEADING_LEVELS,
    NEEDS,
    PRE,
    WHITE_SPACE,
    Attributes,
    frame_attrs,
    heading_attrs,
    number,
    picture_attrs,
    side_of,
)
from .marks import marks_of
from .nesting import limit_nesting
from .word import is_generated, list_hint

# Containers (lists, items, quotations, tables …) deeper than this lose their frame and keep their text.
MAX_FRAMES = 24
FRAMES = LISTS | CELLS | ROW_GROUPS | {"li", "tr", "table", "blockquote", "figure"}
# What can only stand in certain others.
PARENTS = {
    "li": LISTS,
    "tr": ROW_GROUPS | {"table"},
    **dict.fromkeys(CELLS, {"tr"}),
    **dict.fromkeys(ROW_GROUPS, {"table"}),
}
CAPTIONS = frozenset({"caption", "figcaption"})
# The hint of a list or item that was made for what stood in none.
ADOPTED = "adopted"
TRACKING_SIZES = {"0", "1", "2"}
# Above this an <img>'s alt text is a description; below, an emoji that a site drew as a picture.
EMOJI_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Context:
    """What an element's content inherits."""

    depth: int = 1
    marks: frozenset[str] = frozenset()
    link: Link | None = None
    leaf: str = "p"
    attrs: tuple[tuple[str, str], ...] = ()
    hint: str = ""


def read(html: str) -> tuple[list[Block], Losses]:
    tree = LexborHTMLParser(limit_nesting(readable(html)), is_fragment=True)
    reader = _Reader()
    node: LexborNode | None = tree.root
    entered: list[tuple[LexborNode, Context, int]] = []
    while node is not None or entered:
        if node is None:
            node, context, frames = entered.pop()
            reader.leave(node.tag, context, frames)
            node = node.next
            continue
        context, frames = reader.context, len(reader.frames)
        if not reader.enter(node):
            node = node.next
        else:
            entered.append((node, context, frames))
            node = node.child
    return reader.finish(), reader.losses


class _Reader:
    def __init__(self) -> None:
        self.frames = [Block("body")]
        self.context = Context()
        self.leaf: Block | None = None
        # Pictures in a heading or caption wait here until it ends.
        self.after_leaf: list[Block] = []
        self.losses = Losses()
        self.anchors: set[str] = set()

    def enter(self, node: LexborNode) -> bool:
        """Take a node in; whether its content is to be read."""
        if node.is_text_node:
            self.text(node.text_content or "")
        if not node.is_element_node or (tag := node.tag) in DROPPED:
            return False
        attrs = {name: readable(value or "") for name, value in node.attributes.items()}
        if is_generated(attrs.get("style", "")):
            return False
        if tag in SINGLE:
            SINGLE[tag](self, attrs)
            return False
        if _is_block(tag):
            self.enter_block(tag, attrs, node)
        else:
            self.enter_inline(tag, attrs)
        return True

    def leave(self, tag: str, context: Context, frames: int) -> None:
        if tag == "q":
            self.text("”")
        if _is_block(tag):
            self.boundary()
        if len(self.frames) > frames or context.leaf != self.context.leaf:
            self.end_leaf()
            del self.frames[frames:]
        self.context = context

    def finish(self) -> list[Block]:
        self.frames[-1].children += self.after_leaf
        return self.frames[0].children

    # Blocks

    def enter_block(self, tag: str, attrs: Attributes, node: LexborNode) -> None:
        self.boundary()
        if self.context.leaf in CAPTIONS:
            return
        if tag in HEADING_LEVELS:
            self.open_leaf(HEADING_LEVELS[tag], heading_attrs(attrs))
        elif tag in PRE:
            self.open_leaf("pre", {})
        elif (tag, self.frames[-1].tag) in (("caption", "table"), ("figcaption", "figure")):
            self.open_leaf(tag, {})
        elif tag in FRAMES:
            self.open_frame(tag, attrs)
        self.inherit(tag, attrs, node)

    def inherit(self, tag: str, attrs: Attributes, node: LexborNode) -> None:
        marks = marks_of(tag, "", self.context.marks)
        if tag == "footer" and self.frames[-1].tag == "blockquote":
            marks |= {"cite"}
        hint = list_hint(node, attrs) if tag == "p" else self.context.hint
        if (marks, hint) != (self.context.marks, self.context.hint):
            self.context = replace(self.context, marks=marks, hint=hint)

    def open_leaf(self, tag: str, attrs: Attributes) -> None:
        if self.context.leaf == "p":
            self.context = replace(self.context, leaf=tag, attrs=tuple(attrs.items()))

    def open_frame(self, tag: str, attrs: Attributes) -> None:
        """A container, where it can stand; where it can't, its text goes on in the one around it."""
        if tag in PARENTS:
            del self.frames[self.context.depth :]
        if tag == "li" and self.frames[-1].tag not in LISTS:
            self.push(self.adopted("ul"))
        if tag in PARENTS and self.frames[-1].tag not in PARENTS[tag]:
            return
        if tag == "table" and any(frame.tag == "table" for frame in self.frames):
            return
        if tag in LISTS and self.frames[-1].tag in LISTS:
            self.push(self.adopted("li"))
        if tag not in PARENTS:
            self.ensure_flow()
        self.push(Block(tag, frame_attrs(tag, attrs)))
        self.context = replace(self.context, depth=len(self.frames), leaf="p", attrs=(), hint="")

    def adopted(self, tag: str) -> Block:
        """The list or item just before, or a new one, for what stands in none."""
        before = self.frames[-1].children[-1:]
        if before and before[0].tag == tag and (tag == "li" or before[0].hint == ADOPTED):
            return self.frames[-1].children.pop()
        return Block(tag, hint=ADOPTED)

    def ensure_flow(self) -> None:
        while self.frames[-1].tag in NEEDS:
            self.push(Block(NEEDS[self.frames[-1].tag]))

    def push(self, block: Block) -> None:
        self.end_leaf()
        if len(self.frames) < MAX_FRAMES or block.tag in PARENTS:
            self.frames[-1].children.append(block)
            self.frames.append(block)
        elif block.children:
            self.frames[-1].children.append(block)

    def boundary(self) -> None:
        """The edge of a paragraph; inside a heading or a caption only a space."""
        if self.context.leaf == "p":
            self.end_leaf()
        elif self.leaf is not None:
            self.leaf.runs.append(Run("\n" if self.context.leaf == "pre" else " "))

    def end_leaf(self) -> None:
        self.leaf = None
        if self.after_leaf and self.frames[-1].tag not in NEEDS:
            self.frames[-1].children += self.after_leaf
            self.after_leaf = []

    def add(self, block: Block) -> None:
        if self.context.leaf != "p":
            self.after_leaf.append(block)
            return
        self.end_leaf()
        self.ensure_flow()
        self.frames[-1].children.append(block)

    # Text

    def text(self, text: str) -> None:
        text = readable(text)
        if self.context.leaf != "pre":
            text = WHITE_SPACE.sub(" ", text)
            if self.leaf is None and text in ("", " "):
                return
        self.run(text)

    def run(self, text: str) -> None:
        if self.leaf is None:
            context = self.context
            if context.leaf not in CAPTIONS:
                self.ensure_flow()
            self.leaf = Block(context.leaf, dict(context.attrs), hint=context.hint)
            self.frames[-1].children.append(self.leaf)
        self.leaf.runs.append(Run(text, self.context.marks, self.context.link))

    def enter_inline(self, tag: str, attrs: Attributes) -> None:
        if tag == "q":
            self.text("“")
        marks = marks_of(tag, attrs.get("style", ""), self.context.marks)
        link = self.link(attrs) if tag == "a" else self.context.link
        if (marks, link) != (self.context.marks, self.context.link):
            self.context = replace(self.context, marks=marks, link=link)

    def link(self, attrs: Attributes) -> Link | None:
        address = attrs.get("href", "").strip()
        href = safe_href(address)
        if href is None:
            self.losses.links += bool(address)
            return None
        anchor = attrs.get("id") or attrs.get("name", "")
        if anchor in self.anchors or not usable_id(anchor):
            anchor = ""
        self.anchors.add(anchor)
        return Link(href, WHITE_SPACE.sub(" ", attrs.get("title", "")).strip(), anchor)

    # Elements that hold nothing to read

    def br(self, attrs: Attributes) -> None:
        if self.leaf is not None:
            self.run("\n" if self.context.leaf in ("p", "pre") else " ")

    def hr(self, attrs: Attributes) -> None:
        self.add(Block("hr"))

    def img(self, attrs: Attributes) -> None:
        if number(attrs.get("data-image", "")):
            self.add(Block("img", picture_attrs(attrs), hint=side_of(attrs)))
            return
        alt = WHITE_SPACE.sub(" ", attrs.get("alt", "")).strip()
        if alt and len(alt) <= EMOJI_LENGTH and not any(map(str.isalnum, alt)):
            self.text(alt)
        elif not {attrs.get("width"), attrs.get("height")} & TRACKING_SIZES:
            self.losses.pictures.append(alt)

    def iframe(self, attrs: Attributes) -> None:
        address = attrs.get("src", "").strip()
        address = f"https:{address}" if address.startswith("//") else address
        embed = find_embed(address)
        if embed:
            self.add(Block("p", runs=[Run(embed.url)]))
        elif host := host_of(address):
            self.losses.frames[host] += 1

    def media(self, attrs: Attributes) -> None:
        self.losses.media += 1


SINGLE: dict[str, Callable[[_Reader, Attributes], None]] = {
    "br": _Reader.br,
    "hr": _Reader.hr,
    "img": _Reader.img,
    "iframe": _Reader.iframe,
    "video": _Reader.media,
    "audio": _Reader.media,
}


def _is_block(tag: str) -> bool:
    return tag in BOUNDARIES or tag in HEADING_LEVELS or tag in PRE
