"""The press takes what it has to know of a page from what the view says (PageFacts), and reads no HTML."""

import ast
import re
from pathlib import Path

import pytest

from articles import press

FOLDER = Path(press.__file__).parent
# What reads HTML, and how HTML looks in the strings by which it would be searched.
PARSERS = {"selectolax", "html", "lxml", "html5lib", "bs4"}
MARKUP = re.compile(r"""<(?!\?P|[=!])/?[a-z!\\\[]|\b(?:href|src|srcset|http-equiv)\b\W{0,4}=""")


def modules_read(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


def texts(tree):
    """Every string and bytes literal but docstrings."""
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docs:
            if isinstance(node.value, bytes):
                yield node.value.decode("latin-1")
            elif isinstance(node.value, str):
                yield node.value


def markup_in(source):
    tree = ast.parse(source)
    return [text for text in texts(tree) if MARKUP.search(text)] + sorted(PARSERS & set(modules_read(tree)))


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_module_of_the_press_reads_html(path):
    assert markup_in(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        """LATER = re.compile(rb'<link rel="prev" href="([^"]*)"')""",
        """found = f'href="{address}"'.encode() in page.body""",
        """re.findall(r'<a\\\\b[^>]*>', body)""",
        """REFRESH = '<meta http-equiv="refresh"'""",
        "from html import unescape",
        "from selectolax.lexbor import LexborHTMLParser",
    ],
)
def test_what_would_read_it_is_noticed(source):
    assert markup_in(source)
