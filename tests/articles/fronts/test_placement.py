import datetime
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.fronts.composition import NEWEST_NEEDED, Candidate, compose
from articles.fronts.layouts import BIG_NEWS, LAYOUTS, PICTURE_DAY, TWO_LEADS, USUAL, RowShape
from articles.fronts.placement import Board, Slot, laid_out

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def stories(*numbers, pictures=True):
    return [Candidate(pk, has_picture=pictures) for pk in numbers]


def numbers_in(rows):
    return [story.pk for row in rows for story in row.cards]


def chosen_at(board, at=NOON):
    return {place: slot.story for place, slot in board.standing(at).items()}


class TestBoard:
    def test_shows_nothing_after_its_time(self):
        board = Board(slots=(Slot(0, Candidate(7), until=NOON),))
        assert chosen_at(board, NOON - datetime.timedelta(microseconds=1))
        assert not chosen_at(board, NOON)

    def test_shows_nothing_that_readers_may_not_see(self):
        assert not chosen_at(Board(slots=(Slot(0, Candidate(7), is_public=False),)))

    def test_shows_a_story_of_two_places_in_the_first(self):
        board = Board(slots=(Slot(3, Candidate(7)), Slot(1, Candidate(7))))
        assert list(chosen_at(board)) == [1]

    def test_gives_way_to_the_second_if_the_first_has_ended(self):
        board = Board(slots=(Slot(1, Candidate(7), until=NOON), Slot(3, Candidate(7))))
        assert list(chosen_at(board)) == [3]

    def test_leaves_out_places_that_the_layout_does_not_have(self):
        board = Board(BIG_NEWS, (Slot(6, Candidate(7)),))
        assert not chosen_at(board)


class TestPlaces:
    def test_hold_what_was_chosen_and_the_newest(self):
        rows, left = laid_out(USUAL, {2: Candidate(1)}, stories(9, 8, 7, 6, 5, 4))
        assert numbers_in(rows) == [9, 8, 1, 7, 6]
        assert [story.pk for story in left] == [5, 4]

    def test_are_filled_with_pictures_where_they_want_some(self):
        newest = [*stories(9, 8, pictures=False), *stories(7, 6)]
        rows, _ = laid_out(TWO_LEADS, {}, newest)
        assert numbers_in(rows) == [7, 6, 9, 8]

    def test_are_filled_by_time_alone_where_only_the_newest_is_looked_at(self):
        newest = [*stories(9, 8, pictures=False), *stories(7, 6)]
        rows, _ = laid_out(TWO_LEADS, {}, newest, looks_at=1)
        assert numbers_in(rows) == [9, 8, 7, 6]

    def test_close_up_if_there_are_too_few_stories(self):
        rows, _ = laid_out(USUAL, {4: Candidate(1)}, stories(9))
        assert numbers_in(rows) == [9, 1]

    def test_are_no_strip_of_pictures_without_pictures(self):
        rows, _ = laid_out(PICTURE_DAY, {}, [*stories(9), *stories(8, pictures=False)])
        assert [row.shape for row in rows] == [RowShape.POSTER, RowShape.HEADLINES]

    def test_are_a_banner_if_only_one_of_a_pair_is_there(self):
        rows, _ = laid_out(TWO_LEADS, {}, stories(9))
        assert [row.shape for row in rows] == [RowShape.BANNER]


@dataclass(frozen=True)
class Told:
    """A story with its life: when it comes, and when it ends or is withdrawn."""

    pk: int
    has_picture: bool
    comes: datetime.datetime
    goes: datetime.datetime | None

    def is_public(self, at):
        return self.comes <= at and (self.goes is None or at < self.goes)


times = st.integers(-48, 48).map(lambda half_hours: NOON + half_hours * HOUR / 2)
lives = st.tuples(st.booleans(), times, st.none() | times)


@st.composite
def newsrooms(draw):
    """Stories; slots with some of them, also twice or in places that the layout does not have; a layout; a
    time."""
    told = [Told(pk, *life) for pk, life in enumerate(draw(st.lists(lives, max_size=40)), 1)]
    chosen = st.tuples(st.integers(0, 8), st.sampled_from(told), st.none() | times) if told else st.nothing()
    slots = draw(st.lists(chosen, max_size=9)) if told else []
    return told, slots, draw(st.sampled_from(list(LAYOUTS.values()))), draw(times)


# Another process may hold this one up for seconds.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestWhateverComesAndGoes:
    @patient
    @given(newsrooms())
    def test_no_story_stands_twice_none_is_not_public_and_there_is_no_hole(self, newsroom):
        told, slots, layout, at = newsroom
        board = Board(
            layout,
            tuple(Slot(place, story, story.is_public(at), until) for place, story, until in slots),
        )
        newest = sorted((story for story in told if story.is_public(at)), key=lambda s: (s.comes, s.pk))
        newest = newest[::-1]
        front = compose(newest[:NEWEST_NEEDED], [("World", newest)], layout, chosen_at(board, at))
        shown = front.cards
        assert len({story.pk for story in shown}) == len(shown)
        assert all(story.is_public(at) for story in shown)
        # The places are full as long as there are stories, and so are the latest after them.
        assert len(front.above) == min(len(layout.places), len(newest))
        assert len(front.latest) == min(8, len(newest) - len(front.above))
        full = [len(row.places) for row in front.top[:-1]]
        assert [len(row.cards) for row in front.top[:-1]] == full
        # What was chosen stands where it was put, unless stories are too few to fill the places before.
        if len(newest) >= len(layout.places):
            for place, story in chosen_at(board, at).items():
                assert front.above[place] is story

    @patient
    @given(newsrooms())
    def test_a_strip_is_all_pictures(self, newsroom):
        told, _, _, at = newsroom
        rows, _ = laid_out(PICTURE_DAY, {}, [story for story in told if story.is_public(at)])
        for row in rows:
            assert row.shape is not RowShape.STRIP or all(story.has_picture for story in row.cards)

    @pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
    def test_a_front_needs_no_more_stories_than_are_asked_for(self, layout):
        """The worst case: pictures only at the end of what is looked at, and all that was chosen among the
        newest."""
        newest = [*stories(*range(99, 88, -1), pictures=False), *stories(*range(88, 40, -1))]
        for number in range(len(layout.places) + 1):
            chosen = {place: newest[-1 - place] for place in range(number)}
            enough = compose(newest[:NEWEST_NEEDED], [], layout, chosen)
            assert enough == compose(newest, [], layout, chosen)
