"""Whatever comes in, nothing that could run comes out."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from articles.body import as_stored, fill_pictures, number_parts, plain_text, prepare, sanitise
from articles.body.allowlist import ATTRIBUTES, TAGS
from tests import corpora

PAGE_TAGS = TAGS | {"div", "span", "picture"}
PAGE_ATTRIBUTES = {"class", "rel", "role", "tabindex", "id", "aria-label", "aria-labelledby"} | {
    "data-frame",
    "data-ratio",
    "data-title",
}
DANGEROUS = re.compile(r"(javascript|data|vbscript|file|blob):")


def elements(html):
    """As a browser would build them: the HTML inside a document, so that nothing can hide in a fragment's rules."""
    tree = LexborHTMLParser(f"<!doctype html><html><head></head><body>{html}</body></html>")
    return [node for node in tree.body.traverse() if node.tag != "body"]


def assert_harmless(html, tags, attributes):
    for node in elements(html):
        assert node.tag in tags, node.html
        for name, value in node.attributes.items():
            assert name in attributes | ATTRIBUTES.get(node.tag, set()), node.html
            assert not name.startswith("on") and name != "style"
            if name in ("href", "src", "data-frame"):
                address = re.sub(r"[\x00-\x20]", "", value or "").lower()
                assert not DANGEROUS.match(address), node.html
                assert not address.startswith(("//", "/\\", "\\")), node.html


def assert_body_is_harmless(html):
    stored = sanitise(html)
    assert_harmless(stored, TAGS, set())
    assert sanitise(stored) == stored
    numbered = number_parts(stored)
    assert_harmless(numbered, TAGS, set())
    assert sanitise(numbered) == numbered
    page = fill_pictures(prepare(html, language="en").html, lambda image, role, alt: "<picture></picture>")
    assert_harmless(page, PAGE_TAGS, PAGE_ATTRIBUTES)


class TestPayloads:
    def test_none_survives(self):
        payloads = corpora.sample(corpora.payloads(), every=12)
        assert payloads
        for payload in payloads:
            assert_body_is_harmless(payload)

    def test_none_survives_inside_allowed_elements(self):
        for payload in corpora.sample(corpora.payloads(), every=24):
            quoted = payload.replace('"', "&quot;")
            assert_body_is_harmless(f"<table><tr><td>{payload}</td></tr></table>")
            assert_body_is_harmless(f'<p><a href="{quoted}" title="{quoted}">x</a>')
            assert_body_is_harmless(
                f'<figure class="{quoted}"><img data-image="{quoted}" src="{quoted}" alt="{quoted}"></figure>'
                f'<img data-image="7" src="{quoted}" alt="{quoted}"><h2 id="{quoted}">x</h2>'
            )


class TestNaughtyStrings:
    def test_stay_text_where_they_are_text(self):
        for string in corpora.sample(corpora.strings(), every=8):
            escaped = string.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            told = plain_text(sanitise(f"<p>a {escaped} z</p>"))
            for word in re.findall(r"[A-Za-z0-9]+", string):
                assert word in told

    def test_are_harmless_as_html(self):
        for string in corpora.sample(corpora.strings(), every=12):
            assert_body_is_harmless(string)


class TestMutation:
    @pytest.mark.parametrize(
        "html",
        [
            "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
            "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
            "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
            "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
            "<a href='&#1;javascript:alert(1)'>x</a><a href='java\tscript:alert(1)'>x</a>",
            "<a href='//evil.example/x'>x</a><a href='/\\evil.example'>x</a><a href='\\\\evil.example'>x</a>",
            "<textarea><img src=x onerror=alert(1)></textarea><title><img src=x onerror=alert(1)></title>",
            "<p>&lt;img src=x onerror=alert(1)&gt; &#60;script&#62;alert(1)&#60;/script&#62;</p>",
            "\x01script\x02 &#1;&#2;&#3;&#4; \x01lt;script\x01gt;",
            "<h2 id=main onclick=x>a</h2><a href='#x' id='__proto__' name=location>b</a>",
        ],
    )
    def test_known_tricks_fail(self, html):
        assert_body_is_harmless(html)

    def test_control_characters_do_not_become_references(self):
        assert sanitise("<p>a\x01b &#2; &#3;c</p>") == "<p>ab c</p>"


TAG_NAMES = [
    *sorted(TAGS),
    *"div span b i font script style svg math iframe object form xml o:p h1 h5 center".split(),
]
ATTRIBUTE_TEXT = st.sampled_from(
    [
        "",
        ' style="font-weight:700"',
        ' style="font-weight:normal"',
        " style='mso-list:l0 level2 lfo1'",
        ' class="MsoListParagraph"',
        ' class="wide"',
        ' data-image="3"',
        ' href="https://example.org/a?b=1&c=2"',
        ' href="javascript:x"',
        ' id="same"',
        ' src="https://www.youtube.com/embed/dQw4w9WgXcQ"',
        ' colspan="2" start="3"',
    ]
)
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAG_NAMES), ATTRIBUTE_TEXT),
    st.builds("</{}>".format, st.sampled_from(TAG_NAMES)),
    st.sampled_from(
        ["&nbsp;", " ", "\n", "• ", "1. ", "— ", "<!--", "-->", "&amp;", "&lt;b&gt;", "\u200b", "<br><br>"]
    ),
    st.text(max_size=8),
)
HTML = st.lists(PIECES, max_size=30).map("".join)


class TestAnyHtml:
    @settings(max_examples=400, deadline=None)
    @given(HTML)
    def test_is_harmless_and_sanitising_again_changes_nothing(self, html):
        assert_body_is_harmless(html)

    @settings(max_examples=400, deadline=None)
    @given(HTML)
    def test_its_page_is_the_same_whether_it_is_read_again_or_not(self, html):
        made = as_stored(html).html
        assert prepare(made, language="en") == prepare(str(made), language="en")

    @settings(max_examples=200, deadline=None)
    @given(st.text())
    def test_text_of_any_characters_never_raises(self, text):
        assert_body_is_harmless(text)

    def test_half_surrogates_are_dropped(self):
        assert sanitise("<p>a\ud800b</p>") == "<p>ab</p>"
