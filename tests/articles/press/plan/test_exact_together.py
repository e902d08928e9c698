"""Changes that come one upon the other leave nothing old, although each prints only what shows it."""

import dataclasses
from unittest import mock

import time_machine

from articles import publishing
from articles.models import Article, OutboxEntry, Tag
from articles.publishing import Content
from articles.publishing.tags import save_tag
from tests import factories
from tests.articles.press.printed_newsroom import HOUR, NOON

from .exactly import Exactly

LATER = NOON + HOUR


class TogetherTest(Exactly):
    def test_several_in_one_batch(self):
        self.republished(0, headline="Another headline")
        self.republished(0, standfirst="Another sentence.", slug="another-word")
        publishing.add_tag(self.story(0), "law", by=None)
        publishing.withdraw(self.story(1), by=None)
        self.republished(0, kicker="Flood defence", tags=("law", "fog"))
        self.assert_exact()

    def test_a_change_and_the_change_back(self):
        self.republished(0, headline="Another headline")
        self.republished(0, headline="Story 0")
        self.rendered()
        self.assert_true_to_the_site()

    def test_it_comes_onto_a_list_in_the_same_batch(self):
        factories.published_articles(24, newest=NOON, section=self.harbours)
        self.printed()
        self.assertNotIn(self.story(0).get_absolute_url().encode(), self.shelf.read("/world/harbours/").body)
        publishing.withdraw(Article.objects.published().in_section(self.harbours).newest_first()[0], by=None)
        self.republished(0, headline="Another headline")
        self.rendered()
        self.assertIn(b"Another headline", self.shelf.read("/world/harbours/").body)
        self.assert_true_to_the_site()

    def test_one_that_comes_due_with_a_headline_of_before(self):
        article = factories.article(section=self.harbours, authors=[self.mara], tags=("coast",))
        publishing.schedule(article, by=None, at=LATER)
        self.assertEqual(self.rendered(), {})
        with time_machine.travel(LATER, tick=False):
            content = dataclasses.replace(Content.newest(article), headline="At the last moment")
            publishing.publish(article, content, by=None)
            self.rendered()
            self.assert_true_to_the_site()
            self.assertIn(b"At the last moment", self.shelf.read("/").body)

    def test_an_entry_that_names_a_tag_by_the_address_it_had_when_the_verb_began(self):
        tag = Tag.objects.get(name="coast")
        tag.slug = "shore"
        save_tag(tag)
        self.printed()
        self.republished(0, headline="Another headline")
        entry = OutboxEntry.objects.latest("pk")
        entry.change = {**entry.change, "tags": ["coast"]}
        entry.save()
        self.rendered()
        self.assert_true_to_the_site()

    def test_a_press_that_lost_its_position_and_begins_again(self):
        self.republished(0, headline="Another headline")
        self.shelf.note("position.json").delete()
        self.press = type(self.press)(self.shelf)
        self.rendered()
        self.assert_true_to_the_site()

    def test_a_press_that_was_killed_when_half_was_printed(self):
        self.republished(0, headline="Another headline")
        with mock.patch("articles.press.press.LOOK_EVERY", 0):
            self.press.turn()
        self.press = type(self.press)(self.shelf)
        self.rendered()
        self.assert_true_to_the_site()

    def test_a_page_in_somebodys_hand_is_printed_although_the_old_one_does_not_show_it(self):
        self.shelf.put("/tag/coast/", self.shelf.read("/about/"))
        with self.shelf.lock("/tag/coast/"):
            self.republished(0, headline="Another headline")
            self.press._take_in()
            found = []
            while (uri := self.press.queue.next()) is not None:
                found.append(uri)
        self.assertIn("/tag/coast/", found)

    def test_an_entry_that_does_not_say_what_changed_means_everything(self):
        self.republished(0, headline="Another headline")
        entry = OutboxEntry.objects.latest("pk")
        entry.change = {
            name: value for name, value in entry.change.items() if name not in ("changed", "came_or_left")
        }
        entry.save()
        article = self.story(0)
        found = self.rendered()
        self.assert_true_to_the_site()
        self.assertLessEqual({article.get_absolute_url(), "/", "/world/harbours/2026/06/"}, set(found))
