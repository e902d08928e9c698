"""The texts of two people as one, with a choice in each place where both have written something else."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from articles.body.readings import Readings, readings_of
from articles.publishing.article.content.content import LEAD, Content

from .fields import CONFLICT, merged_values

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Place:
    """A place with two readings. `names` are fields of Content: several only for the lead picture, which has
    its words with it. `mine` and `theirs` are their values, or the HTML of blocks of the body.

    The key is made from both readings. So a choice counts only for the readings that were seen.
    """

    key: str
    names: tuple[str, ...]
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class OneText:
    """`content` is merged where it merges, and elsewhere mine. `fields` are the places outside the body.
    `body` is the body in order, if it has such places: settled HTML and places; else it is empty."""

    content: Content
    fields: tuple[Place, ...]
    body: tuple[str | Place, ...]

    @property
    def places(self) -> list[Place]:
        return [*self.fields, *(piece for piece in self.body if isinstance(piece, Place))]

    def settled(self, choices: Mapping[str, str]) -> Content | None:
        """The content as it was chosen: key → MINE or THEIRS. None if a place has no choice."""
        if any(choices.get(place.key) not in (MINE, THEIRS) for place in self.places):
            return None
        values = {}
        for place in self.fields:
            values |= dict(zip(place.names, reading(place, choices), strict=True))
        if self.body:
            blocks = [piece if isinstance(piece, str) else reading(piece, choices) for piece in self.body]
            values["body"] = "\n".join(filter(None, blocks))
        return replace(self.content, **values)


def reading(place: Place, choices: Mapping[str, str]) -> Any:
    return place.mine if choices[place.key] == MINE else place.theirs


def one_text(base: Content | None, mine: Content, theirs: Content) -> OneText:
    """`mine` and `theirs` in stored form, both made from `base`. If nobody knows that, it is None, and each
    difference is a place to choose."""
    mine = replace(mine, slug=mine.slug or theirs.slug, language=mine.language or theirs.language)
    values = merged_values(base, mine, theirs)
    names = [name for name, value in values.items() if value is CONFLICT]
    content = replace(mine, **{name: value for name, value in values.items() if name not in names})
    fields = tuple(place_of(name, mine, theirs) for name in names if name != "body")
    body = readings_of(base and base.body, mine.body, theirs.body) if "body" in names else []
    return OneText(content, fields, tuple(with_keys(body)))


def place_of(name: str, mine: Content, theirs: Content) -> Place:
    names = LEAD if name == LEAD[0] else (name,)
    readings = [tuple(getattr(content, each) for each in names) for content in (mine, theirs)]
    return Place(key_of(name, *readings), names, *readings)


def with_keys(body: list[str | Readings]) -> Iterator[str | Place]:
    seen: dict[Readings, int] = {}
    for piece in body:
        if isinstance(piece, str):
            yield piece
            continue
        # The same two readings may stand in several places.
        seen[piece] = seen.get(piece, 0) + 1
        key = key_of("body", piece.mine, piece.theirs, seen[piece])
        yield Place(key, ("body",), piece.mine, piece.theirs)


def key_of(*parts: Any) -> str:
    return sha256(json.dumps(parts, default=vars).encode()).hexdigest()[:16]
