"""What comes along with a text and nobody wants in it: it goes, and one line says so."""

import pytest

from articles.body import sanitise, sanitise_with_notes

COMMENTED = (
    '<p class=MsoNormal>Text<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1" '
    'name="_msoanchor_1">[DK1]</a></span> more</p><div style="mso-element:comment-list"><p>Too long?</p></div>'
)
BARE_COMMENT = (
    '<p>Text<a href="#_msocom_1" id="_msoanchor_1">[DK1]</a> more</p>'
    '<p><a href="#_msoanchor_1">[DK1]</a>Too long?</p>'
)
DOCS = (
    '<p>Text<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> more</p><div style="border:1px solid black">'
    '<p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Too long?</span></p><p>Yes.</p></div>'
)
EDIT = '<a href="https://en.wikipedia.org/w/index.php?title=X&amp;action=edit&amp;section=1">edit</a>'


@pytest.mark.parametrize(
    ("html", "expected", "line"),
    [
        (COMMENTED, "<p>Text more</p>", "Cleaned: 1 comment."),
        (BARE_COMMENT, "<p>Text more</p>", "Cleaned: 1 comment."),
        (DOCS, "<p>Text more</p>", "Cleaned: 1 comment."),
        (f'<h2>Past<span class="mw-editsection">[{EDIT}]</span></h2>', "<h2>Past</h2>", "Cleaned: 1 “edit” link."),
        (f"<h2>Past [{EDIT} | {EDIT}]</h2>", "<h2>Past</h2>", "Cleaned: 1 “edit” link."),
        ("<p>so\u00adft, ze\u200bro, a\u200dnd&shy;</p>", "<p>soft, zero, and</p>", "Cleaned: 1 piece of text with invisible characters."),
        ('<p>a<img src="https://t.example/p.gif" style="width: 1px">b</p>', "<p>ab</p>", "Cleaned: 1 tracking pixel."),
        ('<p><a href="https://a.example/?utm_source=x">a</a> <a href="/b?fbclid=1">b</a></p>',
         '<p><a href="https://a.example/">a</a> <a href="/b">b</a></p>', "Cleaned: tracking in 2 links."),
        ('<p>a<a href="#_ftn1">[1]</a><sup><a href="#cite_note-3">3</a></sup></p>', "<p>a</p>",
         "Cleaned: 2 marks of notes that are not there."),
    ],
)  # fmt: skip
def test_goes_and_is_told_in_one_line(html, expected, line):
    made = sanitise_with_notes(html)
    assert (made.html, made.notes, made.cleaned) == (expected, (), line)
    assert sanitise_with_notes(made.html).cleaned == ""


class TestDeletedWords:
    @pytest.mark.parametrize(
        "html",
        [
            '<p class=MsoNormal>a <del cite="mailto:Ana" datetime="2026-11-01T10:00">not</del> b</p>',
            "<p class=MsoNormal>a <span class=msoDel><del>not</del></span> b</p>",
            '<p>a <del datetime="2026-11-01">not</del> b</p>',
        ],
    )
    def test_stay_out_and_are_told(self, html):
        made = sanitise_with_notes(html)
        assert made.html == "<p>a b</p>"
        assert "1 deleted passage was left out (“not”)" in made.notes[0]

    def test_that_readers_of_a_web_page_see_struck_through_stay_so(self):
        assert sanitise("<p>a <del>not</del> b</p>") == "<p>a <s>not</s> b</p>"


class TestInvisibleCharacters:
    @pytest.mark.parametrize(
        "text",
        [
            "می\u200cخواهم",
            "क्\u200dष",
            "👨\u200d👩\u200d👧",
            "🏳️\u200d🌈",
            "ភាសា\u200bខ្មែរ",
            "🏴\U000e0067\U000e0062\U000e007f",
            "א\u200f",
        ],
    )
    def test_stay_where_a_script_or_an_emoji_needs_them(self, text):
        made = sanitise_with_notes(f"<p>{text}</p>")
        assert (made.html, made.cleaned) == (f"<p>{text}</p>", "")

    def test_go_from_alt_texts_and_titles_too(self):
        assert 'alt="soft"' in sanitise('<img data-image="3" alt="so\u00adft">')


