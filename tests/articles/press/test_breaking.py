"""Breaking news: within one turn on fronts and the newest articles; nothing else is printed."""

from unittest import mock

import time_machine

from articles.models import Article, BreakingLine
from articles.models.addresses.paths import BREAKING
from articles.publishing import breaking_line, change_publish_time
from articles.publishing.breaking_line import end_line, put_out

from .printed_newsroom import HOUR, NOON, PrintedNewsroom

FRONTS = {"/", "/world/", "/world/harbours/", "/world/courts/", "/culture/"}
SECOND = HOUR / 3600
NEWEST = 3


class BreakingTest(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        self.enterContext(mock.patch.object(breaking_line, "NEWEST", NEWEST))
        self.press.printing.print_all([BREAKING])
        self.before = self.files()

    def put(self, text="The harbour is closed", until=NOON + HOUR):
        return put_out(text, "/world/", until, by=None)

    def printed_by(self):
        """What is another page now, and every address that the press has printed."""
        with mock.patch.object(
            self.press.printing.printer, "print", wraps=self.press.printing.printer.print
        ) as made:
            changed = self.printed()
        return changed, [call.args[0] for call in made.call_args_list]

    def newest(self, number=NEWEST):
        return {each.get_absolute_url() for each in Article.objects.published().newest_first()[:number]}

    def showing(self):
        return {path for path, page in self.files().items() if b"The harbour is closed" in page.body}

    def test_prints_its_file_the_fronts_and_the_newest_articles_once_each_and_nothing_else(self):
        self.put()
        changed, made = self.printed_by()
        self.assertEqual(changed, {BREAKING, *FRONTS, *self.newest()})
        self.assertEqual(len(made), 1 + len(FRONTS) + NEWEST)
        self.assertEqual(made[:2], [BREAKING, "/"])
        self.assertEqual(self.showing(), changed)
        self.assert_true_to_the_site()

    def test_is_out_in_the_same_turn(self):
        self.put()
        self.press.turn()
        self.assertIn(b"The harbour is closed", self.shelf.read("/").body)

    def test_ends_by_itself_at_its_second_and_leaves_no_trace(self):
        self.put()
        self.printed()
        with time_machine.travel(NOON + HOUR - SECOND, tick=False):
            self.assertEqual(self.printed_by()[1], [])
        with time_machine.travel(NOON + HOUR, tick=False):
            changed, made = self.printed_by()
            self.assertEqual(changed, set())
            self.assertEqual(len(made), 1 + len(FRONTS) + NEWEST)
            self.assertEqual(self.shelf.read(BREAKING).body, b"0")

    def test_that_somebody_has_ended_is_not_printed_a_second_time_at_its_second(self):
        line = self.put()
        self.printed()
        end_line(by=None, expected=line.pk)
        self.assertEqual(self.printed(), set())
        with time_machine.travel(NOON + HOUR, tick=False):
            self.assertEqual(self.printed_by()[1], [BREAKING])

    def test_a_story_that_comes_meanwhile_has_it_and_loses_it_with_the_others(self):
        self.put()
        self.printed()
        with time_machine.travel(NOON + HOUR / 2, tick=False):
            address = self.publish().get_absolute_url()
            self.printed()
            self.assertIn(address, self.showing())
        with time_machine.travel(NOON + HOUR, tick=False):
            self.printed()
            self.assertEqual(self.showing(), set())
            self.assert_true_to_the_site()

    def test_another_line_takes_its_place_everywhere_also_on_stories_that_are_not_the_newest_any_more(self):
        self.put()
        self.printed()
        with time_machine.travel(NOON + HOUR / 2, tick=False):
            self.publish()
            self.publish(headline="Newer")
            self.put("Another one", until=NOON + 2 * HOUR)
            self.printed()
            self.assertEqual(self.showing(), set())
            self.assert_true_to_the_site()

    def test_a_line_that_comes_before_the_press_has_seen_that_the_last_one_is_over_leaves_none_of_that(self):
        self.put()
        self.printed()
        with time_machine.travel(NOON + HOUR, tick=False):
            self.publish()
            self.publish(headline="Newer")
            self.put("Another one", until=NOON + 2 * HOUR)
            self.printed()
            self.assertEqual(self.showing(), set())
            self.assert_true_to_the_site()

    def test_the_views_agree_about_a_story_whose_time_moves_out_of_the_newest(self):
        self.put()
        self.printed()
        story = self.story(0)
        change_publish_time(story, by=None, at=NOON - 200 * 24 * HOUR)
        self.printed()
        self.assertNotIn(story.get_absolute_url(), self.showing())
        self.assertTrue(BreakingLine.objects.get().is_on(NOON))
