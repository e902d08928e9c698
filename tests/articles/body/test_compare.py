import random
import re
from unittest import mock

import pytest

from articles.body import compare, sanitise
from articles.body.compare import Change, compare_bodies, with_row_as_before


def shown(old, new):
    return [(row.change.value, row.html) for row in compare_bodies(old, new)]


class TestBlocks:
    def test_that_are_the_same_are_shown_as_they_are(self):
        body = "<h2>One</h2>\n<p>A <strong>wall</strong>.</p>"
        assert shown(body, body) == [("same", "<h2>One</h2>"), ("same", "<p>A <strong>wall</strong>.</p>")]

    def test_that_came_and_went_are_marked_where_they_stand(self):
        old = "<p>The first paragraph.</p>\n<p>Nobody knows why.</p>\n<p>The last one.</p>"
        new = "<p>The first paragraph.</p>\n<p>The last one.</p>\n<p>Harbour towns weigh prices.</p>"
        assert shown(old, new) == [
            ("same", "<p>The first paragraph.</p>"),
            ("removed", "<p><del>Nobody knows why.</del></p>"),
            ("same", "<p>The last one.</p>"),
            ("added", "<p><ins>Harbour towns weigh prices.</ins></p>"),
        ]

    def test_that_moved_are_shown_as_moved_and_not_twice(self):
        old = "<p>One stays here.</p>\n<p>Two goes down.</p>\n<p>Three stays, too.</p>"
        new = "<p>One stays here.</p>\n<p>Three stays, too.</p>\n<p>Two goes down.</p>"
        # Which of the two has passed the other cannot be told.
        assert [change for change, _ in shown(old, new)] == ["same", "moved", "same"]
        assert [row.new for row in compare_bodies(old, new)] == new.split("\n")

    def test_that_moved_and_changed_show_both(self):
        old = "<p>The wall is four metres high, they say.</p>\n<p>Nobody knows why.</p>\n<p>Harbours silt up.</p>"
        new = "<p>Nobody knows why.</p>\n<p>Harbours silt up.</p>\n<p>The wall is five metres high, they say.</p>"
        rows = compare_bodies(old, new)
        assert [row.change.value for row in rows] == ["same", "same", "moved"]
        assert rows[2].html == "<p>The wall is <del>four</del><ins>five</ins> metres high, they say.</p>"
        assert rows[2].old == "<p>The wall is four metres high, they say.</p>"

    def test_whose_heading_got_another_id_are_the_same(self):
        assert shown('<h2 id="walls">Walls</h2>', '<h2 id="walls-2">Walls</h2>')[0][0] == "same"


class TestWords:
    def test_are_marked_in_their_paragraph(self):
        old = "<p>The wall is four metres high.</p>"
        new = "<p>The wall is five metres high, at last.</p>"
        assert shown(old, new) == [
            ("changed", "<p>The wall is <del>four</del><ins>five</ins> metres high<ins>, at last</ins>.</p>")
        ]

    def test_with_other_marks_are_other_words(self):
        html = shown("<p>A wall at sea.</p>", "<p>A <strong>wall</strong> at sea.</p>")[0][1]
        assert html == "<p>A <del>wall</del><ins><strong>wall</strong></ins> at sea.</p>"

    def test_of_scripts_without_spaces_are_compared_sign_by_sign(self):
        html = shown("<p>港町は値段を考える。</p>", "<p>港町は代償を考える。</p>")[0][1]
        assert html == "<p>港町は<del>値段</del><ins>代償</ins>を考える。</p>"

    def test_in_lists_tables_and_quotations_are_marked_there(self):
        old = "<ul><li>Bread and salt</li><li>Milk</li></ul>"
        new = "<ul><li>Bread and butter</li><li>Milk</li></ul>"
        assert shown(old, new)[0][1] == (
            "<ul><li><p>Bread and <del>salt</del><ins>butter</ins></p></li><li>Milk</li></ul>"
        )

    def test_never_become_markup(self):
        old, new = "<p>a &lt;b&gt; c</p>", "<p>a &lt;script&gt; c</p>"
        assert "<script>" not in shown(old, new)[0][1]


