"""Foreign HTML → blocks. Any input gives some blocks; no text of the story is lost on the way.

The tree is walked once, without recursion, and rebuilt: text opens a paragraph where none is open,
boundaries close it, inline elements become marks of the text. So whatever was nested how, the result
has the shape of blocks.py.
"""

from collections.abc import Callable
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.body.blocks import (
    CELLS,
    HEADINGS,
    LANGUAGE_ATTRS,
    LISTS,
    ROW_GROUPS,
    WBR,
    Abbreviation,
    Anchor,
    Block,
    Link,
    Mark,
    Run,
    as_id,
    usable_id,
)
from articles.body.boxes import box_attrs
from articles.body.embeds import find_embed
from articles.body.links import host_of, is_wrapped, safe_href
from articles.body.notes import Losses

from . import formulas
from .anchors import linked, to_id
from .characters import one_line, one_space_for_several, readable, visible
from .elements import (
    BOUNDARIES,
    DROPPED,
    HEADING_LEVELS,
    NEEDS,
    PRE,
    Attributes,
    frame_attrs,
    heading_attrs,
    item_attrs,
    number,
    picture_attrs,
    side_of,
)
from .languages import PROGRAMS, language_in, language_of
from .leftovers import comments_in, is_of_word, is_pixel, leftover, words_drawn, words_in
from .marks import marks_of
from .nesting import limit_nesting
from .word import is_generated, paragraph_hint

# Containers (lists, items, quotations, tables …) deeper than this lose their frame and keep their text.
MAX_FRAMES = 24
# Newsletters place everything with tables in tables, so these count apart.
MAX_TABLES = 12
FRAMES = LISTS | CELLS | ROW_GROUPS | {"li", "tr", "table", "blockquote", "figure"}
# What can only stand in certain others.
PARENTS = {
    "li": LISTS,
    "tr": ROW_GROUPS | {"table"},
    **dict.fromkeys(CELLS, {"tr"}),
    **dict.fromkeys(ROW_GROUPS, {"table"}),
}
TABLE_PARTS = CELLS | ROW_GROUPS | {"table", "tr"}
CAPTIONS = frozenset({"caption", "figcaption"})
HAVE_LANGUAGE = frozenset(LANGUAGE_ATTRS)
HAVE_IDS = HEADINGS | {"p"}
BLOCKS = BOUNDARIES | HEADING_LEVELS.keys() | PRE
# These may be left out whatever their classes are.
MAYBE_LEFT_OUT = frozenset({"svg", "object", "del", "a"})
# The hint of a list or item that was made for what stood in none.
ADOPTED = "adopted"
# Above this an <img>'s alt text is a description; below, an emoji that a site drew as a picture.
EMOJI_LENGTH = 8


class Context(NamedTuple):
    """What an element's content inherits."""

    depth: int = 1
    marks: frozenset[Mark] = frozenset()
    link: Link | None = None
    leaf: str = "p"
    attrs: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    # How many <q> are open; a quotation in a quotation has other signs.
    quotes: int = 0
    is_formula: bool = False


