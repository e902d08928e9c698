"""Shortcodes → HTML, from the inside to the outside, in one pass without recursion. What stands in a tag, in
<pre>, <code> or a script is never one. Comments go."""

import re
from collections import Counter
from dataclasses import dataclass, field

from articles.importers.wordpress.text.markup import CLASSIC, PLAIN, TOKEN
from articles.importers.wordpress.text.result import Kind

from .finding import ENDING, Tag, tag_at
from .known import CODE
from .names import Context, converted

# As with blocks, this bounds the time.
MAX_DEPTH = 16
SIGN = re.compile(r"<|\[(?=/?[A-Za-z_]|\[[A-Za-z_])")
PROTECTING = frozenset({"pre", "code"})
MARKS = re.compile(f"[{CLASSIC}{PLAIN}]")
MARKER = re.compile(r"<!--\s*(more|nextpage|noteaser)\b")


def fold_shortcodes(text: str, names: frozenset[str] | set[str], context: Context) -> str:
    """`names` are those of shortcodes besides the known ones."""
    if "[" not in text and "<!" not in text:
        return text
    return _Folding(text, names, context).fold()


@dataclass(slots=True)
class _Open:
    tag: Tag | None
    parts: list[str] = field(default_factory=list)


class _Folding:
    def __init__(self, text: str, names: frozenset[str] | set[str], context: Context) -> None:
        self.text = text
        self.names = names
        self.context = context
        self.stack = [_Open(None)]
        self.open_names: Counter[str] = Counter()
        # Where the last end of each name stands: one that begins after it has none.
        self.last_end = {found[1]: found.start() for found in ENDING.finditer(text)} if "[/" in text else {}
        # Of elements that are to be skipped: where to look for the end, or that there is none.
        self.unclosed: set[str] = set()

    def fold(self) -> str:
        done = 0
        while (sign := SIGN.search(self.text, done)) is not None:
            self.put(self.text[done : sign.start()])
            is_tag = sign[0] == "<"
            done = self.markup(sign.start()) if is_tag else self.bracket(sign.start())
        self.put(self.text[done:])
        while len(self.stack) > 1:
            self.give_up()
        return "".join(self.stack[0].parts)

    def put(self, html: str) -> None:
        if html:
            self.stack[-1].parts.append(html)

    # Each of these takes what begins at a place, and says where to go on.

    def markup(self, at: int) -> int:
        token = TOKEN.match(self.text, at)
        if token is None:
            self.put("<")
            return at + 1
        if token[0].startswith("<!--"):
            return self.comment(token)
        name = (token["name"] or "").lower()
        end = self.end_of(name, token.end()) if name in PROTECTING and not token["end"] else token.end()
        self.put(self.text[at:end])
        return end

    def comment(self, token: re.Match[str]) -> int:
        """Comments go. Those of WordPress say where a text was divided; there a paragraph begins."""
        found = MARKER.match(token[0])
        if found:
            self.put("\n\n")
            self.context.findings.leave_out(Kind.MARKER, found[1], token[0])
            self.context.findings.pages += found[1] == "nextpage"
        elif not token[0].endswith("-->") and len(token[0]) > len("<!-->"):
            # A browser takes all after an unclosed comment for a part of it.
            self.context.findings.leave_out(Kind.ELEMENT, "unclosed comment", token[0])
        return token.end()

    def end_of(self, name: str, start: int) -> int:
        """The end of a protecting element; that of its first tag if it is never closed."""
        if name in self.unclosed:
            return start
        found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, start)
        if found is None:
            self.unclosed.add(name)
            return start
        return found.end()

    def bracket(self, at: int) -> int:
        text = self.text
        if text.startswith("[[", at):
            return self.escaped(at)
        if text.startswith("[/", at):
            found = ENDING.match(text, at)
            if found and self.open_names[found[1]]:
                self.close(found[1])
                return found.end()
            if found and self.is_stray(found[1]):
                return found.end()
        tag = tag_at(text, at, self.names)
        if tag is None:
            self.put("[")
            return at + 1
        return self.begin(tag, at + len(tag.text))

    def is_stray(self, name: str) -> bool:
        """The end of a shortcode that has no beginning, or none that counts any more."""
        return name in self.names or tag_at(f"[{name}]", 0, self.names) is not None

    def escaped(self, at: int) -> int:
        """`[[gallery]]` shows [gallery]."""
        tag = tag_at(self.text, at + 1, self.names)
        if tag is None:
            self.put("[")
            return at + 1
        end = at + 1 + len(tag.text)
        if not self.text.startswith("]", end):
            ending = f"[/{tag.name}]]"
            end = -1 if ending in self.unclosed else self.text.find(ending, end)
            if end < 0:
                self.unclosed.add(ending)
                self.put("[")
                return at + 1
            end += len(ending) - 1
        self.put(self.text[at + 1 : end])
        return end + 1

    def begin(self, tag: Tag, end: int) -> int:
        has_end = end <= self.last_end.get(tag.name, -1) and not tag.rest.rstrip().endswith("/")
        if not has_end or len(self.stack) > MAX_DEPTH:
            self.put(converted(tag, None, self.context))
            return end
        if tag.name in CODE:
            return self.code(tag, end)
        self.stack.append(_Open(tag))
        self.open_names[tag.name] += 1
        return end

    def code(self, tag: Tag, start: int) -> int:
        """What is in it is no HTML."""
        ending = self.text.find(f"[/{tag.name}]", start)
        if ending < 0:
            self.put(converted(tag, None, self.context))
            return start
        self.put(converted(tag, self.text[start:ending], self.context))
        return ending + len(f"[/{tag.name}]")

    def close(self, name: str) -> None:
        while (innermost := self.stack[-1].tag) and innermost.name != name:
            self.give_up()
        block = self.stack.pop()
        self.open_names[name] -= 1
        content = "".join(block.parts)
        marks = "".join(MARKS.findall(content))
        html = converted(block.tag, content, self.context) if block.tag else content
        # What is left out may hold the place where a classic text began or ended.
        is_whole = all(html.count(mark) == marks.count(mark) for mark in (CLASSIC, PLAIN))
        self.put(html if is_whole else html + marks)

    def give_up(self) -> None:
        """The innermost shortcode has no end: it stands by itself, and what follows it is text."""
        block = self.stack.pop()
        if block.tag:
            self.open_names[block.tag.name] -= 1
            self.put(converted(block.tag, None, self.context))
        self.stack[-1].parts += block.parts
