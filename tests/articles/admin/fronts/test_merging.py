import time_machine
from django.contrib.messages import get_messages
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article, BoardVersion, State
from articles.publishing.boards import Filled, cancel_board, publish_board
from tests import factories

from .test_board import HOUR, NOON, PAPER, BoardCase, publisher


@time_machine.travel(NOON, tick=False)
class MergingTest(BoardCase):
    """Mara opens the board with the stories 0, 1 and 2; Jonas publishes another one; then she publishes hers."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.jonas = publisher("jonas")
        with time_machine.travel(NOON, tick=False):
            slots = [Filled(place, cls.stories[place].pk) for place in range(3)]
            publish_board(None, "usual", slots, by=cls.mara)

    def by_jonas(self, *numbers, layout="usual", blocks=(), at=None, **more):
        slots = [Filled(place, self.stories[number].pk, **more) for place, number in enumerate(numbers)]
        return publish_board(None, layout, slots, by=self.jonas, blocks=blocks, at=at)

    def publish_hers(self, *numbers, **more):
        return self.post(*numbers, **{"version": 1, "opened": 1, "_publish": 1, **more})

    def said(self, response):
        self.assertEqual(response.status_code, 302)
        return str(list(get_messages(response.wsgi_request))[-1])

    def again(self, response, **more):
        """What the form has that says so, sent once more."""
        form = response.context["form"]
        values = {name: form[name].value() or "" for name in form.fields}
        blocks = {name: form.data.getlist(name) for name in ("blocks", "hidden")}
        return self.client.post(PAPER, {**values, **blocks, "_publish": 1, **more})

    def test_the_form_says_on_which_board_it_was_opened(self):
        self.by_jonas(5, at=NOON + HOUR)
        page = LexborHTMLParser(self.client.get(PAPER).text)
        values = [
            page.css_first(f"#board_form [name={name}]").attributes["value"] for name in ("version", "opened")
        ]
        self.assertEqual(values, ["2", "1"])

    def test_changes_of_different_places_go_out_together(self):
        self.by_jonas(0, 1, 5)
        said = self.said(self.publish_hers(4, 1, 2))
        self.assertEqual(self.places(), {0: "Story 4", 1: "Story 1", 2: "Story 5"})
        self.assertEqual(said, "It is out. So is what jonas published meanwhile: Beside 2.")

    def test_names_all_who_published_meanwhile(self):
        self.by_jonas(0, 1, 5)
        publish_board(
            None, "big", [Filled(place, self.stories[n].pk) for place, n in enumerate((0, 1, 5))], by=None
        )
        self.assertIn(
            "jonas and The site published meanwhile: Below 2 and the layout.",
            self.said(self.publish_hers(4, 1, 2)),
        )

    def test_who_has_changed_nothing_undoes_nothing(self):
        self.by_jonas(6, 7, layout="big", headline="His words")
        self.said(self.publish_hers(0, 1, 2))
        self.assertEqual(self.places(), {0: "Story 6", 1: "Story 7"})
        self.assertEqual(self.newest().layout, "big")
        self.assertEqual({slot.headline for slot in self.newest().slots.all()}, {"His words"})

    def test_of_the_same_place_both_choices_are_shown_and_nothing_is_out(self):
        self.by_jonas(5, 1, 6, headline="His words")
        response = self.publish_hers(4, 1, 2, headline_0="My words")
        self.assertEqual(BoardVersion.objects.count(), 2)
        self.assertEqual(set(self.errors(response)), {"__all__", "article_0"})
        self.assertContains(response, "Lead: jonas put “Story 5” here with the headline “His words”")
        self.assertContains(response, "My words")

    def test_who_publishes_once_more_keeps_hers_there_and_his_elsewhere(self):
        self.by_jonas(5, 1, 6, until=NOON + HOUR)
        self.said(self.again(self.publish_hers(4, 1, 2)))
        self.assertEqual(self.places(), {0: "Story 4", 1: "Story 1", 2: "Story 6"})
        self.assertEqual(self.newest().slots.get(place=2).until, NOON + HOUR)

    def test_his_picture_comes_into_the_form(self):
        image = factories.image()
        self.by_jonas(5, 1, 6, image_id=image.pk)
        response = self.publish_hers(4, 1, 2)
        self.assertEqual(self.errors(response)["article_0"][0].count("a picture of its own"), 1)
        self.again(response)
        self.assertEqual(self.newest().slots.get(place=2).image, image)

    def test_his_choice_can_be_taken_by_its_address(self):
        self.by_jonas(5, 1, 2)
        response = self.publish_hers(4, 1, 2)
        address = self.stories[5].get_absolute_url()
        self.assertIn(address, self.errors(response)["article_0"][0])
        self.again(response, article_0=address)
        self.assertEqual(self.places()[0], "Story 5")

    def test_a_story_that_both_have_moved_is_told(self):
        self.by_jonas(0, 2)
        response = self.publish_hers(2, 1)
        self.assertIn("jonas put “Story 2” here", self.errors(response)["article_1"][0])
        self.again(response)
        self.assertEqual(self.places(), {0: "Story 2", 1: "Story 1"})

    def test_a_story_that_was_taken_off_or_a_place_that_was_emptied_is_told(self):
        self.by_jonas(0, 1)
        errors = self.errors(self.publish_hers(0, 1, 3))
        self.assertIn("jonas emptied this place", errors["article_2"][0])
        response = self.publish_hers(0, 1, **{"article_3": self.stories[2].get_absolute_url()})
        self.assertIn("jonas took this story off the front", self.errors(response)["article_3"][0])

    def test_two_layouts_are_told(self):
        self.by_jonas(0, 1, 2, layout="two")
        response = self.publish_hers(0, 1, 2, layout="big")
        self.assertEqual(self.errors(response)["layout"], ["jonas chose “Two leads”; yours is chosen here."])

    def test_blocks_that_are_hidden_and_an_order_go_together(self):
        world, sport = self.world.pk, self.sport.pk
        self.by_jonas(0, 1, 2, blocks=[(world, True), (sport, False)])
        said = self.said(self.publish_hers(0, 1, 2, blocks=[sport, world]))
        self.assertEqual(self.newest().blocks, [[sport, False], [world, True]])
        self.assertIn("which blocks are hidden", said)

    def test_two_orders_of_blocks_are_told(self):
        third = factories.section("Arts")
        world, sport, arts = self.world.pk, self.sport.pk, third.pk
        self.by_jonas(0, 1, 2, blocks=[(sport, True), (world, False), (arts, False)])
        response = self.publish_hers(0, 1, 2, blocks=[arts, world, sport])
        self.assertContains(response, "jonas put the blocks into another order: Sport, World, Arts.")
        self.again(response)
        self.assertEqual(self.newest().blocks, [[arts, False], [world, False], [sport, True]])

    def test_a_board_that_somebody_has_scheduled_or_cancelled_meanwhile_is_told(self):
        scheduled = self.by_jonas(5, at=NOON + HOUR)
        response = self.publish_hers(4, 1, 2)
        self.assertContains(response, "jonas has published this front")
        cancel_board(scheduled, by=self.jonas)
        self.assertContains(self.publish_hers(4, 1, 2), "jonas has published this front")
        self.assertEqual(BoardVersion.objects.count(), 2)

    def test_scheduling_an_older_board_is_told(self):
        self.by_jonas(0, 1, 5)
        response = self.post(4, 1, 2, version=1, opened=1, at="2026-11-30T18:00", _schedule=1)
        self.assertContains(response, "jonas has published this front")

    def test_an_older_version_that_is_opened_is_compared_with_what_readers_had(self):
        """So bringing parts of it back is her change, and not undone."""
        self.by_jonas(5, 6, 7)
        publish_board(
            None, "usual", [Filled(place, self.stories[n].pk) for place, n in enumerate((5, 6, 3))], by=None
        )
        response = self.post(0, 6, 7, version=2, opened=2, _publish=1)
        self.said(response)
        self.assertEqual(self.places(), {0: "Story 0", 1: "Story 6", 2: "Story 3"})

    def test_the_first_board_of_two_editors_is_merged_too(self):
        section = self.world
        publish_board(section, "usual", [Filled(1, self.stories[2].pk)], by=self.jonas)
        response = self.post(0, address=self.address[section], opened=0, _publish=1)
        self.said(response)
        self.assertEqual(self.places(), {0: "Story 0", 1: "Story 2"})

    def test_a_version_that_is_not_there_is_not_compared(self):
        self.by_jonas(0, 1, 5)
        self.assertContains(self.publish_hers(4, 1, 2, opened=99), "jonas has published this front")

    def test_of_a_story_that_she_may_not_see_nothing_is_said(self):
        self.publish(0, 2, section=self.world)
        mine = publisher("wanda", self.world)
        publish_board(
            self.world, "usual", [Filled(0, self.stories[4].pk), Filled(1, self.stories[2].pk)], by=None
        )
        Article.objects.filter(pk=self.stories[4].pk).update(section=self.sport, state=State.WITHDRAWN)
        self.client.force_login(mine)
        response = self.post(6, 2, address=self.address[self.world], version=1, opened=1, _publish=1)
        said = self.errors(response)["article_0"]
        self.assertEqual(said, ["Lead: The site put a story here that you may not see. Yours is here."])
        self.assertNotContains(response, "Story 4")
