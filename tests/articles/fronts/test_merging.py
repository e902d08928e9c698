from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from articles.fronts.merging import ORDER, Chosen, merge


@dataclass(frozen=True)
class Here:
    article_id: int
    headline: str = ""


def chosen(*numbers, layout="usual", **more):
    """0 is an empty place."""
    return Chosen(layout, {place: Here(number) for place, number in enumerate(numbers) if number}, **more)


def stories(merged):
    return {place: slot.article_id for place, slot in merged.chosen.slots.items()}


@st.composite
def boards(draw):
    numbers = draw(st.lists(st.integers(1, 6), max_size=5, unique=True))
    places = draw(st.permutations(range(5)))
    words = st.sampled_from(["", "Own words"])
    slots = {place: Here(number, draw(words)) for place, number in zip(places, numbers, strict=False)}
    order = tuple(draw(st.permutations((1, 2, 3))))
    layout = draw(st.sampled_from(["usual", "big", "two"]))
    return Chosen(layout, slots, order, draw(st.frozensets(st.sampled_from(order))))


class TestMerging:
    def test_takes_the_changes_of_different_places_together(self):
        merged = merge(chosen(1, 2, 3), chosen(4, 2, 3), chosen(1, 2, 5))
        assert stories(merged) == {0: 4, 1: 2, 2: 5}
        assert (merged.conflicts, merged.taken) == (set(), {2})

    def test_the_same_place_is_a_conflict_and_mine_stays_there(self):
        merged = merge(chosen(1, 2, 3), chosen(4, 2, 3), chosen(5, 2, 6))
        assert stories(merged) == {0: 4, 1: 2, 2: 6}
        assert merged.conflicts == {0}

    def test_the_same_change_of_both_is_none(self):
        assert not merge(chosen(1, 2), chosen(3, 2), chosen(3, 2)).conflicts

    def test_a_story_that_both_have_moved_elsewhere_stands_once(self):
        merged = merge(chosen(0, 0, 1), chosen(1), chosen(0, 1))
        assert stories(merged) == {0: 1}
        assert merged.conflicts == {1}

    def test_a_story_that_one_takes_off_and_the_other_moves_is_a_conflict(self):
        assert merge(chosen(0, 0, 1), chosen(), chosen(1)).conflicts == {0}
        assert merge(chosen(0, 0, 1), chosen(1), chosen()).conflicts == {0}

    def test_one_order_of_blocks_and_another_are_a_conflict_but_never_what_is_hidden(self):
        base = chosen(order=(1, 2, 3))
        mine = chosen(order=(2, 1, 3), hidden=frozenset({1}))
        merged = merge(base, mine, chosen(order=(1, 3, 2), hidden=frozenset({3})))
        assert merged.conflicts == {ORDER}
        assert merged.chosen.order == (2, 1, 3)
        assert merged.chosen.hidden == {1, 3}

    @given(boards(), boards(), boards())
    def test_no_change_of_either_is_lost_silently_and_no_story_stands_twice(self, base, mine, theirs):
        merged = merge(base, mine, theirs)
        before, after = base.parts, merged.chosen.parts
        for side in (mine, theirs):
            for part in {*before, *side.parts}:
                if side.parts.get(part) != before.get(part) and part not in merged.conflicts:
                    assert after.get(part) == side.parts.get(part)
            assert side.hidden - base.hidden <= merged.chosen.hidden
            assert not (base.hidden - side.hidden) & merged.chosen.hidden
            taken_off = base.stories - side.stories
            stays = {place for place, slot in merged.chosen.slots.items() if slot.article_id in taken_off}
            assert stays <= merged.conflicts
        assert all(after.get(part) == mine.parts.get(part) for part in merged.conflicts)
        assert len(stories(merged)) == len(set(stories(merged).values()))

    @given(boards(), boards())
    def test_who_alone_has_changed_something_has_all_of_it(self, base, other):
        for merged in (merge(base, other, base), merge(base, base, other), merge(base, other, other)):
            assert merged.chosen == other
            assert not merged.conflicts
