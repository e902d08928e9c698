"""Feeds of tags and authors are printed at most every few seconds. An hour stands for these in the tests, and ends when they
say so."""

import dataclasses
from unittest import mock

from articles import publishing
from articles.models.addresses.paths import feed_address
from articles.press.plan import spacing
from articles.press.press import Press
from articles.publishing import Content
from tests.articles.press.printed_newsroom import FORMATS, HOUR, NOON, PrintedNewsroom, feed_addresses

COAST, MARA = feed_address("/tag/coast/"), feed_address("/author/mara-ellis/", FORMATS[-1])
PUT_OFF = {COAST, MARA}


class SpacingTest(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        self.hour = mock.patch.object(spacing, "EVERY", 3600.0)
        self.hour.start()
        self.addCleanup(self.hour.stop)

    def prints(self, words):
        """Story 0 says so now; the pages that the press prints until it rests."""
        article = self.story(0)
        content = dataclasses.replace(Content.newest(article), body=f"<p>{words}</p>")
        publishing.publish(article, content, by=None)
        return self.prints_of_now()

    def prints_of_now(self):
        self.before = self.files()
        return self.printed()

    def says(self, path):
        return self.shelf.read(path).body.decode()

    def time_passes(self):
        self.hour.stop()

    def test_the_first_change_is_printed_at_once_and_the_next_are_put_off(self):
        self.assertLessEqual(PUT_OFF, self.prints("Eleven cubits."))
        printed = self.prints("Twelve cubits.")
        self.assertLessEqual({*feed_addresses("/"), *feed_addresses("/world/harbours/")}, printed)
        self.assertEqual(printed & PUT_OFF, set())
        self.prints("Thirteen cubits.")
        self.assertIn("Eleven cubits.", self.says(COAST))
        self.time_passes()
        self.assertEqual(self.prints_of_now(), PUT_OFF)
        self.assertIn("Thirteen cubits.", self.says(COAST))
        self.assert_true_to_the_site()

    def test_what_was_put_off_is_not_printed_twice(self):
        self.prints("Eleven cubits.")
        self.prints("Twelve cubits.")
        self.time_passes()
        self.prints_of_now()
        with mock.patch.object(self.press.printing.printer, "print") as printing:
            self.prints_of_now()
        printing.assert_not_called()

    def test_a_press_that_is_killed_leaves_it_to_the_next(self):
        self.prints("Eleven cubits.")
        self.prints("Twelve cubits.")
        self.press = Press(self.shelf)
        self.assertEqual(self.prints_of_now(), PUT_OFF)
        self.assert_true_to_the_site()

    def test_a_withdrawn_story_is_gone_at_once(self):
        self.prints("Eleven cubits.")
        self.prints("Twelve cubits.")
        publishing.withdraw(self.story(0), by=None)
        self.assertLessEqual(PUT_OFF, self.prints_of_now())
        self.assertNotIn("cubits", self.says(COAST))

    def test_a_story_that_loses_the_tag_is_gone_from_its_feed_at_once(self):
        self.prints("Eleven cubits.")
        article = self.story(0)
        publishing.publish(article, dataclasses.replace(Content.newest(article), tags=()), by=None)
        self.assertIn(COAST, self.prints_of_now())

    def test_nobody_is_told_meanwhile_that_it_is_printed(self):
        until = self.press.spacing.printed_until
        self.prints("Eleven cubits.")
        self.assertEqual(until(NOON + HOUR), NOON + HOUR)
        self.prints("Twelve cubits.")
        self.assertEqual(until(NOON + HOUR), NOON)
        self.time_passes()
        waiting = self.press.spacing.put_off_until_now()
        self.assertEqual((set(waiting), until(NOON + HOUR)), (PUT_OFF, NOON))
        self.press.spacing.keep()
        self.assertEqual(until(NOON + HOUR), NOON + HOUR)
