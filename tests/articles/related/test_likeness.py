"""How much two articles are alike, by what both have and how many others have it."""

import datetime

import pytest

from articles.related.likeness import LEAST, Rarity, Traits, likeness, of_tag, words_of_story

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
YEAR = datetime.timedelta(days=365.25)
# A hundred stories: all have “the”, ten have “wall”, one has “kelp”.
RARITY = Rarity.of(
    [frozenset({"the", *(["wall"] if n < 10 else []), *(["kelp"] if not n else [])}) for n in range(100)]
)


def traits(number=1, *, words=(), tags=(), section=1, department=1, at=NOON):
    return Traits(number, at, section, department, frozenset(tags), frozenset(words))


def compared(one, other, **tags):
    return likeness(one, other, tags={1: 2, 2: 500}, rarity=RARITY)


class TestWords:
    def test_a_rare_word_counts_more_than_a_common_one(self):
        rare, some, common = (RARITY.of_word(word) for word in ("kelp", "wall", "the"))
        assert 1 > rare > some > common >= 0
        assert RARITY.of_word("unheard") == 1

    def test_words_are_compared_by_their_stems(self):
        assert words_of_story("Sea walls", "", "en") == words_of_story("The sea wall", "", "en") - {"the"}

    def test_scripts_without_spaces_are_compared_too(self):
        assert words_of_story("東京の港", "", "ja") & words_of_story("東京都", "", "ja")

    def test_many_common_words_are_no_likeness(self):
        assert (
            compared(traits(words=["the"], section=1), traits(2, words=["the"], section=2, department=2))
            < LEAST
        )


class TestTags:
    def test_a_rare_tag_counts_more_than_a_common_one(self):
        assert of_tag(2) > of_tag(50) > of_tag(900) > 0
        assert of_tag(10**6) == of_tag(1_000) == pytest.approx(0.25)
        assert compared(traits(tags=[1]), traits(2, tags=[1])) > compared(
            traits(tags=[2]), traits(2, tags=[2])
        )

    def test_a_shared_rare_tag_is_enough(self):
        assert compared(traits(tags=[1]), traits(2, tags=[1], section=2, department=2)) > LEAST


class TestPlaceAndTime:
    def test_the_same_section_counts_more_than_the_same_department(self):
        same, near, far = (
            compared(traits(tags=[1]), traits(2, tags=[1], section=section, department=department))
            for section, department in ((1, 1), (2, 1), (3, 3))
        )
        assert same > near > far

    def test_the_same_section_alone_is_no_likeness(self):
        assert compared(traits(), traits(2)) < LEAST

    def test_years_between_them_count_against_it(self):
        late = compared(traits(tags=[1]), traits(2, tags=[1], at=NOON - 4 * YEAR))
        assert late == pytest.approx(compared(traits(tags=[1]), traits(2, tags=[1])) / 2)

    def test_it_is_the_same_from_both_sides(self):
        one = traits(words=["kelp", "wall"], tags=[1, 2])
        other = traits(2, words=["kelp", "the"], tags=[1], section=4, at=NOON - YEAR)
        assert compared(one, other) == compared(other, one)
