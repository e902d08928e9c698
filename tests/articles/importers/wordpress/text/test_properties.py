"""What holds for any text: no word is lost, nothing of WordPress is left, nothing raises, and doing it again
changes nothing."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.body import plain_text, sanitise
from articles.importers.wordpress.text.autop import autop
from articles.importers.wordpress.text.markup import classic

from .old_site import html, shown_words

FEW = settings(max_examples=60, deadline=None)
LEFT = re.compile(r"<!--|\[/?(?:caption|wp_caption|gallery|audio|video|playlist|embed)[\s\]]")

WORDS = st.integers(0, 9999).map(lambda number: f"w{number}w")
GAPS = st.sampled_from([" ", "\n", "\n\n", " \n \n", "<br>", "<br />\n", "&nbsp;", "\t"])


def around(beginning, end):
    return lambda inner: f"{beginning}{inner}{end}"


WRAPS = st.sampled_from(
    [
        around(*pair.split("…"))
        for pair in (
            "<p>…</p>", "<strong>…</strong>", "<em>…</em>\n", "<div>…</div>", "<blockquote>…</blockquote>",
            "<ul><li>…</li></ul>", "<ol>\n<li>…</li>\n</ol>\n", "<h2>…</h2>", "<pre>…</pre>", '<a href="https://a.example/">…</a>',
            "<table><tr><td>…</td><td>x</td></tr></table>", "<span>…</span>", "<figure>…</figure>", "<details><summary>…</summary></details>",
            "<!-- wp:group --><div>…</div><!-- /wp:group -->", "<!-- wp:paragraph --><p>…</p><!-- /wp:paragraph -->",
            "<!-- wp:acme/box -->…<!-- /wp:acme/box -->", "<!-- wp:html -->…<!-- /wp:html -->",
            "[box]…[/box]", "[caption width=3]<img src=/x.png> …[/caption]", '[one_half class="x"]…[/one_half]',
            "[[…]]", "<!--more-->…<!--nextpage-->", "[efn_note]…[/efn_note]", "<del>…</del>", "<section>…\n\n</section>",
        )
    ]
)  # fmt: skip
TEXTS = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.tuples(WRAPS, inner).map(lambda pair: pair[0](pair[1])),
        st.lists(st.tuples(inner, GAPS).map("".join), min_size=1, max_size=4).map("".join),
    ),
    max_leaves=20,
)
PIECES = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<strong>", "</strong>", "<a href='/x'>", "</a>", "<ul>", "<li>", "</ul>", "<table><td>", "</table>",
            "<figure>", "</figure>", "<figcaption>", "</figcaption>", "<img src=/x.png>", "<pre>", "</pre>", "<video>", "</video>",
            "<!-- wp:group -->", "<!-- /wp:group -->", "<!-- wp:gallery -->", "<!-- /wp:gallery -->", "<!-- wp:x/y {\"a\":1} /-->",
            "<!-- wp:block {\"ref\":10} /-->", "<!-- wp:list {\"a\":[[[ -->", "<!--", "-->", "<", ">", "[", "]", "[[", "]]", "[/",
            "[caption]", "[/caption]", "[gallery]", "[code]", "[/code]", "[box a=1]", "[/box]", "[audio", "[[gallery]]", "word",
            "\n", "\n\n", " ", "https://youtu.be/dQw4w9WgXcQ", "\x02", "\x06", "<sup data-fn=\"q\">", "</sup>", "<form>", "<iframe>",
            "<!--:fr-->", "[:en]", "<h1>", "</h1>", "\\", "\ud800", "<script>", "</script>", "<svg>", "&#6;", "=\"", "'",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def wanted(text):
    return sorted(re.findall(r"w\d+w", text))


class TestAnyText:
    @FEW
    @given(TEXTS)
    @example("<!-- wp:gallery --><li><figcaption>w1w</figcaption></li> w2w<!-- /wp:gallery -->")
    def test_keeps_its_words(self, text):
        made = html(text)
        assert wanted(plain_text(made)) == wanted(text)
        assert not LEFT.search(made)

    @FEW
    @given(TEXTS)
    def test_is_the_same_when_it_is_converted_again(self, text):
        # An escaped shortcode is one the second time.
        made = html(text.replace("[[", "[ ["))
        assert html(made) == made

    @FEW
    @given(PIECES)
    def test_can_be_converted(self, text):
        made = html(text)
        assert "<!--" not in made
        assert sanitise(made) == made


class TestAutop:
    @FEW
    @given(st.one_of(TEXTS, PIECES))
    def test_does_nothing_the_second_time(self, text):
        once = autop(classic(text.replace("\x02", "")))
        assert autop(classic(once)) == once

    @FEW
    @given(TEXTS)
    def test_loses_no_visible_word(self, text):
        assert shown_words(autop(classic(text))) == shown_words(text)