def read(html: str) -> tuple[list[Block], Losses]:
    tree = LexborHTMLParser(limit_nesting(readable(html)), is_fragment=True)
    is_word = is_of_word(html)
    by_program = is_word or bool(PROGRAMS.search(html))
    reader = _Reader(linked(html), comments_in(tree, html), is_word=is_word, by_program=by_program)
    node: LexborNode | None = tree.root
    entered: list[tuple[LexborNode, Context, int]] = []
    while node is not None or entered:
        if node is None:
            node, context, frames = entered.pop()
            reader.leave(node, context, frames)
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
    def __init__(self, wanted: set[str], comments: set[int], *, is_word: bool, by_program: bool) -> None:
        # The ids to which links lead, and the elements that are comments.
        self.wanted = wanted
        self.comments = comments
        self.is_word = is_word
        self.by_program = by_program
        self.frames = [Block("body")]
        self.context = Context()
        self.leaf: Block | None = None
        # Pictures in a heading or caption wait here until it ends.
        self.after_leaf: list[Block] = []
        self.losses = Losses()
        self.anchors: set[str] = set()
        # The id of an element that keeps none waits here for the next paragraph.
        self.anchor = ""

    def enter(self, node: LexborNode) -> bool:
        """Take a node in; whether its content is to be read."""
        if node.is_text_node:
            text = node.text_content or ""
            self.text(text.strip() if self.context.is_formula else text)
            return False
        if not node.is_element_node or (tag := node.tag) in DROPPED:
            return False
        given = node.attributes
        attrs = {name: readable(value or "") for name, value in given.items()} if given else {}
        if attrs and is_generated(attrs.get("style", "")):
            return False
        if self.may_be_left_out(tag, attrs) and self.is_left_out(tag, attrs, node):
            return False
        if tag in SINGLE:
            SINGLE[tag](self, attrs)
            return False
        if tag in BLOCKS:
            self.enter_block(tag, attrs, node)
        else:
            self.enter_inline(tag, attrs, node)
        return True

    def may_be_left_out(self, tag: str, attrs: Attributes) -> bool:
        """Most elements have nothing by which they might be."""
        return "class" in attrs or tag in MAYBE_LEFT_OUT or bool(self.comments)

    def is_left_out(self, tag: str, attrs: Attributes, node: LexborNode) -> bool:
        """Whether nothing of the element is read; what an editor would want to know is noted."""
        if tag == "svg":
            if words := words_drawn(node):
                self.losses.drawings.append(words)
            return True
        if tag == "object":
            return self.object(attrs)
        if self.comments and node.mem_id in self.comments:
            return True
        kind = leftover(tag, attrs, is_word=self.is_word)
        if kind == "deleted":
            self.losses.deleted += filter(None, [words_in(node)])
        elif kind and kind != "drawn":
            self.losses.cleaned[kind] += 1
        return bool(kind)

    def leave(self, node: LexborNode, context: Context, frames: int) -> None:
        tag = node.tag
        if tag == "q":
            self.text("”" if self.context.quotes % 2 else "’")
        if self.context.is_formula and (sign := formulas.after(node)):
            self.run(sign)
        if tag in BLOCKS:
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
        if tag not in HEADING_LEVELS:
            self.keep_anchor(attrs)
        if self.context.leaf in CAPTIONS:
            return
        if tag in HEADING_LEVELS:
            self.open_leaf(HEADING_LEVELS[tag], heading_attrs(attrs))
        elif tag in PRE:
            self.open_leaf("pre", {})
        elif (tag, self.frames[-1].tag) in (("caption", "table"), ("figcaption", "figure")):
            self.open_leaf(tag, {})
        elif tag in FRAMES or self.is_box(tag, attrs):
            self.open_frame(tag, attrs)
        self.inherit(tag, attrs, node)

    def is_box(self, tag: str, attrs: Attributes) -> bool:
        """In a list, a table or another box there is none: what is in it goes on there."""
        return tag == "aside" and len(self.frames) == 1 and bool(box_attrs(attrs.get("class", "")))

    def inherit(self, tag: str, attrs: Attributes, node: LexborNode) -> None:
        marks = marks_of(tag, "", self.context.marks)
        marks = self.in_language(tag, attrs, marks)
        if tag == "footer" and self.frames[-1].tag == "blockquote":
            marks |= {"cite"}
        hint = paragraph_hint(node, attrs) if tag == "p" else self.context.hint
        if (marks, hint) != (self.context.marks, self.context.hint):
            self.context = self.context._replace(marks=marks, hint=hint)

    def open_leaf(self, tag: str, attrs: Attributes) -> None:
        if self.context.leaf == "p":
            self.context = self.context._replace(leaf=tag, attrs=tuple(attrs.items()))

    def open_frame(self, tag: str, attrs: Attributes) -> None:
        """A container, where it can stand; where it can't, its text goes on in the one around it."""
        if tag in PARENTS:
            del self.frames[self.context.depth :]
        if tag == "li" and self.frames[-1].tag not in LISTS:
            self.push(self.adopted("ul"))
        if tag in PARENTS and self.frames[-1].tag not in PARENTS[tag]:
            return
        if tag in LISTS and self.frames[-1].tag in LISTS:
            self.push(self.adopted("li"))
        if tag not in PARENTS:
            self.ensure_flow()
        kept = frame_attrs(tag, attrs)
        if tag == "li":
            kept = item_attrs(attrs, self.frames[-1].tag) | self.waiting_anchor()
        self.push(Block(tag, kept))
        self.context = self.context._replace(depth=len(self.frames), leaf="p", attrs=(), hint="")

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
        if self.has_room(block.tag):
            self.frames[-1].children.append(block)
            self.frames.append(block)
        elif block.children:
            self.frames[-1].children.append(block)

    def has_room(self, tag: str) -> bool:
        names = [frame.tag for frame in self.frames]
        if tag == "table":
            return names.count("table") < MAX_TABLES
        return tag in PARENTS or sum(name not in TABLE_PARTS for name in names) < MAX_FRAMES

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
        if self.context.leaf != "p" or (block.tag != "hr" and self.is_in_sentence()):
            self.after_leaf.append(block)
            return
        self.end_leaf()
        self.ensure_flow()
        self.frames[-1].children.append(block)

    def is_in_sentence(self) -> bool:
        """Whether there is text before this place, in the same line."""
        if self.leaf is None:
            return False
        near = "".join(run.text for run in self.leaf.runs[-4:]).rstrip(" \xa0")
        return not near.endswith("\n")

    # Ids

    def keep_anchor(self, attrs: Attributes) -> None:
        """An id to which a link leads: the paragraph that is open has it, or else the next one."""
        anchor = self.new_anchor(attrs)
        if anchor and self.leaf is not None and self.leaf.tag == "p" and "id" not in self.leaf.attrs:
            self.leaf.attrs["id"] = anchor
        elif anchor:
            self.anchor = anchor

    def new_anchor(self, attrs: Attributes) -> str:
        anchor = attrs.get("id") or attrs.get("name", "")
        anchor = as_id(anchor) if anchor in self.wanted else ""
        if anchor in self.anchors:
            return ""
        self.anchors.add(anchor)
        return anchor

    def waiting_anchor(self) -> Attributes:
        anchor, self.anchor = self.anchor, ""
        return {"id": anchor} if anchor else {}

    # Text

    def text(self, text: str) -> None:
        if not (text.isascii() and text.isprintable()):
            text = readable(text)
            shown = visible(text)
            if shown != text:
                self.losses.cleaned["invisible"] += 1
            text = shown
        if self.context.leaf != "pre":
            text = one_space_for_several(text)
            if self.leaf is None and text in ("", " "):
                return
        self.run(text)

    def run(self, text: str) -> None:
        if self.leaf is None:
            context = self.context
            if context.leaf not in CAPTIONS:
                self.ensure_flow()
            attrs = dict(context.attrs)
            if "id" not in attrs and context.leaf in HAVE_IDS:
                attrs |= self.waiting_anchor()
            self.leaf = Block(context.leaf, attrs, hint=context.hint)
            self.frames[-1].children.append(self.leaf)
        self.leaf.runs.append(Run(text, self.context.marks, self.context.link))

    def enter_inline(self, tag: str, attrs: Attributes, node: LexborNode) -> None:
        if tag == "math":
            self.context = self.context._replace(is_formula=True)
        if self.context.is_formula and (sign := formulas.before(node)):
            self.run(sign)
        marks = self.marks(tag, attrs, node)
        link = self.link(attrs) if tag == "a" else self.context.link
        if (marks, link) != (self.context.marks, self.context.link):
            self.context = self.context._replace(marks=marks, link=link)
        if tag == "q":
            self.text("‘" if self.context.quotes % 2 else "“")
            self.context = self.context._replace(quotes=self.context.quotes + 1)

    def marks(self, tag: str, attrs: Attributes, node: LexborNode) -> frozenset[Mark]:
        marks = marks_of(tag, attrs.get("style", ""), self.context.marks)
        marks = self.in_language(tag, attrs, marks)
        if self.context.is_formula and (script := formulas.script_of(node)):
            return marks - {"sup", "sub"} | {script}
        if tag == "abbr" and (title := one_line(attrs.get("title", ""))):
            return _with(marks, Abbreviation(title))
        if tag == "sup" and (anchor := self.new_anchor(attrs)):
            return _with(marks, Anchor(anchor))
        if tag not in ("a", "sup") or (tag == "a" and not attrs.get("href")):
            self.keep_anchor(attrs)
        return marks

    def in_language(self, tag: str, attrs: Attributes, marks: frozenset[Mark]) -> frozenset[Mark]:
        if not attrs.keys() & HAVE_LANGUAGE and tag != "bdi":
            return marks
        language = language_of(tag, attrs, language_in(marks), by_program=self.by_program)
        return _with(marks, language) if language else marks

    def link(self, attrs: Attributes) -> Link | None:
        address = attrs.get("href", "").strip()
        href = safe_href(address)
        if href is None:
            self.losses.links += bool(address)
            return None
        if is_wrapped(address):
            self.losses.cleaned["tracked"] += 1
        anchor = attrs.get("id") or attrs.get("name", "")
        anchor = as_id(anchor) if anchor in self.wanted else anchor
        if anchor in self.anchors or not usable_id(anchor):
            anchor = ""
        self.anchors.add(anchor)
        return Link(to_id(href), one_line(attrs.get("title", "")), anchor)

    # Elements that hold nothing to read

    def br(self, attrs: Attributes) -> None:
        if self.leaf is not None:
            self.run("\n" if self.context.leaf in ("p", "pre") else " ")

    def wbr(self, attrs: Attributes) -> None:
        if self.leaf is not None and self.context.leaf != "pre":
            self.run(WBR)

    def hr(self, attrs: Attributes) -> None:
        self.add(Block("hr"))

    def img(self, attrs: Attributes) -> None:
        if number(attrs.get("data-image", "")):
            self.add(Block("img", picture_attrs(attrs), hint=side_of(attrs)))
            return
        alt = one_line(attrs.get("alt", ""))
        if is_pixel(attrs):
            self.losses.cleaned["pixels"] += 1
        elif alt and len(alt) <= EMOJI_LENGTH and not any(map(str.isalnum, alt)):
            self.text(alt)
        else:
            self.losses.pictures.append(alt)

    def iframe(self, attrs: Attributes) -> bool:
        """The address of what a known provider shows there. Whether it is one."""
        address = attrs.get("src", "").strip()
        address = f"https:{address}" if address.startswith("//") else address
        embed = find_embed(address)
        if embed:
            self.add(Block("p", runs=[Run(embed.url)]))
        elif host := host_of(address):
            self.losses.frames[host] += 1
        return embed is not None

    def object(self, attrs: Attributes) -> bool:
        address = attrs.get("data", "").strip()
        self.losses.media += bool(address) and not host_of(address)
        return self.iframe({"src": address})

    def media(self, attrs: Attributes) -> None:
        self.losses.media += 1


SINGLE: dict[str, Callable[[_Reader, Attributes], object]] = {
    "br": _Reader.br,
    "hr": _Reader.hr,
    "img": _Reader.img,
    "wbr": _Reader.wbr,
    "iframe": _Reader.iframe,
    "embed": _Reader.iframe,
    "video": _Reader.media,
    "audio": _Reader.media,
}


def _with(marks: frozenset[Mark], mark: Mark) -> frozenset[Mark]:
    """With that mark in the place of any other of its kind."""
    return frozenset(other for other in marks if type(other) is not type(mark)) | {mark}
