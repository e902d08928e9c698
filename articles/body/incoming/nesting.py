"""Bounds on how deep markup may nest, kept before any parser sees it.

HTML parsers look up the stack of open elements at almost every tag, and copy formatting that was left
open into each new paragraph. Both are quadratic: 20,000 nested lists take seconds, two megabytes of
them minutes. So tags beyond a depth no writer needs are renamed to <param>, which holds nothing: the tag
goes, its text stays. And they compare each attribute of a tag with all the others: of a tag with more of
them than any program writes, the rest goes.
"""

import re

MAX_DEPTH = 120
MAX_FORMATTING = 12
# So many formatting elements may stay open over the start of a paragraph (Google Docs wraps a whole
# document in one <b>).
MAX_CARRIED_OVER = 3
MAX_ATTRIBUTES = 100

FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# These close themselves when the next one opens; what nests them (lists, tables) is counted instead.
SELF_CLOSING = frozenset("p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup".split())
# An end tag inside one of these does not close what was opened outside it.
FENCES = frozenset("table template object applet marquee select svg math".split())

ATTRIBUTE = r"""[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*))?"""
# The shortest attribute takes two characters.
SHORTEST_OVERLOADED = 2 * MAX_ATTRIBUTES
OVERLOADED = re.compile(
    rf"((?:</[a-z]+>)*+<[a-z][^\s/>]*+(?:[\s/]*+{ATTRIBUTE}){{{MAX_ATTRIBUTES}}}+)(?:[\s/]*+{ATTRIBUTE})++",
    re.IGNORECASE,
)

# The tokens of the HTML standard, so that nothing can be hidden in a comment, a quoted value or a raw
# text element. No alternative can fail after a long scan, which keeps the search linear.
TOKEN = re.compile(
    r"""
    <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])
      .*?(?:</(?P=raw)(?=[\s/>])|\Z)
    | <(?P<end>/?)(?P<name>[a-z][^\s/>]*)
      (?: [\s/]+ | [^\s/>][^\s/>=]* (?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*))? )*+ >?
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def limit_nesting(html: str) -> str:
    stack = _OpenElements()
    return TOKEN.sub(stack.see, html)


class _OpenElements:
    def __init__(self) -> None:
        self.names: list[str] = []
        self.formatting = 0

    def see(self, token: re.Match[str]) -> str:
        kept = self._kept(token)
        found = OVERLOADED.match(kept) if len(kept) > SHORTEST_OVERLOADED else None
        return found[1] + kept[found.end() :] if found else kept

    def _kept(self, token: re.Match[str]) -> str:
        name = (token["name"] or "").lower()
        if not name or name in VOID:
            return token[0]
        if token["end"]:
            self._close(name)
            return token[0]
        if name in FORMATTING:
            return self._open_formatting(name, token)
        return self._open_other(name, token)

    def _open_formatting(self, name: str, token: re.Match[str]) -> str:
        if self.formatting >= MAX_FORMATTING or len(self.names) >= MAX_DEPTH:
            return _renamed(token)
        self.names.append(name)
        self.formatting += 1
        return token[0]

    def _open_other(self, name: str, token: re.Match[str]) -> str:
        closed = self._close_carried_over() if self.formatting > MAX_CARRIED_OVER and name != "span" else ""
        if name in SELF_CLOSING:
            return closed + token[0]
        if len(self.names) >= MAX_DEPTH:
            return closed + _renamed(token)
        self.names.append(name)
        return closed + token[0]

    def _close_carried_over(self) -> str:
        carried = [name for name in reversed(self.names) if name in FORMATTING]
        self.names = [name for name in self.names if name not in FORMATTING]
        self.formatting = 0
        return "".join(f"</{name}>" for name in carried)

    def _close(self, name: str) -> None:
        for index in range(len(self.names) - 1, -1, -1):
            if self.names[index] == name:
                self._remove(name, index)
                return
            if self.names[index] in FENCES:
                return

    def _remove(self, name: str, index: int) -> None:
        if name in FORMATTING:
            del self.names[index]
            self.formatting -= 1
            return
        # Formatting that was opened inside stays active in the parser, so it stays counted here.
        self.names[index:] = [inner for inner in self.names[index:] if inner in FORMATTING]


def _renamed(token: re.Match[str]) -> str:
    return "<param" + token[0][1 + len(token["name"]) :]
