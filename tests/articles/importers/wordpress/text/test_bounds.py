"""Texts that were made to take long. With --full each is a megabyte, and takes about as long as an honest one of
that length; where a step looks at the same characters again and again, that run does not end."""

import pytest

from articles.importers.wordpress.text.converting import _in_paragraphs
from articles.importers.wordpress.text.elements import rewritten, with_own_lines
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
