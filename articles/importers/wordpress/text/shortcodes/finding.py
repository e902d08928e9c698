"""Which brackets are shortcodes. Whatever WordPress did not know, it showed as it was typed: so does a reader
expect “[laughing]” to stay.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.body.incoming.characters import unescaped

from .known import KNOWN

NAME = r"[A-Za-z_][A-Za-z0-9_-]{0,60}"
# Of a known name the settings may hold brackets themselves; the bound keeps a hostile text from taking long.
OPENING = re.compile(rf"\[({NAME})(?=[\s/=\]])([^\[\]]*+)\]")
OPENING_OF_KNOWN = re.compile(rf"\[({NAME})(?=[\s/=\]])([^\]]{{0,2000}}+)\]")
ENDING = re.compile(rf"\[/({NAME})\s*\]")
# “[where x=3 and y=4]” is prose, so settings count only if one is quoted or if there is nothing else.
QUOTED = re.compile(
    r"(?:^|\s)[A-Za-z_][\w-]*\s*=\s*(?:[\"'“”″]|&quot;|&#8221;|&#8220;|&#8243;)|^=[\"']?https?://"
)
ONLY_SETTINGS = re.compile(r"(?:\s+[A-Za-z_][\w-]*=[^\s=]+)++\s*/?")
# A name that nobody writes in prose.
OF_A_PROGRAM = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
IN_SHORTCODE_BLOCK = re.compile(rf"<!-- wp:(?:core/)?shortcode -->\s*(?:<p>)?\s*\[({NAME})(?=[\s/\]])")

QUOTES = str.maketrans("“”„″‘’", '"""""' + "'")
ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))|"([^"]*)"|'([^']*)'|(\S+)""", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What stands in the brackets after the name."""

    named: dict[str, str]
    others: tuple[str, ...]

    def get(self, *names: str) -> str:
        return next((self.named[name] for name in names if self.named.get(name)), "")

    @property
    def first(self) -> str:
        return self.others[0] if self.others else ""


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    # All between the name and the bracket.
    rest: str
    text: str

    @property
    def settings(self) -> Settings:
        return settings_of(self.rest)


def settings_of(rest: str) -> Settings:
    """`[youtube=URL&w=320]` has its address right after the name."""
    text = rest.strip().removesuffix("/").strip()
    if "&" in text:
        text = unescaped(text)
    if any(sign in text for sign in "“”″"):
        text = text.translate(QUOTES)
    named: dict[str, str] = {}
    others: list[str] = []
    for found in ATTRIBUTE.finditer(text.removeprefix("=")):
        if found[1]:
            named[found[1].lower()] = found[2] or found[3] or found[4] or ""
        else:
            others.append(found[5] or found[6] or found[7] or "")
    return Settings(named, tuple(others))


def proven(body: str) -> set[str]:
    """Names that a text itself shows to be those of shortcodes: they have settings, an end, or a block of
    their own. On one site a name that is a shortcode in one text is one in all texts."""
    if "[" not in body:
        return set()
    names = {found[1] for found in ENDING.finditer(body)}
    names |= {found[1] for found in OPENING.finditer(body) if _has_settings(found[2])}
    return names | in_blocks(body)


def in_blocks(body: str) -> set[str]:
    """Names that stand in a block which the editor of WordPress has for shortcodes alone."""
    return {found[1] for found in IN_SHORTCODE_BLOCK.finditer(body)}


def _has_settings(rest: str) -> bool:
    return "=" in rest and bool(QUOTED.search(rest) or ONLY_SETTINGS.fullmatch(rest))


def tag_at(text: str, at: int, names: frozenset[str] | set[str]) -> Tag | None:
    """The shortcode that begins at this bracket, if it is one."""
    found = OPENING.match(text, at)
    if found is None:
        name = _known_name(text, at)
        found = OPENING_OF_KNOWN.match(text, at) if name in KNOWN else None
    if found is None or not (found[1] in KNOWN or found[1] in names or _is_alone(text, found)):
        return None
    return Tag(found[1], found[2], found[0])


def _known_name(text: str, at: int) -> str:
    found = _name_pattern().match(text, at + 1)
    return found[0] if found else ""


@lru_cache(maxsize=1)
def _name_pattern() -> re.Pattern[str]:
    return re.compile(NAME)


def _is_alone(text: str, found: re.Match[str]) -> bool:
    """`[market_share]` alone in its line."""
    if found[2] or not OF_A_PROGRAM.fullmatch(found[1]):
        return False
    before, after = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
    return before in ("", "\n", ">", "\x02") and after in ("", "\n", "<", "\x03")
