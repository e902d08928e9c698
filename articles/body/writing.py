"""Blocks → HTML, one way to write each thing, so that writing what was read changes nothing."""

from collections.abc import Iterable, Sequence

from .blocks import CELLS, LEAVES, LISTS, MARKS, Block, Link, Run

TEXT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"})
VALUE_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\xa0": "&nbsp;"})

Wrapper = str | Link


def element(tag: str, attrs: dict[str, str], inner: str = "") -> str:
    return f"{opening(tag, attrs)}{inner}</{tag}>"


def opening(tag: str, attrs: dict[str, str]) -> str:
    values = "".join(f' {name}="{value.translate(VALUE_ESCAPES)}"' for name, value in attrs.items())
    return f"<{tag}{values}>"


class Writer:
    """The stored form. What readers get differs in a few hooks (page.py)."""

    text_escapes = TEXT_ESCAPES

    def __init__(self) -> None:
        self.anchors: set[str] = set()

    def write(self, blocks: Iterable[Block]) -> str:
        return "\n".join(filter(None, map(self.block, blocks)))

    def block(self, block: Block) -> str:
        match block.tag:
            case "hr":
                return "<hr>"
            case "img":
                return opening("img", block.attrs)
            case "pre":
                return self.preformatted(block)
            case "p":
                return self.paragraph(block)
            case "table":
                return self.table(block)
            case "figure":
                return self.figure(block)
            case tag if tag in LEAVES:
                return element(tag, block.attrs, self.inline(block.runs))
            case tag if tag == "li" or tag in CELLS:
                return element(tag, block.attrs, self.item(block.children))
        return element(block.tag, block.attrs, "".join(map(self.block, block.children)))

    def paragraph(self, block: Block) -> str:
        return element("p", {}, self.inline(block.runs))

    def preformatted(self, block: Block) -> str:
        text = block.text.translate(self.text_escapes)
        return f"<pre><code>{text}</code></pre>" if "code" in block.attrs else f"<pre>{text}</pre>"

    def table(self, block: Block) -> str:
        return element("table", block.attrs, "".join(map(self.block, block.children)))

    def figure(self, block: Block) -> str:
        return element("figure", block.attrs, "".join(map(self.block, block.children)))

    def item(self, children: Sequence[Block]) -> str:
        """A list item or cell: its text stands bare unless it has several paragraphs."""
        rest = children[1:]
        if children and children[0].tag == "p" and all(block.tag in LISTS for block in rest):
            return self.inline(children[0].runs) + "".join(map(self.block, rest))
        return "".join(map(self.block, children))

    def link_attrs(self, link: Link) -> dict[str, str]:
        # A link that goes on in the next paragraph is written anew there; the anchor is where it begins.
        anchor = "" if link.id in self.anchors else link.id
        self.anchors.add(anchor)
        attrs = {"href": link.href, "title": link.title, "id": anchor}
        return {name: value for name, value in attrs.items() if value}

    def inline(self, runs: Iterable[Run]) -> str:
        html: list[str] = []
        open_: list[Wrapper] = []
        for run in runs:
            wanted = _wrappers(run)
            shared = 0
            while shared < min(len(open_), len(wanted)) and open_[shared] == wanted[shared]:
                shared += 1
            html += map(self._close, reversed(open_[shared:]))
            html += map(self._open, wanted[shared:])
            open_ = wanted
            html.append(run.text.translate(self.text_escapes).replace("\n", "<br>"))
        html += map(self._close, reversed(open_))
        return "".join(html)

    def _open(self, wrapper: Wrapper) -> str:
        return opening("a", self.link_attrs(wrapper)) if isinstance(wrapper, Link) else f"<{wrapper}>"

    def _close(self, wrapper: Wrapper) -> str:
        return "</a>" if isinstance(wrapper, Link) else f"</{wrapper}>"


def _wrappers(run: Run) -> list[Wrapper]:
    outer: list[Wrapper] = ["cite"] if "cite" in run.marks else []
    if run.link:
        outer.append(run.link)
    return outer + [mark for mark in MARKS if mark in run.marks]