class TestFormulasAndDrawings:
    def test_keep_their_words(self):
        html = (
            "<p>So <math><mi>E</mi><mo>=</mo><mi>m</mi> <msup><mi>c</mi><mn>2</mn></msup><mo>+</mo>"
            "<mfrac><mrow><mi>a</mi><mo>-</mo><mi>b</mi></mrow><mn>2</mn></mfrac>"
            "<annotation>E=mc^2</annotation></math>.</p>"
        )
        assert sanitise(html) == "<p>So E=mc<sup>2</sup>+(a-b)/2.</p>"

    def test_say_which_words_are_left_out(self):
        made = sanitise_with_notes("<p>a <svg><title>Share</title><text>Turnout 54%</text></svg> b</p>")
        assert made.html == "<p>a b</p>"
        assert "1 drawing with words was left out (“Turnout 54%”)" in made.notes[0]

    def test_an_icon_goes_without_a_word(self):
        assert sanitise_with_notes("<p>a <svg><title>Share</title></svg></p>").notes == ()

    def test_an_object_leaves_the_words_in_it(self):
        made = sanitise_with_notes('<object data="/x.pdf"><p>The report</p></object>')
        assert made.html == "<p>The report</p>"
        assert len(made.notes) == 1

    def test_an_object_of_a_known_provider_becomes_its_address(self):
        html = '<object data="https://www.youtube.com/v/dQw4w9WgXcQ"><embed src="x"></object>'
        assert sanitise(html) == "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>"


class TestPlainText:
    @pytest.mark.parametrize(
        "text", ["if a<b and c is small", "x<y", "a<b and c>d", "I <3 it, p<q", "1<2 & 3>2"]
    )
    def test_is_not_cut_at_its_signs(self, text):
        shown = text.replace("<", "&lt;").replace(">", "&gt;").replace(" & ", " &amp; ")
        assert sanitise(text) == f"<p>{shown}</p>"

    @pytest.mark.parametrize(
        "html", ["a<br>b", "x <b>y</b>", "<o:p>x</o:p>", '<a href="/x">x', "<p>x", "x<!-- y -->"]
    )
    def test_is_no_html(self, html):
        assert "&lt;" not in sanitise(html)


class TestQuotations:
    def test_in_quotations_have_other_signs(self):
        assert sanitise("<p><q>a <q>b <q>c</q></q></q></p>") == "<p>“a ‘b “c”’”</p>"

    def test_in_words_style_are_quotations(self):
        html = "<p class=MsoQuote>One</p><p class=MsoIntenseQuote>Two</p><p class=MsoNormal>x</p>"
        assert sanitise(html) == "<blockquote><p>One</p><p>Two</p></blockquote>\n<p>x</p>"


class TestTables:
    TABLE = "<table><tr><td>a</td><td>b</td></tr></table>"
    KEPT = "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"

    def test_in_tables_that_only_place_them_are_kept(self):
        html = f"<table><tr><td>Menu</td><td><div>{self.TABLE}</div></td></tr></table>"
        assert sanitise(html) == f"<p>Menu</p>\n{self.KEPT}"
        assert sanitise(f"<table><tr><td>{html}</td></tr></table>") == f"<p>Menu</p>\n{self.KEPT}"

    def test_in_cells_of_a_table_with_heads_are_text(self):
        html = f"<table><tr><th>h</th><th>i</th></tr><tr><td>{self.TABLE}</td><td>c</td></tr></table>"
        assert "<td><p>a</p><p>b</p></td><td>c</td>" in sanitise(html)

    def test_nested_as_deep_as_newsletters_do_come_out(self):
        html = "<table><tr><td>" * 10 + self.TABLE + "</table>" * 10
        assert sanitise(html) == self.KEPT
