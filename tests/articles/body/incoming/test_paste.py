"""Clipboards of the programs that reporters write in, as these programs fill them."""

import re
from pathlib import Path

import pytest

from articles.body import number_parts, outline, plain_text, sanitise, sanitise_with_notes

SAMPLES = Path(__file__).resolve().parents[3] / "files" / "body"
PROGRAMS = ["word", "google_docs", "libreoffice", "web_page"]
FOREIGN_IDS = re.compile(r' id="link-\w+"')


def sample(name):
    return (SAMPLES / f"{name}.html").read_bytes().decode()


@pytest.mark.parametrize("program", PROGRAMS)
class TestTenHeadedParts:
    def test_come_out_the_same_from_every_program(self, program):
        assert FOREIGN_IDS.sub("", sanitise(sample(program))) == sample("ten_parts").strip()

    def test_lose_no_word(self, program):
        assert plain_text(sample(program)).split() == plain_text(sample("ten_parts")).split()

    def test_become_ten_parts(self, program):
        assert len({part.id for part in outline(number_parts(sample(program)))}) == 10

    def test_need_no_note(self, program):
        assert sanitise_with_notes(sample(program)).notes == ()


class TestWord:
    def test_nested_fake_lists_become_nested_lists(self):
        item = "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'><span style='mso-list:Ignore'>{}</span>{}</p>"
        html = (
            item.format(1, "·", "a")
            + item.format(2, "o", "b")
            + item.format(2, "o", "c")
            + item.format(1, "·", "d")
        )
        assert sanitise(html) == "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"

    def test_a_list_that_begins_at_the_second_level_keeps_its_items(self):
        html = "<p style='mso-list:l0 level2'><span style='mso-list:Ignore'>1)</span>a</p>"
        assert plain_text(sanitise(html)) == "a"
        assert "<ol><li>" in sanitise(html)

    def test_bullets_typed_by_class_alone_are_found(self):
        html = "<p class=MsoListParagraph>·&nbsp;&nbsp; One</p><p class=MsoListParagraph>2.&nbsp; Two</p>"
        assert sanitise(html) == "<ul><li>One</li></ul>\n<ol><li>Two</li></ol>"

    def test_an_indented_paragraph_is_no_list(self):
        assert sanitise("<p class=MsoListParagraph>One</p>") == "<p>One</p>"

    def test_field_codes_and_hidden_marks_go(self):
        assert sanitise("<p>a<span style='mso-hide:all;display:none'>PAGEREF 3</span>b</p>") == "<p>ab</p>"

    def test_footnotes_keep_their_links(self):
        html = '<p>x<a href="#_ftn1" name="_ftnref1">[1]</a></p><p><a href="#_ftnref1" name="_ftn1">[1]</a> y</p>'
        assert sanitise(html) == (
            '<p>x<a href="#_ftn1" id="_ftnref1">[1]</a></p>\n<p><a href="#_ftnref1" id="_ftn1">[1]</a> y</p>'
        )


class TestGoogleDocs:
    def test_its_wrapper_makes_nothing_bold(self):
        html = '<b style="font-weight:normal;" id="docs-internal-guid-1"><p><span style="font-weight:400">a</span></p></b>'
        assert sanitise(html) == "<p>a</p>"

    def test_spans_become_bold_and_italic(self):
        html = (
            '<span style="font-weight:700">a</span><span style="font-style:italic;font-weight:400">b</span>'
        )
        assert sanitise(html) == "<p><strong>a</strong><em>b</em></p>"


class TestLooseEnds:
    @pytest.mark.parametrize("empty", ["<p>&nbsp;</p>", "<p><br></p>", "<p> \u200b</p>", "<h2></h2>", "<ul><li></li></ul>", "<p><b> </b></p>", "<blockquote><p></p></blockquote>", "<table></table>", "<figure></figure>"])  # fmt: skip
    def test_empty_ones_go(self, empty):
        assert sanitise(f"<p>a</p>{empty}<p>b</p>") == "<p>a</p>\n<p>b</p>"

    def test_two_breaks_are_a_paragraph(self):
        assert sanitise("a<br><br>b<br>c") == "<p>a</p>\n<p>b<br>c</p>"

    def test_paragraphs_with_bullet_signs_are_a_list(self):
        assert sanitise("<p>• a</p><p>•&nbsp;b</p>") == "<ul><li>a</li><li>b</li></ul>"

    def test_one_bullet_sign_is_a_sign(self):
        assert sanitise("<p>• a</p><p>b</p>") == "<p>• a</p>\n<p>b</p>"

    def test_a_box_drawn_with_a_table_is_text(self):
        assert sanitise("<table><tr><td><h2>a</h2><p>b</p></td></tr></table>") == "<h2>a</h2>\n<p>b</p>"

    def test_a_heading_is_not_bold_again(self):
        assert sanitise("<h1><b>a</b></h1><h2>b <b>c</b></h2>") == "<h2>a</h2>\n<h2>b <strong>c</strong></h2>"

    def test_smart_quotes_of_old_windows_are_kept(self):
        assert sanitise("<p>\x93a\x94 \x96 b</p>") == "<p>“a” – b</p>"
