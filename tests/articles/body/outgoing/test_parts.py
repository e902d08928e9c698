import pickle
import re
from collections import Counter
from pathlib import Path

import nh3
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body import (
    RESERVED_IDS,
    as_stored,
    contents_list,
    number_parts,
    outline,
    prepare,
    sanitise,
    sanitiser,
)
from articles.body.outgoing.parts import MAX_ID_LENGTH, Stored, _free_id

TEMPLATES = Path(__file__).resolve().parents[4] / "templates"


def ids(html):
    return re.findall(r'<h[23] id="([^"]*)"', html)


def body(*headings, level=2):
    return "".join(f"<h{level}>{heading}</h{level}><p>x</p>" for heading in headings)


class TestNewIds:
    def test_are_made_from_the_heading(self):
        assert ids(number_parts(body("The price of sand", "Quatre façons", "海岸線", "מה הלאה", "№ 7"))) == [
            "the-price-of-sand",
            "quatre-façons",
            "海岸線",
            "מה-הלאה",
            "no-7",
        ]

    def test_keep_vowel_signs(self):
        assert ids(number_parts(body("हिंदी में जानकारी", "ข่าววันนี้"))) == ["हिंदी-में-जानकारी", "ข่าววันนี้"]
        assert ids(number_parts('<h2 id="में">x</h2>')) == ["में"]

    def test_are_given_to_third_level_headings_too(self):
        assert ids(number_parts("<h2>a</h2><h3>b</h3><h4>c</h4>")) == ["a", "b"]

    def test_differ_for_equal_headings(self):
        assert ids(number_parts(body("Results", "Results", "Results"))) == [
            "results",
            "results-2",
            "results-3",
        ]

    def test_never_take_one_of_the_page(self):
        assert ids(number_parts(body("Contents", "Main", "Site version"))) == [
            "contents-2",
            "main-2",
            "site-version-2",
        ]

    def test_never_take_an_anchor_of_the_text(self):
        assert ids(number_parts('<p><a href="#x" id="note">1</a></p><h2>Note</h2>')) == ["note-2"]

    def test_have_a_name_where_the_heading_has_no_letters(self):
        assert ids(number_parts(body("***", "…", "😀"))) == ["part", "part-2", "part-3"]

    def test_are_cut_between_words(self):
        [id_] = ids(number_parts(body("Seventeen reasons " * 20)))
        assert len(id_) <= MAX_ID_LENGTH
        assert id_.endswith("-reasons")

    def test_of_one_endless_word_are_cut_anywhere(self):
        assert ids(number_parts(body("a" * 500))) == ["a" * MAX_ID_LENGTH]

    def test_leave_no_id_of_the_pages_free(self):
        """A template that gives an element a fixed id has to reserve it."""
        pages = [p for p in TEMPLATES.rglob("*.html") if "admin" not in p.relative_to(TEMPLATES).parts]
        fixed = {id_ for page in pages for id_ in re.findall(r'\bid="([^"{}]+)"', page.read_text())}
        assert "main" in fixed
        assert fixed <= RESERVED_IDS


class TestKeptIds:
    def test_stay_when_the_words_change(self):
        assert ids(number_parts('<h2 id="old">New words</h2>')) == ["old"]

    def test_stay_when_an_equal_heading_is_put_before(self):
        assert ids(number_parts('<h2>Results</h2><h2 id="results">Results</h2>')) == ["results-2", "results"]

    def test_stay_with_the_first_of_two_copies(self):
        assert ids(number_parts('<h2 id="a">A</h2><h2 id="a">A</h2><h2 id="a">B</h2>')) == ["a", "a-2", "b"]

    def test_that_cannot_serve_are_made_anew(self):
        assert ids(number_parts('<h2 id="main">A</h2><h2 id="x y">B</h2>')) == ["a", "b"]


class TestIdsLostByPasting:
    def test_are_found_again_by_the_words(self):
        previous = '<h2 id="price">The price</h2><h2 id="law">The law</h2>'
        assert ids(number_parts(body("The law", "New", "The  Price"), previous)) == ["law", "new", "price"]

    def test_are_found_in_order_for_equal_headings(self):
        previous = '<h2 id="one">Results</h2><h2 id="two">Results</h2>'
        assert ids(number_parts(body("Results", "Results", "Results"), previous)) == ["one", "two", "results"]

    def test_go_to_no_other_heading_while_their_own_has_them(self):
        previous = '<h2 id="one">Results</h2>'
        assert ids(number_parts('<h2>Results</h2><h2 id="one">Findings</h2>', previous)) == ["results", "one"]