class TestPictures:
    OLD = '<figure><img src="/a.jpg" data-image="1" alt="A"><figcaption>The old wall.</figcaption></figure>'

    def test_that_are_the_same_show_what_changed_in_their_caption(self):
        new = self.OLD.replace("old wall", "new wall")
        (row,) = compare_bodies(sanitise(self.OLD), sanitise(new))
        assert row.change is Change.CHANGED
        assert "The <del>old</del><ins>new</ins> wall." in row.html

    def test_that_are_others_stand_one_after_the_other(self):
        new = self.OLD.replace('data-image="1"', 'data-image="2"')
        changes = [row.change for row in compare_bodies(sanitise(self.OLD), sanitise(new))]
        assert sorted(change.value for change in changes) == ["added", "removed"]


class TestOneBlock:
    OLD = "<p>The wall is four metres high.</p>\n<p>Nobody knows why.</p>"
    NEW = "<p>The wall is five metres high.</p>\n<p>Harbours silt up.</p>"

    def test_can_be_brought_back_alone(self):
        rows = compare_bodies(self.OLD, self.NEW)
        (changed,) = [number for number, row in enumerate(rows) if row.change is Change.CHANGED]
        assert (
            with_row_as_before(rows, changed)
            == "<p>The wall is four metres high.</p>\n<p>Harbours silt up.</p>"
        )
        (removed,) = [number for number, row in enumerate(rows) if row.change is Change.REMOVED]
        assert "<p>Nobody knows why.</p>" in with_row_as_before(rows, removed)
        assert "<p>Harbours silt up.</p>" in with_row_as_before(rows, removed)


WORDS = "wall harbour town price salt tide stone winter council vote letter bridge".split()


def story(rng, paragraphs):
    return [f"<p>{' '.join(rng.choices(WORDS, k=40)).capitalize()}.</p>" for _ in range(paragraphs)]


@pytest.mark.parametrize("seed", range(20))
def test_the_old_and_the_new_text_can_be_read_out_of_what_is_shown(seed):
    rng = random.Random(seed)  # noqa: S311 - it makes texts
    old = story(rng, 12)
    new = [
        re.sub(r"\w+", lambda word: rng.choice(WORDS) if rng.random() < 0.1 else word[0], block)
        for block in old
    ]
    rng.shuffle(new) if seed % 2 else new.pop(rng.randrange(12))
    rows = compare_bodies(sanitise("\n".join(old)), sanitise("\n".join(new)))
    html = "\n".join(row.html for row in rows)
    after = re.sub(r"<del>.*?</del>|</?ins>", "", html)
    assert [block for block in after.split("\n") if block != "<p></p>"] == sanitise("\n".join(new)).split(
        "\n"
    )
    assert [row.new for row in rows if row.new] == sanitise("\n".join(new)).split("\n")


def test_bodies_with_nothing_in_common_are_not_compared_in_pairs():
    old, new = ("\n".join(f"<p>{word}{number}</p>" for number in range(300)) for word in ("old", "new"))
    with mock.patch("articles.body.compare.are_alike", side_effect=AssertionError("a pair was compared")):
        rows = compare_bodies(old, new)
    assert [row.new for row in rows if row.new] == new.split("\n")
    assert [row.old for row in rows if row.old] == old.split("\n")


def test_thirty_thousand_words_are_compared_in_pairs_of_paragraphs():
    old = story(random.Random(1), 750)  # noqa: S311 - it makes texts
    new = [block.replace("<p>", "<p>Now ") if number % 5 == 0 else block for number, block in enumerate(old)]
    pairs = mock.patch.object(compare, "are_alike", wraps=compare.are_alike)
    words = mock.patch.object(compare, "words_compared", wraps=compare.words_compared)
    with pairs as pairs, words as words:
        rows = compare_bodies("\n".join(old), "\n".join(new))
    assert [row.new for row in rows] == new
    assert (pairs.call_count, words.call_count) == (150, 150)
    assert max(len(runs) for call in words.call_args_list for runs in call.args) < 100
