"""Merges the changes of two people who have changed the same version of an article, field by field."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from articles.body.three_way_merge import merge_bodies
from articles.publishing.article.content.content import LEAD, BylineContent, Content

CONFLICT = object()
# The value of a field in a base that nobody knows.
UNKNOWN = object()
Lines = Sequence[BylineContent]


def differing(one: Content, other: Content) -> tuple[str, ...]:
    """The names of the fields in which they differ."""
    names = (field.name for field in fields(Content))
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))


def merged_values(base: Content | None, mine: Content, theirs: Content) -> dict[str, Any]:
    """Name of a field → its merged value, or CONFLICT. Without a base, each difference is a conflict."""
    values = {}
    for name in (field.name for field in fields(Content)):
        was = getattr(base, name) if base else UNKNOWN
        values[name] = merged_value(name, was, getattr(mine, name), getattr(theirs, name))
    return values | merged_picture(base, mine, theirs)


def merged_picture(base: Content | None, mine: Content, theirs: Content) -> dict[str, Any]:
    """The lead picture and its words as one value, if the two have different pictures, because words that
    were written for one picture must not stand under another. Empty if both have the same picture: then each
    word is a value of its own."""
    if mine.lead_image_id == theirs.lead_image_id:
        return {}
    was = lead_of(base) if base else UNKNOWN
    found = merged_value("lead", was, lead_of(mine), lead_of(theirs))
    if found is CONFLICT:
        return dict(zip(LEAD, lead_of(mine), strict=True)) | {LEAD[0]: CONFLICT}
    return dict(zip(LEAD, found, strict=True))


def lead_of(content: Content) -> tuple:
    return tuple(getattr(content, name) for name in LEAD)


def merged_value(name: str, base: Any, mine: Any, theirs: Any) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if base is UNKNOWN:
        return CONFLICT
    if name in ("tags", "pinned"):
        return merged_members(base, mine, theirs)
    if name == "bylines":
        return merged_bylines(base, mine, theirs)
    if name == "body":
        found = merge_bodies(base, mine, theirs)
        return CONFLICT if found is None else found
    return CONFLICT


def merged_members(base: Sequence, mine: Sequence, theirs: Sequence) -> tuple:
    """All members that either has, without those that one of them has taken away. Mine come first, in my
    order."""
    kept = [each for each in mine if each in theirs or each not in base]
    return (*kept, *(each for each in theirs if each not in mine and each not in base))


def merged_bylines(base: Lines, mine: Lines, theirs: Lines) -> Any:
    """Merge bylines by author. It is a conflict if both have changed the order, or the role of one author,
    differently."""
    roles = [{line.author_id: line.role for line in lines} for lines in (base, mine, theirs)]
    common = set.intersection(*map(set, roles))
    orders = [[number for number in each if number in common] for each in roles]
    if orders[0] not in orders[1:] and orders[1] != orders[2]:
        return CONFLICT
    first, second = (roles[1], roles[2]) if orders[1] != orders[0] else (roles[2], roles[1])
    lines = []
    for number in merged_members(list(roles[0]), list(first), list(second)):
        was, own, other = (each.get(number) for each in roles)
        if None not in (own, other) and own != other and was not in (own, other):
            return CONFLICT
        lines.append(BylineContent(number, (other if own in (was, None) else own) or ""))
    return tuple(lines)
