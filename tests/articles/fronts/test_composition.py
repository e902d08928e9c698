from articles.fronts.composition import (
    DEPARTMENT_NEEDED,
    IN_BLOCK,
    LATEST,
    Candidate,
    FrontPage,
    Shape,
    compose,
)
from articles.fronts.placement import LOOKS_AT

SECONDS = 4


def stories(*numbers, pictures=True):
    return [Candidate(pk, has_picture=pictures) for pk in numbers]


class TestTheTop:
    def test_leads_with_the_newest_that_has_a_picture(self):
        newest = [*stories(9, 8, pictures=False), *stories(7, 6, 5)]
        front = compose(newest, [])
        assert front.lead.pk == 7
        assert [card.pk for card in front.seconds] == [9, 8, 6, 5]

    def test_leads_with_the_newest_where_none_of_the_first_has_a_picture(self):
        newest = stories(*range(30, 30 - LOOKS_AT, -1), pictures=False) + stories(1)
        assert compose(newest, []).lead.pk == 30

    def test_goes_on_with_headlines_alone(self):
        front = compose(stories(*range(40, 0, -1)), [])
        assert [card.pk for card in front.latest] == list(range(39 - SECONDS, 39 - SECONDS - LATEST, -1))

    def test_is_empty_without_stories(self):
        assert compose([], [("World", [])]) == FrontPage()

    def test_makes_do_with_one_story(self):
        front = compose(stories(1), [("World", stories(1))])
        assert (front.lead.pk, front.seconds, front.latest, front.blocks) == (1, (), (), ())


class TestBlocks:
    def test_show_no_story_that_stands_above(self):
        newest = stories(*range(30, 0, -1))
        front = compose(newest, [("World", newest[:DEPARTMENT_NEEDED])])
        above = {card.pk for card in (front.lead, *front.seconds, *front.latest)}
        assert not above & {card.pk for card in front.blocks[0].cards}

    def test_have_five_stories_even_of_a_department_that_fills_the_top(self):
        newest = stories(*range(30, 0, -1))
        front = compose(newest, [("World", newest[:DEPARTMENT_NEEDED])])
        assert len(front.blocks[0].cards) == IN_BLOCK

    def test_stand_in_the_sections_order_and_leave_out_the_empty(self):
        front = compose(stories(99), [("World", stories(5)), ("Culture", []), ("Sport", stories(4))])
        assert [block.section for block in front.blocks] == ["World", "Sport"]

    def test_never_have_the_shape_of_the_one_above(self):
        departments = [(name, stories(*range(start, start + 5))) for start, name in enumerate("ABCDEFG", 1)]
        shapes = [block.shape for block in compose(stories(99), departments).blocks]
        assert all(one != other for one, other in zip(shapes, shapes[1:], strict=False))
        assert set(shapes) == set(Shape)

    def test_without_pictures_are_text(self):
        front = compose(stories(99), [("World", stories(1, 2, 3, pictures=False))])
        assert front.blocks[0].shape == Shape.TEXT_HEAVY

    def test_give_the_large_place_to_a_story_with_a_picture(self):
        cards = [*stories(9, 8, pictures=False), *stories(7)]
        block = compose(stories(99), [("World", cards)]).blocks[0]
        assert block.shape == Shape.LARGE_LEFT
        assert [card.pk for card in block.cards] == [7, 9, 8]


class TestFilling:
    def test_puts_the_articles_in_their_places(self):
        front = compose(stories(9, 8, 7), [("World", stories(3))])
        filled = front.filled({pk: f"article {pk}" for pk in (9, 8, 7, 3)})
        assert filled.lead == "article 9"
        assert filled.seconds == ("article 8", "article 7")
        assert filled.blocks[0].cards == ("article 3",)

    def test_closes_the_gap_of_an_article_that_has_gone_meanwhile(self):
        front = compose(stories(9, 8, 7), [("World", stories(3))])
        filled = front.filled({9: "article 9", 7: "article 7"})
        assert filled.seconds == ("article 7",)
        assert filled.blocks == ()
