"""Texts that were made to take long. With --full each is a megabyte, and takes about as long as an honest one of
that length; where a step looks at the same characters again and again, that run does not end."""

import pytest

from articles.importers.wordpress.text import markup
from articles.importers.wordpress.text.blocks import names
from articles.importers.wordpress.text.converting import _in_paragraphs
from articles.importers.wordpress.text.elements import galleries, rewritten, with_own_lines
from articles.importers.wordpress.text.footnotes import Footnotes
from articles.importers.wordpress.text.options import Options, Words
from articles.importers.wordpress.text.result import Findings
from tests import corpora

from .old_site import ADDRESS, SITE, Archive

UNITS = [
    "[", "[[", "[a", "[a ", "[caption ", "[caption]", "[/caption]", "[[caption]", "[x a=1]", "[x a=1][/x]", "[code]", "]",
    "<!-- wp:", "<!-- wp:a -->", "<!-- /wp:a -->", "<!-- wp:a --><!-- wp:b -->", "<!-- wp:a {", '<!-- wp:a {"a":1} /-->', "<!--", "-->",
    "<!-- wp:block {\"ref\":10} /-->", "<", "<p", "<a href=x>", "<p>", "<pre>", "<code>", "<li>", "<b>\n\n", "<sup data-fn=\"a\">",
    " ", "\n", " \n", "\t\n", "a\n", "<br>\n", "https://a.example/\n", "<p>https://", "<p> ", "((", "((a", "<figure>", "<figure><figcaption>",
    "<video>", "<form>", "<object>", "<svg>", "<iframe>", "<!--:fr-->", "[:en]", "<h1>", "<img>", "<img src=a>", "&", "\\", "<x1>", "<script>",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_ends(unit):
    """Without the sanitiser, which has such tests of its own."""
    length = 1_000_000 if corpora.is_full else 50_000
    body = unit * (length // len(unit))
    findings = Findings()
    text = _in_paragraphs(body, Archive(), findings, Footnotes('[{"id":"a","content":"b"}]'), Options())
    html = rewritten(
        with_own_lines(text),
        site=SITE,
        address=ADDRESS,
        resolver=Archive(),
        findings=findings,
        words=Words(),
    )
    assert "<!-- wp:" not in html


def nested(name, inner, depth=40):
    return f"<!-- wp:{name} -->" * depth + inner + f"<!-- /wp:{name} -->" * depth


class Counting:
    """A pattern of which is known how many tokens it has found."""

    def __init__(self, pattern):
        self.pattern, self.groups, self.found = pattern, pattern.groups, 0

    def finditer(self, text):
        for token in self.pattern.finditer(text):
            self.found += 1
            yield token


@pytest.fixture
def tokens(monkeypatch):
    counting = Counting(names.TOKEN)
    for module in (names, galleries, markup):
        monkeypatch.setattr(module, "TOKEN", counting)
    return counting


@pytest.mark.parametrize("name", ["gallery", "core-embed/youtube", "file", "verse", "acme/box"])
def test_what_stands_in_many_blocks_of_a_kind_is_read_once(name, tokens):
    html = _in_paragraphs(
        nested(name, "<b>word</b> <i></i>" * 500), Archive(), Findings(), Footnotes(""), Options()
    )
    assert html.count("word") == 500
    assert 0 < tokens.found <= 5_000


def test_pictures_of_a_gallery_in_a_gallery_are_those_of_one():
    pictures = "".join(f"<figure><img src=/{number}.png></figure>" for number in range(3))
    text = _in_paragraphs(nested("gallery", pictures, 3), Archive(), Findings(), Footnotes(""), Options())
    assert text.count("<img") == 3
    assert text.count('<figure class="gallery">') == 1
