"""What a newsroom has put into its own export beside the fields of WordPress: one meta value, as JSON."""

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.importers.wordpress.records import Item

from .wording import plain

META = "_newsroom"
# Where the notes to readers begin that stand below the text for those who read it in WordPress.
NOTES = '<!-- wp:group {"className":"newsroom-corrections"} -->'
WITHDRAWN, OVER = "withdrawn", "over"
TEXTS = ("state", "kicker", "language", "direction", "kind", "reviewed")
# Without them, the words of the library count.
WORDS = ("lead_alt", "lead_caption", "lead_credit")
MOST, MOST_LINKS = 1_000, 20
# Encoded, as redirects have it; also a number on the front, such as /?p=7.
PATH = re.compile(r"/(?!/)[!-~]{1,1999}")
WEB = re.compile(r"https?://[^\s<>\"]{1,500}")


@dataclass(frozen=True, slots=True)
class Own:
    """`roles` are those of authors by the last word of their address. `formerly` are paths, encoded.
    `decorative` are the numbers of attachments that need no alt text in this one."""

    state: str = ""
    kicker: str = ""
    language: str = ""
    direction: str = ""
    kind: str = ""
    reviewed: str = ""
    rating: int | None = None
    until: datetime.datetime | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    corrections: tuple[tuple[str, str, datetime.datetime], ...] = ()
    formerly: tuple[str, ...] = ()
    decorative: frozenset[str] = frozenset()


def own_of(item: Item) -> Own | None:
    """None if no newsroom has written the item. What is not as it should be is left out: anybody may have
    changed the file."""
    facts = facts_of(item)
    if facts is None:
        return None
    roles = facts.get("roles")
    return Own(
        **{name: facts[name] for name in TEXTS if isinstance(facts.get(name), str)},
        rating=rating(facts.get("rating")),
        until=instant(facts.get("until")),
        words={name: facts[name] for name in WORDS if isinstance(facts.get(name), str)},
        roles={k: v for k, v in roles.items() if isinstance(v, str)} if isinstance(roles, dict) else {},
        corrections=tuple(filter(None, map(correction, several(facts, "corrections")))),
        formerly=tuple(path for path in several(facts, "formerly") if is_path(path)),
        decorative=frozenset(map(str, several(facts, "decorative"))),
    )


def profile_of(item: Item) -> tuple[str, str] | None:
    """The role of an author, and web addresses, one a line."""
    match facts_of(item):
        case {"role": str(role), "links": list(links)}:
            web = [link for link in links if isinstance(link, str) and WEB.fullmatch(link)]
            return plain(role), "\n".join(web[:MOST_LINKS])
    return None


def facts_of(item: Item) -> dict[str, Any] | None:
    try:
        facts = json.loads(item.last_meta(META) or "null")
    except (ValueError, RecursionError):
        return None
    return facts if isinstance(facts, dict) else None


def several(facts: dict[str, Any], name: str) -> list[Any]:
    value = facts.get(name)
    return value[:MOST] if isinstance(value, list) else []


def rating(value: Any) -> int | None:
    return value if isinstance(value, int) and 1 <= value <= 5 else None


def is_path(value: Any) -> bool:
    return isinstance(value, str) and PATH.fullmatch(value) is not None


def correction(value: Any) -> tuple[str, str, datetime.datetime] | None:
    """Kind, text and time."""
    match value:
        case [str(kind), str(at), str(text)] if (when := instant(at)) and text.strip():
            return kind, text, when
    return None


def instant(value: Any) -> datetime.datetime | None:
    """A time with its zone."""
    try:
        at = datetime.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo and datetime.MINYEAR < at.year < datetime.MAXYEAR else None


def without_notes(body: str) -> str:
    """The text without the notes below it, which come as facts of their own."""
    return body.partition(NOTES)[0]
