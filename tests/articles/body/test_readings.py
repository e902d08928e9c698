"""Two bodies as one text, with two readings where they do not merge."""

import random
from collections import Counter

from articles.body.readings import Readings, readings_of
from articles.body.three_way_merge import merge_bodies

BASE = "<p>The wall is four metres high.</p>\n<p>Nobody knows why.</p>\n<p>Harbours silt up.</p>"


def body(order):
    return "\n".join(f"<p>{letter} is a paragraph.</p>" for letter in order)


def open_places(pieces):
    return [piece for piece in pieces if isinstance(piece, Readings)]


class TestReadings:
    def test_what_merges_is_merged_and_each_other_paragraph_is_a_place(self):
        mine = BASE.replace("four", "five").replace("silt up", "are full")
        theirs = BASE.replace("four", "six").replace("Nobody", "Somebody")
        assert readings_of(BASE, mine, theirs) == [
            Readings("<p>The wall is five metres high.</p>", "<p>The wall is six metres high.</p>"),
            "<p>Somebody knows why.</p>",
            "<p>Harbours are full.</p>",
        ]

    def test_neighbours_that_both_have_changed_are_places_of_their_own(self):
        mine = BASE.replace("four", "five").replace("Nobody", "Ana")
        theirs = BASE.replace("four", "six").replace("Nobody", "Ben")
        assert len(open_places(readings_of(BASE, mine, theirs))) == 2

    def test_a_paragraph_that_one_took_away_and_the_other_changed(self):
        mine = BASE.replace("<p>Nobody knows why.</p>\n", "")
        theirs = BASE.replace("Nobody knows", "Somebody knows")
        assert open_places(readings_of(BASE, mine, theirs)) == [Readings("", "<p>Somebody knows why.</p>")]

    def test_paragraphs_that_both_add_at_one_place(self):
        found = readings_of(BASE, BASE + "\n<p>Mine.</p>\n<p>Mine too.</p>", BASE + "\n<p>Theirs.</p>")
        assert open_places(found) == [Readings("<p>Mine.</p>\n<p>Mine too.</p>", "<p>Theirs.</p>")]
        assert found[:3] == BASE.split("\n")

    def test_without_a_base_each_difference_is_a_place(self):
        found = readings_of(None, BASE.replace("four", "five"), BASE + "\n<p>Theirs.</p>")
        assert open_places(found) == [
            Readings("<p>The wall is five metres high.</p>", "<p>The wall is four metres high.</p>"),
            Readings("", "<p>Theirs.</p>"),
        ]

    def test_what_both_have_moved_is_in_no_settled_place_twice(self):
        three = body("PABCD"), body("ABPCD"), body("ABCDP")
        assert merge_bodies(*three) is None
        settled = [piece for piece in readings_of(*three) if isinstance(piece, str)]
        assert "<p>P is a paragraph.</p>" not in settled
        assert len(open_places(readings_of(*three))) == 2

    def test_where_bodies_merge_nothing_is_to_choose(self):
        mine, theirs = BASE.replace("four", "five"), BASE.replace("silt up", "are full")
        assert "\n".join(readings_of(BASE, mine, theirs)) == merge_bodies(BASE, mine, theirs)


def test_no_new_paragraph_of_the_chosen_reading_is_lost_and_none_is_there_twice():
    for seed in range(150):
        rng = random.Random(seed)  # noqa: S311 - texts, no secrets
        base = [f"<p>Number {n} is a paragraph of some words.</p>" for n in range(rng.randrange(1, 8))]
        texts = {name: changed(base, name, rng) for name in ("mine", "theirs")}
        pieces = readings_of(*("\n".join(blocks) for blocks in (base, *texts.values())))
        for name, own in texts.items():
            read = [piece if isinstance(piece, str) else getattr(piece, name) for piece in pieces]
            found = Counter("\n".join(filter(None, read)).split("\n"))
            if open_places(pieces):
                assert found.keys() >= set(own) - set(base), seed
            assert max(found.values()) == 1, seed


def changed(blocks, name, rng):
    blocks = list(blocks)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(blocks) + 1)
        kind = rng.choice(("new", "gone", "other", "moved"))
        if kind == "new":
            blocks.insert(at, f"<p>New of {name}: {rng.random()}.</p>")
        elif at < len(blocks):
            block = blocks.pop(at)
            if kind == "other":
                blocks.insert(at, block.replace("</p>", f" And {name}, {rng.random()}.</p>"))
            elif kind == "moved":
                blocks.insert(rng.randrange(len(blocks) + 1), block)
    return blocks
