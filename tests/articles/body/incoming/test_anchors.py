"""Links inside a text: notes keep their marks, ids are kept where a link leads to them."""

import re

import pytest

from articles.body import number_parts, prepare, sanitise
from tests import corpora

MANY = 10_000 if corpora.is_full else 2_500
WIKI = (
    '<p>x<sup id="cite_ref-1"><a href="https://en.wikipedia.org/wiki/F#cite_note-1"><span>[</span>1<span>]</span>'
    '</a></sup></p><ol><li id="cite_note-1"><a href="#cite_ref-1">^</a> Source</li><li id="cite_note-2">y</li></ol>'
)
DOCS = '<p>x<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> y</p></div>'
OFFICE = (
    '<p>x<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p>'
    '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> y</p></div>'
)
MARKDOWN = '<p>x<sup id="fnref:1"><a href="#fn:1">1</a></sup></p><ol><li id="fn:1"><p>y <a href="#fnref:1">↩</a></p></li></ol>'


def dead_links(html):
    ids = set(re.findall(r' id="([^"]+)"', html))
    return [href for href in re.findall(r'href="#([^"]+)"', html) if href not in ids]


@pytest.mark.parametrize(
    "html", [WIKI, DOCS, OFFICE, MARKDOWN], ids=["wiki", "Google Docs", "LibreOffice", "Markdown"]
)
def test_notes_and_their_marks_lead_to_each_other(html):
    stored = sanitise(html)
    assert stored.count('href="#') == 2
    assert not dead_links(stored)
    assert not dead_links(prepare(stored, language="en").html)


def test_a_wikis_note_is_the_papers_own():
    assert sanitise(WIKI) == (
        '<p>x<a href="#cite_note-1"><sup id="cite_ref-1">[1]</sup></a></p>\n'
        '<ol><li id="cite_note-1"><a href="#cite_ref-1">^</a> Source</li><li>y</li></ol>'
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p id="a">x</p>', "<p>x</p>"),
        ('<p><a href="#a">up</a></p><div id="a"><p>x</p></div>', '<p><a href="#a">up</a></p>\n<p id="a">x</p>'),
        ('<p><a href="#a">up</a></p><p>x <span id="a">y</span></p>', '<p><a href="#a">up</a></p>\n<p id="a">x y</p>'),
        ('<p><a href="#a">up</a></p><a name="a"></a><h2>x</h2>', '<p><a href="#a">up</a></p>\n<h2 id="a">x</h2>'),
        ('<p><a href="#a">up</a></p><table><tr><td id="a">x<td>y</table>',
         '<p><a href="#a">up</a></p>\n<table><tbody><tr><td><p id="a">x</p></td><td>y</td></tr></tbody></table>'),
        ('<p><a href="#main">up</a></p><p id="main">x</p>', '<p><a href="#main">up</a></p>\n<p>x</p>'),
        ('<p><a href="#a">up</a></p><p id="a">x</p><p id="a">y</p>', '<p><a href="#a">up</a></p>\n<p id="a">x</p>\n<p>y</p>'),
    ],
)  # fmt: skip
def test_an_id_stays_where_a_link_leads_to_it(html, expected):
    assert sanitise(html) == expected
    assert sanitise(expected) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>a <a href="#_ftn1">the words</a></p>', "<p>a the words</p>"),
        ('<p>in <a href="#fn1">2019</a></p>', "<p>in 2019</p>"),
        ('<p>a <a href="https://en.wikipedia.org/wiki/F#cite_note-1">the words</a></p>',
         '<p>a <a href="https://en.wikipedia.org/wiki/F#cite_note-1">the words</a></p>'),
        ('<p>a <a href="#what-it-costs">below</a></p>', '<p>a <a href="#what-it-costs">below</a></p>'),
        ('<p>a<a href="#_ftn1" id="_ftnref1">[1]</a></p><p><a href="#_ftnref1">[1]</a> note</p>', "<p>a</p>\n<p>note</p>"),
    ],
)  # fmt: skip
def test_a_link_to_a_note_that_is_not_there_goes_and_its_words_stay(html, expected):
    assert sanitise(html) == expected


def test_a_link_to_a_character_of_thousands_of_digits_is_read():
    assert "<a" in sanitise(f'<p><a href="#&#{"1" * 5_000};">up</a> <a href="/b/">b</a></p>')


def test_thousands_of_notes_that_lead_nowhere_are_gone():
    html = "".join(f'<p>x<a href="#_ftn{n + 1}" id="_ftn{n}">[{n}]</a></p>' for n in range(MANY))
    assert "[" not in sanitise(html)


def test_a_heading_takes_no_id_of_a_paragraph():
    html = '<p><a href="#costs">x</a></p><p id="costs">y</p><h2>Costs</h2>'
    assert '<h2 id="costs-2">' in number_parts(html)
