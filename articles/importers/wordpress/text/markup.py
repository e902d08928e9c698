"""Tags in a text of HTML, found from left to right in linear time, and the marks that we put between them."""

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from articles.body.incoming.characters import unescaped
from articles.body.incoming.nesting import TOKEN as TOKEN

NAME_AND_VALUE = re.compile(
    r"""([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?""", re.DOTALL
)
OPENING = re.compile(
    r"""<[a-z][^\s/>]*(?:[\s/]+|[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*))?)*+>?""",
    re.IGNORECASE,
)
TAG_NAME = re.compile(r"</?[a-zA-Z][^\s/>]*")
# These no text has: convert() takes them out first, so that we can mark places with them.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Between these, WordPress shows a text as it was typed: a blank line begins a paragraph, a line end is one.
CLASSIC, PLAIN = "\x02", "\x03"
# Where the list of footnotes is to stand.
FOOTNOTES = "\x04"
# An attribute that begins with it is one that we wrote.
OURS = "\x06"
MAX_ATTRIBUTES = 100


def classic(text: str) -> str:
    return f"{CLASSIC}{text}{PLAIN}"


class Element(NamedTuple):
    attrs: dict[str, str]
    inner: str
    # Where it stands in the text, with its tags.
    start: int
    end: int


def opening_of(token: str) -> str:
    """The first tag of a token that has its content with it, as a script or a frame."""
    found = OPENING.match(token)
    return found[0] if found else token


def attributes(token: str) -> dict[str, str]:
    """The attributes of a tag, with their entities decoded; the first of each name counts."""
    found: dict[str, str] = {}
    name = TAG_NAME.match(token)
    for match in NAME_AND_VALUE.finditer(token, name.end() if name else 0):
        if len(found) >= MAX_ATTRIBUTES:
            break
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), unescaped(value) if "&" in value else value)
    return found


def tag(name: str, attrs: dict[str, str]) -> str:
    values = "".join(f' {key}="{escape(value)}"' for key, value in attrs.items())
    return f"<{name}{values}>"


def element(name: str, attrs: dict[str, str], inner: str = "") -> str:
    return f"{tag(name, attrs)}{inner}</{name}>"


def trusted(value: str) -> str:
    """An attribute's value that we made ourselves, so that a later step can tell it from the text's own."""
    return OURS + value


def own_value(value: str) -> str | None:
    return value[1:] if value.startswith(OURS) else None


def elements_in(html: str, *names: str) -> Iterator[Element]:
    """The outermost elements of those names. One that is not closed is left out."""
    opened: tuple[str, int, int, dict[str, str]] | None = None
    depth = 0
    for token in TOKEN.finditer(html):
        name = (token["name"] or "").lower()
        if opened is None:
            if name in names and not token["end"]:
                opened, depth = (name, token.start(), token.end(), attributes(token[0])), 1
        elif name == opened[0]:
            depth += -1 if token["end"] else 1
            if not depth:
                yield Element(opened[3], html[opened[2] : token.start()], opened[1], token.end())
                opened = None
