"""Fact boxes and points in brief: what is kept of them, what readers get, and how they are merged."""

import pytest

from articles.body import excerpt, plain_text, prepare, sanitise, word_count
from articles.body.compare import Change, compare_bodies
from articles.body.three_way_merge import merge_bodies

FACTS = '<aside class="facts"><h2>The hall</h2><p>Built in <strong>1904</strong></p><ul><li>Seats 900</li></ul></aside>'
BRIEF = '<aside class="summary"><ul><li>The hall closes</li><li>Nobody knows why</li></ul></aside>'
STORY = f"{BRIEF}\n<p>The hall at Tollan closes.</p>\n{FACTS}\n<h2>Why</h2>\n<p>Nobody knows.</p>"


def page(html, language="en"):
    return prepare(html, language=language).html


class TestWhatIsKept:
    def test_is_as_it_was_written(self):
        assert sanitise(STORY) == STORY

    @pytest.mark.parametrize(
        ("html", "kept"),
        [
            ('<aside class="facts"> <p></p> </aside>', ""),
            ('<aside class="advert"><p>Soup</p></aside>', "<p>Soup</p>"),
            ("<aside><p>Soup</p></aside>", "<p>Soup</p>"),
            (
                '<aside class="box facts" id="x" onclick="x()">A</aside>',
                '<aside class="facts"><p>A</p></aside>',
            ),
            ('<ul><li><aside class="facts">A</aside></li></ul>', "<ul><li>A</li></ul>"),
            (
                '<aside class="facts"><p>A</p><aside class="summary"><p>B</p></aside></aside>',
                '<aside class="facts"><p>A</p><p>B</p></aside>',
            ),
            (
                '<aside class="facts"><h4 id="a">A</h4><h2>B</h2><p>C</p></aside>',
                '<aside class="facts"><h2>A</h2><h3>B</h3><p>C</p></aside>',
            ),
            (
                '<aside class="facts"><figure class="wide"><img data-image="7" alt=""></figure></aside>',
                '<aside class="facts"><figure><img data-image="7" alt=""></figure></aside>',
            ),
        ],
        ids="empty foreign nameless named listed nested headings picture".split(),
    )
    def test_has_one_shape(self, html, kept):
        assert sanitise(html) == kept

    def test_a_list_of_word_in_it_becomes_one(self):
        item = '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1">· One</p>'
        found = sanitise(f'<aside class="facts">{item}{item}</aside>')
        assert found == '<aside class="facts"><ul><li>One</li><li>One</li></ul></aside>'


class TestForReaders:
    def test_has_its_own_heading_as_its_name(self):
        assert (
            '<aside class="facts facts--beside" aria-labelledby="facts-1"><h2 id="facts-1">The hall</h2>'
            in page(STORY)
        )

    def test_is_headed_with_the_word_for_it_else(self):
        assert '<aside class="summary" aria-labelledby="summary-1"><h2 id="summary-1">In brief</h2>' in page(
            STORY
        )
        assert '<h2 id="facts-1">Facts</h2>' in page('<aside class="facts"><p>A</p></aside>')

    def test_two_have_two_names(self):
        assert page(FACTS + FACTS).count('id="facts-1"') == page(FACTS + FACTS).count('id="facts-2"') == 1

    def test_a_long_one_or_one_with_a_table_keeps_the_width_of_the_text(self):
        for inner in (
            f"<p>{'word ' * 200}</p>",
            "<table><tbody><tr><td>A</td><td>B</td></tr></tbody></table>",
        ):
            assert "facts--beside" not in page(f'<aside class="facts">{inner}</aside>')

    def test_is_no_part_of_the_contents_and_not_told_on_cards(self):
        made = prepare(STORY, language="en")
        assert [part.heading for part in made.parts] == ["Why"]
        assert made.excerpt == excerpt(STORY) == "The hall at Tollan closes. Nobody knows."

    def test_is_counted_and_found(self):
        assert "Seats 900" in plain_text(STORY)
        assert prepare(STORY, language="en").word_count == word_count(plain_text(STORY)) == 21

    def test_a_bold_paragraph_may_be_a_question(self):
        html = page("<p><strong>Why <em>here</em>?</strong></p><p><strong>Ellis:</strong> Because.</p>")
        assert html.startswith('<p class="question"><strong>Why')
        assert html.count("question") == 1


class TestComparedAndMerged:
    def test_the_changed_words_are_shown_in_the_box(self):
        rows = [
            row
            for row in compare_bodies(STORY, STORY.replace("1904", "1905"))
            if row.change is not Change.SAME
        ]
        assert [row.change for row in rows] == [Change.CHANGED]
        assert rows[0].html.startswith('<aside class="facts"><h2>The hall</h2>')
        assert "<del><strong>1904</strong></del><ins><strong>1905</strong></ins>" in rows[0].html

    def test_changes_of_box_and_text_come_together(self):
        mine, theirs = STORY.replace("1904", "1905"), STORY.replace("Nobody knows.", "Everybody knows.")
        assert merge_bodies(STORY, mine, theirs) == mine.replace("Nobody knows.", "Everybody knows.")

    def test_two_changes_of_one_box_are_put_before_the_editor(self):
        assert merge_bodies(STORY, STORY.replace("1904", "1905"), STORY.replace("900", "950")) is None
