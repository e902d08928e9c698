"""A board is printed when it is published, when it comes due and when one of its places ends, and no other page
is."""

import time_machine

from articles import publishing
from articles.publishing.boards import Filled, publish_board
from articles.publishing.pictures import change_image
from articles.publishing.sections import save_section
from tests import factories
from tests.articles.press.printed_newsroom import HOUR, NOON

from .exactly import Exactly


class BoardTest(Exactly):
    def board(self, number, *, section=None, at=None, until=None, layout="usual"):
        slots = [Filled(0, self.story(number).pk, until=until)]
        return publish_board(section, layout, slots, by=None, at=at)

    def at(self, moment, **more):
        """What the press prints at that time, before which it prints nothing."""
        with time_machine.travel(moment - HOUR / 3600, tick=False):
            self.assertEqual(self.printed(), set())
        with time_machine.travel(moment, tick=False):
            changed = self.assert_exact(**more)
        self.before = self.files()
        return changed

    def test_prints_the_front_alone(self):
        self.board(9)
        self.assertEqual(self.assert_exact(), {"/"})

    def test_prints_the_front_of_its_section_alone(self):
        self.board(9, section=self.world)
        self.assertEqual(self.assert_exact(), {"/world/"})

    def test_is_printed_when_it_comes_due_and_when_a_place_ends(self):
        self.board(9, at=NOON + HOUR, until=NOON + 2 * HOUR)
        self.assertEqual(self.at(NOON + HOUR), {"/"})
        self.assertEqual(self.at(NOON + 2 * HOUR), {"/"})

    def test_is_printed_at_the_address_that_its_section_has_then(self):
        self.board(9, section=self.world, at=NOON + HOUR)
        self.world.slug = "abroad"
        save_section(self.world)
        self.printed()
        self.before = self.files()
        # The old address leads there still.
        self.assertEqual(self.at(NOON + HOUR, maybe=["/world/"]), {"/abroad/"})

    def test_a_story_that_is_withdrawn_leaves_it(self):
        self.board(9, section=self.world, layout="two")
        self.board(9, layout="two")
        self.printed()
        self.before = self.files()
        publishing.withdraw(self.story(9), by=None)
        self.assertLessEqual({"/", "/world/"}, self.printed())
        self.assert_true_to_the_site()

    def test_an_old_story_on_it_that_is_changed_is_changed_there(self):
        self.board(11)
        self.printed()
        self.before = self.files()
        self.republished(11, standfirst="Another sentence.")
        self.assertIn("/", self.assert_exact())

    def test_a_picture_of_a_place_is_mended_there(self):
        image = factories.image(width=600, height=400)
        slots = [Filled(0, self.story(9).pk, image_id=image.pk)]
        publish_board(self.world, "usual", slots, by=None)
        self.printed()
        self.before = self.files()
        change_image(image, focus=(10, 10))
        self.assertIn("/world/", self.printed())
        self.assert_true_to_the_site()

    def test_a_story_that_leaves_the_section_leaves_its_board(self):
        self.board(9, section=self.world)
        self.printed()
        publishing.move_to_section(self.story(9), self.culture, by=None)
        self.printed()
        self.assert_true_to_the_site()
