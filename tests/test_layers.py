"""Imports point down only: docs/architecture.md draws the lines, this reads the imports and proves them."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From the top down. What stands on one line does not import its neighbours.
LINES = [
    {"newsroom"},
    {"articles.urls", "articles.apps", "articles.management"},
    {"articles.press", "articles.api"},
    {
        f"articles.{room}"
        for room in (
            "views",
            "admin",
            "feeds",
            "sitemaps",
            "templatetags",
            "importers",
            "exporters",
            "checks",
            "middleware",
            "related",
            "notifications",
            "backup",
        )
    },
    {"articles.publishing", "articles.accounts", "articles.structured_data", "articles.http"},
    {"articles.search"},
    {"articles.outbox", "articles.audit"},
    {"articles.models"},
    {
        f"articles.{room}"
        for room in (
            "site_version",
            "images",
            "documents",
            "drawing",
            "body",
            "fronts",
            "page_assets",
        )
    },
    {"articles.words", "articles.picture_files", "articles.metrics"},
    {
        "articles.page_facts",
        "articles.conf",
        "articles.database",
        "articles.whole_files",
        "articles.threads",
        "articles.upload_names",
        "articles.buckets",
    },
]
LEVEL = {room: level for level, rooms in enumerate(LINES) for room in rooms}


def room_of(module):
    """The room a dotted name belongs to; None for what isn't ours or has no lines (tests, migrations)."""
    parts = module.split(".")
    if parts[0] == "newsroom":
        return "newsroom"
    return ".".join(parts[:2]) if parts[0] == "articles" and len(parts) > 1 else None


def modules():
    for folder in ("newsroom", "articles"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if ".migrations" not in name and name != "articles":
                yield name, path


def imported(name, path):
    """Every module that the file imports, relative ones made absolute."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            full = ".".join(part for part in (base, node.module) if part)
            yield full
            if full == "articles":
                yield from (f"articles.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    ("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_imports_point_down_only(name, path):
    room = room_of(name)
    assert room in LEVEL, f"{name}: say in tests/test_layers.py and docs/architecture.md where {room} stands"
    wrong = [
        target
        for target in imported(name, path)
        if (other := room_of(target)) and other != room and LEVEL.get(other, -1) <= LEVEL[room]
    ]
    assert not wrong, f"{name} imports {', '.join(wrong)}, which stands beside or above it"


def test_the_lines_name_only_rooms_once():
    assert len(LEVEL) == sum(len(rooms) for rooms in LINES)
