"""Paragraphs of texts from the classic editor: a blank line begins one, a line end is a line end.

WordPress has done this for each reader anew. A text that has been through this holds no line ends outside of
<pre> and the like, so going through it once more changes nothing.
"""

import re
from collections import Counter

from .markup import CLASSIC, FOOTNOTES, PLAIN, TOKEN

# They stand between paragraphs. Text that is directly in one of them gets paragraphs of its own …
FLOW = frozenset(
    """div section article header footer main nav aside hgroup center form fieldset details blockquote li dd
    td th body address menu dir noscript""".split()
)
# … in one of these it stays in a line …
LINES = frozenset("p h1 h2 h3 h4 h5 h6 figcaption caption summary dt legend option".split())
# … and these have no text of their own, but white space to look at.
FRAMES = frozenset(
    """figure ul ol dl table thead tbody tfoot tr colgroup select optgroup datalist map picture video audio
    object frameset""".split()
)
SINGLE = frozenset("hr col".split())
BLOCKS = FLOW | LINES | FRAMES | SINGLE
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Nothing in these is touched.
OPAQUE = frozenset({"pre", "svg", "math", "template"})
# These end an element of their own kind that nobody has ended.
ENDS = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "option": {"option"},
}

# Browsers show one space; and the patterns below would take long for a million of them.
SPACES = re.compile(r"[ \t]{2,}")
BLANK_LINES = re.compile(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")
LINE_END = "\v"
AROUND_BREAK = re.compile(r"[\v \t]*(<br\b[^<>]*>)[\v \t]*", re.IGNORECASE)
LINE_ENDS = re.compile(r"[ \t]*\v[\v \t]*")
EDGES = " \t\n\r\v"
ADDRESS = re.compile(r"https?://[^\s<>\"\v]+", re.IGNORECASE)


def autop(text: str) -> str:
    """Paragraphs for the parts of the text that are marked as classic."""
    parts = re.split(f"([{CLASSIC}{PLAIN}])", text)
    html, is_classic = [], False
    for part in parts:
        if part in (CLASSIC, PLAIN) and part:
            is_classic = part == CLASSIC
        elif part:
            html.append(_Paragraphs().read(part) if is_classic else part)
    return "".join(html)


class _Paragraphs:
    def __init__(self) -> None:
        self.html: list[str] = []
        # The paragraph that is open: pieces of text and of inline tags.
        self.paragraph: list[str] = []
        self.has_words = False
        # The elements that are open, blocks and inline ones.
        self.blocks: list[str] = []
        self.open_blocks: Counter[str] = Counter()
        self.inline: Counter[str] = Counter()
        self.open_inline = 0

    def read(self, text: str) -> str:
        done, opaque_until = 0, 0
        for token in TOKEN.finditer(text):
            if token.start() < opaque_until:
                continue
            self.text(text[done : token.start()])
            done = opaque_until = self.tag(token, text)
        self.text(text[done:])
        self.end_paragraph()
        return "".join(self.html)

    def tag(self, token: re.Match[str], text: str) -> int:
        """Take a tag; where to go on."""
        name, is_end = (token["name"] or "").lower(), bool(token["end"])
        if name in OPAQUE and not is_end:
            end = _end_of(name, text, token.end())
            self.opaque(name, text[token.start() : end])
            return end
        if name in BLOCKS:
            self.block(name, token[0], is_end=is_end)
        else:
            if name == "cite" and not is_end and self.is_source():
                self.end_paragraph()
            if name and name not in VOID:
                self.count_inline(name, is_end=is_end)
            self.has_words = self.has_words or bool(token["raw"]) or name in ("img", "embed", "input")
            self.put(token[0])
        return token.end()

    def is_source(self) -> bool:
        """Whether what begins here, on a line of its own, is the source of a quotation."""
        is_quoted = bool(self.blocks) and self.blocks[-1] == "blockquote"
        return is_quoted and bool(self.paragraph) and self.paragraph[-1].rstrip(" ").endswith(LINE_END)

    def count_inline(self, name: str, *, is_end: bool) -> None:
        if not is_end or self.inline[name]:
            self.inline[name] += -1 if is_end else 1
            self.open_inline += -1 if is_end else 1

    def opaque(self, name: str, html: str) -> None:
        if name == "pre":
            self.end_paragraph()
            self.html.append(html)
        else:
            self.has_words = True
            self.put(html)

    def block(self, name: str, tag: str, *, is_end: bool) -> None:
        self.end_paragraph()
        self.html.append(tag)
        if is_end:
            if self.open_blocks[name]:
                while self.leave() != name:
                    pass
            return
        if self.blocks and (self.blocks[-1] == "p" or self.blocks[-1] in ENDS.get(name, ())):
            self.leave()
        if name not in SINGLE:
            self.blocks.append(name)
            self.open_blocks[name] += 1

    def leave(self) -> str:
        name = self.blocks.pop()
        self.open_blocks[name] -= 1
        return name

    # Text

    def text(self, text: str) -> None:
        if not text:
            return
        text = SPACES.sub(" ", text)
        around = self.blocks[-1] if self.blocks else ""
        if around in FRAMES:
            self.html.append(text)
        elif around in LINES or self.open_inline:
            self.put(_in_one_paragraph(text))
            self.has_words = self.has_words or not text.isspace()
        else:
            self.in_paragraphs(text)

    def in_paragraphs(self, text: str) -> None:
        first, *others = BLANK_LINES.split(text)
        self.line(first)
        for other in others:
            self.end_paragraph()
            self.line(other)

    def line(self, text: str) -> None:
        if text:
            self.has_words = self.has_words or not text.isspace()
            self.put(text.replace("\n", LINE_END))

    def put(self, html: str) -> None:
        (self.html if self.blocks and self.blocks[-1] in FRAMES else self.paragraph).append(html)

    def end_paragraph(self) -> None:
        if not self.paragraph:
            return
        html, has_words = "".join(self.paragraph).strip(EDGES), self.has_words
        self.paragraph, self.has_words = [], False
        is_line = bool(self.blocks) and self.blocks[-1] in LINES
        if is_line or not has_words or FOOTNOTES in html:
            self.html.append(_with_breaks(html))
        else:
            self.html += [f"<p>{_with_breaks(part)}</p>" for part in _with_own_lines(html)]


def _in_one_paragraph(text: str) -> str:
    """Where no paragraph can end, because an element is open, two line breaks do as well."""
    if "\n" not in text:
        return text
    return BLANK_LINES.sub("<br><br>", text).replace("\n", LINE_END)


def _with_breaks(html: str) -> str:
    if LINE_END not in html:
        return html
    return LINE_ENDS.sub("<br>", AROUND_BREAK.sub(r"\1", html))


def _with_own_lines(html: str) -> list[str]:
    """A line that is nothing but an address is a paragraph: WordPress shows there what is at the address."""
    if "://" not in html or LINE_END not in html:
        return [html]
    parts: list[list[str]] = [[]]
    for line in html.split(LINE_END):
        if ADDRESS.fullmatch(line.strip(EDGES)):
            parts += [[line.strip(EDGES)], []]
        else:
            parts[-1].append(line)
    joined = (LINE_END.join(lines).strip(EDGES) for lines in parts)
    return [part for part in joined if part]


def _end_of(name: str, text: str, start: int) -> int:
    found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, start)
    return found.end() if found else len(text)