HEADINGS = st.lists(
    st.one_of(
        st.sampled_from(["Results", "The price", "Contents", "Part", "part-2", "…", "海"]),
        st.text(min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=8,
)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


class TestAnyEdit:
    @settings(max_examples=150, deadline=None)
    @given(HEADINGS)
    def test_leaves_every_heading_with_an_id_of_its_own(self, headings):
        html = number_parts(body(*map(escaped, headings)))
        found = ids(html)
        assert len(found) == html.count("<h2")
        assert len(set(found)) == len(found)
        assert not set(found) & RESERVED_IDS
        assert number_parts(html) == html == sanitise(html)

    @settings(max_examples=150, deadline=None)
    @given(HEADINGS, st.data())
    def test_of_other_parts_changes_no_id(self, headings, data):
        before = number_parts(body(*map(escaped, headings)))
        parts = re.findall(r"<h2 id=.*?(?=<h2|\Z)", before, re.DOTALL)
        if not parts:
            return
        watched = data.draw(st.sampled_from(parts))
        others = [part for part in parts if part != watched and data.draw(st.booleans())]
        new = [f"<h2>{escaped(text)}</h2><p>y</p>" for text in data.draw(HEADINGS)]
        mixed = data.draw(st.permutations([watched, *others, *new]))
        after = number_parts("".join(mixed), previous=before)
        assert watched.strip() in after

    @settings(max_examples=100, deadline=None)
    @given(HEADINGS)
    def test_that_loses_all_ids_gets_them_back(self, headings):
        before = number_parts(body(*map(escaped, headings)))
        assert number_parts(re.sub(r' id="[^"]*"', "", before), previous=before) == before


class TestOutline:
    def test_names_the_parts_in_order(self):
        html = number_parts("<h2>A <em>b</em></h2><h3>c</h3><h2>D</h2>")
        assert [(part.id, part.heading, part.level) for part in outline(html)] == [
            ("a-b", "A b", 2),
            ("d", "D", 2),
        ]

    def test_contents_need_three_parts(self):
        assert contents_list(number_parts(body("a", "b"))) == ()
        assert [part.heading for part in contents_list(number_parts(body("a", "b", "c")))] == ["a", "b", "c"]

    def test_headings_in_quotations_and_tables_are_no_parts(self):
        html = "<blockquote><h2>a</h2></blockquote><table><tr><td><h2>b</h2><td>c</table><h2>d</h2>"
        assert [part.heading for part in outline(number_parts(html))] == ["d"]


class TestManyEqualHeadings:
    def test_get_their_ids_without_trying_all_numbers_again(self):
        taken, copies = Asked(), Counter()
        ids = [_free_id("Same words", taken, copies) for _ in range(1000)]
        assert (ids[0], ids[1], ids[-1]) == ("same-words", "same-words-2", "same-words-1000")
        assert taken.questions <= 2 * len(ids)


class Asked(set):
    """Counts how often somebody wants to know what is in it."""

    questions = 0

    def __contains__(self, value):
        self.questions += 1
        return super().__contains__(value)


class TestStored:
    def test_is_what_sanitising_and_numbering_make(self):
        html = "<h1>A</h1><div onclick=x()>b<script>c</script></div><h2 id=q>D</h2><ul><h3>E</h3></ul>"
        assert as_stored(html).html == number_parts(sanitise(html))
        assert as_stored(html, '<h2 id="first">A</h2>').html.startswith('<h2 id="first">A</h2>')

    def test_says_what_was_left_out(self):
        assert "1 video, sound or file" in as_stored("<p>a</p><video></video>").notes[0]

    def test_is_left_as_it_is(self):
        made = as_stored("<h2>A</h2>").html
        assert as_stored(made, '<h2 id="first">A</h2>').html is made

    def test_brings_its_blocks_to_the_first_who_prepares_it(self):
        made = as_stored("<h2>A</h2><table><caption>B</caption><tr><td>c</td><td>d</td></tr></table>").html
        first = prepare(made, language="en")
        assert made.take_blocks() is None
        assert prepare(made, language="en") == first

    def test_brings_another_process_its_text_alone(self):
        made = as_stored("<h2>A</h2>").html
        there = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
        assert (type(there), there, there.take_blocks()) == (Stored, made, None)

    def test_brings_no_blocks_if_the_allowlist_has_taken_something_away(self, monkeypatch):
        monkeypatch.setattr(sanitiser, "STORED", nh3.Cleaner(tags={"p"}))
        made = as_stored("<p>a <em>b</em></p>").html
        assert (made, made.take_blocks()) == ("<p>a b</p>", None)

    def test_is_sanitised_again_once_anybody_has_touched_it(self):
        made = as_stored("<p>a</p>").html
        for touched in (
            made + "<script>b</script>",
            made.replace("a", "<script>b</script>"),
            f"{made}<script>",
        ):
            assert not isinstance(touched, Stored)
            assert "script" not in as_stored(touched).html
