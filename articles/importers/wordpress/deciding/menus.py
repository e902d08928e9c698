"""Menus of the old site, as text to be read: the paper makes its own from its sections."""

from collections import defaultdict
from dataclasses import dataclass

from articles.importers.wordpress.records import Item

from .wording import plain

MENU_ITEM = "nav_menu_item"
TAXONOMY = "nav_menu"
# So many items are kept, of all menus together; and so deep may they stand in each other.
MOST, DEPTH = 2_000, 20


@dataclass(frozen=True, slots=True)
class Entry:
    post_id: str
    parent: str
    order: int
    text: str


class Menus:
    """All menus of a run, each by its name."""

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Entry]] = defaultdict(dict)
        self.number = 0

    def add(self, item: Item) -> None:
        self.number += 1
        if self.number > MOST:
            return
        name = next((label.name for label in item.labels if label.domain == TAXONOMY), "")
        parent = item.last_meta("_menu_item_menu_item_parent").strip()
        entry = Entry(item.post_id, parent, item.menu_order, text_of(item))
        self.entries[plain(name)].setdefault(item.post_id, entry)

    def as_text(self) -> dict[str, list[str]]:
        """A line for each entry, indented by two spaces for each level."""
        return {name: list(lines_of(entries)) for name, entries in self.entries.items()}


def text_of(item: Item) -> str:
    """Its title; without one, the kind and number of what it leads to. And its address if it has its own."""
    kind, number = item.last_meta("_menu_item_object"), item.last_meta("_menu_item_object_id")
    title = plain(item.title) or f"{kind} {number}".strip()
    address = item.last_meta("_menu_item_url").strip()
    return f"{title} ({address})" if address else title


def lines_of(entries: dict[str, Entry]) -> list[str]:
    below: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries.values():
        below[entry.parent if entry.parent in entries else ""].append(entry)

    def lines(parent: str, depth: int) -> list[str]:
        found = []
        for entry in sorted(below.pop(parent, ()), key=lambda each: each.order):
            found.append("  " * depth + entry.text)
            found += lines(entry.post_id, depth + 1) if depth < DEPTH else []
        return found

    return lines("", 0)
