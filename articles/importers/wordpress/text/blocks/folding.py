"""Blocks → HTML, from the inside to the outside, in one pass without recursion."""

from collections import Counter
from dataclasses import dataclass, field

from articles.importers.wordpress.text.markup import CONTROLS, classic
from articles.importers.wordpress.text.resolver import Resolver
from articles.importers.wordpress.text.result import Findings, Kind

from .delimiters import SIGN, Delimiter, pieces
from .names import OF_ITS_KIND, Context, converted

# Blocks that are deeper lose their delimiters and keep what is in them. What is around them is joined anew at
# each level, so this bounds the time too. So do those that stand in one of their kind which is read whole.
MAX_DEPTH = 40
MAX_REFERENCES = 5
# What reusable blocks may put into one text in all, in characters, and how many there may be.
MOST_INSERTED = 2_000_000
MOST_REFERENCES = 500


def has_blocks(body: str) -> bool:
    return SIGN in body


@dataclass(slots=True)
class _Open:
    delimiter: Delimiter
    parts: list[str] = field(default_factory=list)


def fold_blocks(body: str, resolver: Resolver, findings: Findings) -> str:
    return _Folding(resolver, findings).fold(body)


class _Folding:
    def __init__(self, resolver: Resolver, findings: Findings) -> None:
        self.resolver = resolver
        self.findings = findings
        # The reusable blocks that are being put in place.
        self.around: list[str] = []
        self.inserted = self.references = 0

    def fold(self, body: str) -> str:
        stack = [_Open(Delimiter("", ""))]
        open_names: Counter[str] = Counter()
        too_deep: Counter[str] = Counter()
        for piece in pieces(body):
            if isinstance(piece, str):
                is_loose = len(stack) == 1 and not piece.isspace()
                stack[-1].parts.append(classic(piece) if is_loose else piece)
            elif piece.is_alone:
                stack[-1].parts.append(self.block(piece, ""))
            elif not piece.is_end:
                if len(stack) > MAX_DEPTH or any(map(open_names.get, OF_ITS_KIND.get(piece.name, ()))):
                    too_deep[piece.name] += 1
                    continue
                stack.append(_Open(piece))
                open_names[piece.name] += 1
            elif too_deep[piece.name]:
                too_deep[piece.name] -= 1
            elif open_names[piece.name]:
                self.close(stack, piece.name, open_names)
        while len(stack) > 1:
            self.close(stack, stack[-1].delimiter.name, open_names)
        return "".join(stack[0].parts)

    def close(self, stack: list[_Open], name: str, open_names: Counter[str]) -> None:
        """Close the innermost block of that name, and those in it that nobody has closed."""
        while True:
            block = stack.pop()
            open_names[block.delimiter.name] -= 1
            stack[-1].parts.append(self.block(block.delimiter, "".join(block.parts)))
            if block.delimiter.name == name:
                return

    def block(self, delimiter: Delimiter, inner: str) -> str:
        if delimiter.name == "block":
            return self.reusable(delimiter)
        return converted(delimiter, inner, Context(self.resolver, self.findings))

    def reusable(self, delimiter: Delimiter) -> str:
        ref = str(delimiter.attrs.get("ref", ""))
        self.references += 1
        is_allowed = (
            ref not in self.around
            and len(self.around) < MAX_REFERENCES
            and self.references <= MOST_REFERENCES
            and self.inserted <= MOST_INSERTED
        )
        text = self.resolver.block(ref) if ref and is_allowed else None
        if text is None:
            self.findings.leave_out(Kind.REUSABLE_BLOCK, ref, delimiter.text)
            return ""
        text = CONTROLS.sub("", text).replace("\r\n", "\n")
        self.inserted += len(text)
        self.around.append(ref)
        html = self.fold(text) if has_blocks(text) else classic(text)
        self.around.pop()
        return html
