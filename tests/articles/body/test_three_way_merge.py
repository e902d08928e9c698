import random

import pytest

from articles.body import sanitise
from articles.body.three_way_merge import merge_bodies

BASE = "<p>The wall is four metres high.</p>\n<p>Nobody knows why.</p>\n<p>Harbours silt up.</p>"


class TestBlocks:
    def test_of_both_are_there(self):
        mine = BASE.replace("four", "five")
        theirs = BASE.replace("silt up", "are dredged")
        assert merge_bodies(BASE, mine, theirs) == mine.replace("silt up", "are dredged")

    def test_that_only_one_has_changed_are_as_that_one_has_them(self):
        mine = BASE.replace("four", "five")
        assert merge_bodies(BASE, mine, BASE) == mine
        assert merge_bodies(BASE, BASE, mine) == mine

    def test_that_both_have_changed_in_the_same_way_are_there_once(self):
        mine = BASE.replace("four", "five")
        assert merge_bodies(BASE, mine, mine) == mine

    def test_that_came_and_went_in_different_places(self):
        mine = "<p>First of all.</p>\n" + BASE
        theirs = BASE.replace("\n<p>Harbours silt up.</p>", "")
        assert merge_bodies(BASE, mine, theirs) == "<p>First of all.</p>\n" + theirs

    def test_that_both_add_at_the_same_place_contradict_each_other(self):
        assert merge_bodies(BASE, BASE + "\n<p>Mine.</p>", BASE + "\n<p>Theirs.</p>") is None

    def test_that_both_have_moved_are_asked_about(self):
        def body(order):
            return "\n".join(f"<p>{letter} is a paragraph.</p>" for letter in order)

        assert merge_bodies(body("PABCD"), body("ABPCD"), body("ABCDP")) is None
        assert merge_bodies(body("PABCD"), body("ABCDP"), body("ABCD")) is None
        assert merge_bodies(body("PABCD"), body("ABCDP"), body("PABCD")) == body("ABCDP")

    def test_that_one_takes_away_and_the_other_changes_contradict_each_other(self):
        mine = BASE.replace("<p>Nobody knows why.</p>\n", "")
        theirs = BASE.replace("Nobody knows why.", "Somebody knows.")
        assert merge_bodies(BASE, mine, theirs) is None


class TestWords:
    LONG = "<p>The wall is four metres high and nobody knows who will pay for it.</p>"

    def test_of_one_paragraph_changed_by_both_in_different_places(self):
        mine = self.LONG.replace("four", "five")
        theirs = self.LONG.replace("nobody knows", "everybody asks")
        assert merge_bodies(self.LONG, mine, theirs) == mine.replace("nobody knows", "everybody asks")

    def test_that_both_have_changed_contradict_each_other(self):
        assert (
            merge_bodies(self.LONG, self.LONG.replace("four", "five"), self.LONG.replace("four", "six"))
            is None
        )

    @pytest.mark.parametrize(
        ("base", "mine", "theirs"),
        [
            ("It cost 1.5 million.", "It cost 2.5 million.", "It cost 1.7 million."),
            ("At 10:30 it began.", "At 11:30 it began.", "At 10:45 it began."),
            ("It cost 5 million.", "It cost 6 million.", "It cost 5 billion."),
            ("They found him guilty.", "They found her guilty.", "They found him innocent."),
            ("She did pay.", "She did not pay.", "She never did pay."),
            ("東京都", "西京都", "東京府"),
        ],
    )
    def test_that_belong_together_contradict_each_other(self, base, mine, theirs):
        assert merge_bodies(*(f"<p>{text}</p>" for text in (base, mine, theirs))) is None

    def test_keep_their_marks_and_links(self):
        base = '<p>A <strong>wall</strong> at <a href="https://example.org/">sea</a>, four metres.</p>'
        mine = base.replace("A <strong>", "Some <strong>")
        theirs = base.replace("four metres", "five metres")
        assert merge_bodies(base, mine, theirs) == mine.replace("four metres", "five metres")


def test_an_id_of_a_heading_is_no_change():
    base = '<h2 id="walls">Walls</h2>\n<p>One.</p>'
    assert merge_bodies(base, base.replace('"walls"', '"walls-2"'), base.replace("One", "Two")) is not None


WORDS = "wall harbour town price salt tide stone winter council vote letter bridge".split()


@pytest.mark.parametrize("seed", range(30))
def test_what_is_merged_holds_every_word_that_either_has_added(seed):
    rng = random.Random(seed)  # noqa: S311 - it makes texts
    blocks = [" ".join(rng.choices(WORDS, k=12)) for _ in range(8)]

    def changed(mark):
        other = list(blocks)
        for number in rng.sample(range(8), 3):
            words = other[number].split()
            words.insert(rng.randrange(len(words)), f"{mark}{number}")
            other[number] = " ".join(words)
        return other

    bodies = [
        sanitise("".join(f"<p>{text}.</p>" for text in each)) for each in (blocks, changed("m"), changed("t"))
    ]
    found = merge_bodies(*bodies)
    if found is None:
        return
    added = {
        word
        for body in bodies[1:]
        for word in body.replace(".", " ").replace(">", " ").split()
        if word[-1].isdigit()
    }
    assert all(word in found for word in added)
    assert found == sanitise(found)
    assert merge_bodies(bodies[0], bodies[2], bodies[1]) == found
