"""The first and the last story of a section print every page, because every page lists the sections. No other
story does."""

import time_machine

from articles import publishing
from articles.models import Section, Tag
from articles.publishing.sections import save_section
from articles.publishing.tags import save_tag
from tests import factories
from tests.articles.press.printed_newsroom import HOUR, NOON

from .exactly import Exactly


class SectionsTest(Exactly):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        # After the newsroom, which has its rows with their numbers from another test of this process.
        cls.sport = factories.section("Sport")

    def assert_everything_is_printed(self, *, comes):
        self.rendered()
        self.assert_true_to_the_site()
        self.assertLessEqual({"/culture/", "/about/", "/world/2026/02/"}, self.changed)
        self.assertEqual("/sport/" in self.shelf.walk(), comes)
        self.before = self.files()

    def assert_not_everything_is_printed(self):
        self.rendered()
        self.assert_true_to_the_site()
        self.assertIn("/", self.changed)
        self.assertTrue(self.changed.isdisjoint({"/culture/", "/about/"}))
        self.before = self.files()

    def test_a_first_and_a_last_story(self):
        article = self.publish(section=self.sport)
        self.assert_everything_is_printed(comes=True)
        publishing.withdraw(article, by=None)
        self.assert_everything_is_printed(comes=False)

    def test_a_second_story_and_the_last_but_one_print_what_shows_them(self):
        self.publish(section=self.sport)
        self.printed()
        self.before = self.files()
        second = self.publish(section=self.sport)
        self.assert_not_everything_is_printed()
        publishing.withdraw(second, by=None)
        self.assert_not_everything_is_printed()

    def test_a_story_that_comes_and_goes_with_time_alone(self):
        self.publish(section=self.sport, at=NOON + HOUR, until=NOON + 2 * HOUR)
        self.assertEqual(self.assert_exact(), set())
        for hours, comes in ((1, True), (2, False)):
            with time_machine.travel(NOON + hours * HOUR, tick=False):
                self.assert_everything_is_printed(comes=comes)

    def test_a_story_that_moves_into_the_section(self):
        publishing.move_to_section(self.story(0), self.sport, by=None)
        self.assert_everything_is_printed(comes=True)

    def test_a_story_that_came_and_went_before_the_press_looked(self):
        """A page that somebody asked for in between has the section in its head."""
        article = self.publish(section=self.sport)
        self.press.printing.printer.print("/culture/")
        publishing.withdraw(article, by=None)
        self.printed()
        self.assert_true_to_the_site()

    def test_a_section_that_the_desk_shows_before(self):
        sport = Section.objects.get(pk=self.sport.pk)
        sport.shown_without_stories = True
        save_section(sport)
        self.assert_everything_is_printed(comes=True)
        article = self.publish(section=self.sport)
        self.assert_not_everything_is_printed()
        publishing.withdraw(article, by=None)
        self.assert_not_everything_is_printed()


class OldAddressesTest(Exactly):
    def test_of_a_tag_redirect_from_its_first_story_to_its_last(self):
        tag = save_tag(Tag(name="oars"))
        tag.slug = "rowing"
        save_tag(tag)
        self.printed()
        self.before = self.files()
        article = self.publish(tags=("oars",))
        self.assertIn("/tag/oars/", self.assert_exact(maybe=["/tag/oars/2026/06/", "/tag/oars/2026/06/10/"]))
        self.assertEqual(self.shelf.status_at("/tag/oars/"), 301)
        self.before = self.files()
        second = self.publish(tags=("oars",))
        self.assertNotIn("/tag/oars/", self.rendered())
        for each in (article, second):
            publishing.withdraw(each, by=None)
        self.printed()
        self.assert_true_to_the_site()
        self.assertIsNone(self.shelf.status_at("/tag/oars/"))
