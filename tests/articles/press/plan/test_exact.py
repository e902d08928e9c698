"""A change of an article has those pages printed that show it, and no page that comes out as it was.

Of values that the press compares in the same way, some are tried with --full alone: a search title stands for a search
description and a canonical address, a kicker for a language and the minutes, a mended word for what only the page itself shows.
"""

import dataclasses

import pytest
import time_machine

from articles import publishing
from articles.models import Section
from articles.models.articles.article_queries import CARD
from articles.publishing import BylineContent, Content
from articles.publishing.article.content.seen_by_readers import as_seen, on_cards
from articles.publishing.sections import save_section
from tests import factories
from tests.articles.press.printed_newsroom import DAY, HOUR, NOON

from .exactly import Exactly

LATER = NOON + HOUR


class OneChangeTest(Exactly):
    LISTS = {"/", "/world/", "/world/harbours/", "/tag/coast/", "/author/mara-ellis/"}

    def assert_alone(self, **changes):
        article = self.republished(0, **changes)
        self.assertEqual(self.assert_exact(), {article.get_absolute_url()})

    def test_a_mended_word(self):
        with time_machine.travel(LATER, tick=False):
            self.assert_alone(body=factories.BODY.replace("eleven", "twelve"))

    def test_a_search_title(self):
        self.assert_alone(search_title="The wall, and what it costs")

    @pytest.mark.full
    def test_a_search_description(self):
        self.assert_alone(search_description="Four metres high.")

    @pytest.mark.full
    def test_a_canonical_address(self):
        self.assert_alone(canonical_url="https://other.example/wall/")

    def test_another_kind_and_the_stars_of_a_review(self):
        self.assert_alone(kind="review", reviewed="The wall", rating=3)

    def test_an_opinion_is_named_wherever_it_is_listed(self):
        article = self.republished(0, kind="opinion")
        exact = self.assert_exact()
        self.assertLessEqual({article.get_absolute_url(), "/", "/tag/coast/"}, exact)

    def test_being_kept_from_search_engines(self):
        article = self.republished(0, noindex=True)
        exact = self.assert_exact()
        self.assertEqual(
            {path for path in exact if not path.startswith("/sitemap")}, {article.get_absolute_url()}
        )

    def test_another_role_of_one_who_did_not_write_it(self):
        lines = (BylineContent(self.mara.pk), BylineContent(self.jonas.pk, "Photographs by"))
        self.republished(0, bylines=lines)
        self.printed()
        self.before = self.files()
        lines = (BylineContent(self.mara.pk), BylineContent(self.jonas.pk, "Pictures by"))
        self.assert_alone(bylines=lines)

    @pytest.mark.full
    def test_another_order_of_tags(self):
        article = self.republished(2, tags=("law", "coast"))
        self.assertEqual(self.assert_exact(), {article.get_absolute_url()})

    def test_a_note_to_readers(self):
        publishing.correct(self.story(0), by=None, text="The wall is five metres high.")
        self.assertEqual(self.assert_exact(), {self.story(0).get_absolute_url()})

    def test_a_second_note_in_the_same_moment(self):
        publishing.correct(self.story(0), by=None, text="The wall is five metres high.")
        self.printed()
        self.before = self.files()
        publishing.correct(self.story(0), by=None, text="And eleven kilometres long.")
        self.assertEqual(self.assert_exact(), {self.story(0).get_absolute_url()})

    def test_a_headline_is_on_all_that_shows_the_article(self):
        with time_machine.travel(LATER, tick=False):
            article = self.republished(0, headline="Another headline")
            changed = self.assert_exact()
        dates = {f"{start}2026/{date}/" for start in self.LISTS for date in ("06", "06/01")}
        beside = {self.story(number).get_absolute_url() for number in (3, 6, 9)}
        self.assertEqual(changed, {article.get_absolute_url(), *self.LISTS, *dates, *beside})

    def test_a_standfirst_is_not_on_months_nor_beside(self):
        article = self.republished(0, standfirst="Another sentence.")
        self.assertEqual(self.assert_exact(), {article.get_absolute_url(), *self.LISTS})

    def test_a_beginning_that_stands_for_the_standfirst(self):
        self.republished(0, standfirst="")
        self.assert_exact()
        self.before = self.files()
        article = self.republished(0, body="<p>The wall is five metres high.</p>")
        self.assertEqual(self.assert_exact(), {article.get_absolute_url(), *self.LISTS})

    @pytest.mark.full
    def test_the_minutes_that_it_takes(self):
        self.republished(0, body=f"{factories.BODY}<p>{'More words. ' * 400}</p>")
        self.assertLessEqual(
            {*self.LISTS, "/2026/06/", self.story(3).get_absolute_url()}, self.assert_exact()
        )

    def test_a_kicker(self):
        self.republished(0, kicker="Flood defence")
        self.assertLessEqual(
            {*self.LISTS, "/2026/06/", self.story(3).get_absolute_url()}, self.assert_exact()
        )

    def test_a_slug(self):
        self.republished(0, slug="another-word")
        self.assertLessEqual(
            {*self.LISTS, "/2026/06/", self.story(3).get_absolute_url()}, self.assert_exact()
        )

    def test_what_leads_to_it_changes_with_its_address_alone(self):
        old = self.story(0).get_absolute_url()
        self.republished(0, slug="another-word")
        self.assert_exact()
        self.before = self.files()
        self.republished(0, headline="Another headline")
        self.assertNotIn(old, self.assert_exact())

    @pytest.mark.full
    def test_a_language(self):
        self.republished(0, language="de")
        self.assertLessEqual(
            {*self.LISTS, "/2026/06/", self.story(3).get_absolute_url()}, self.assert_exact()
        )

    @pytest.mark.full
    def test_a_direction(self):
        self.republished(0, direction="rtl")
        self.assertEqual(self.assert_exact(), {self.story(0).get_absolute_url()})

    def test_a_direction_of_another_language(self):
        self.republished(0, language="de")
        self.assert_exact()
        self.before = self.files()
        self.republished(0, direction="rtl")
        self.assertLessEqual({*self.LISTS, "/2026/06/"}, self.assert_exact())

    def test_a_first_picture_and_another_and_none(self):
        first, second = (factories.image(width=600, height=400, seed=seed) for seed in (1, 2))
        self.printed()
        shown = {self.story(3).get_absolute_url(), "/", "/world/", "/tag/coast/", "/tag/coast/2026/05/"}
        for image in (first, second, None):
            with self.subTest(image):
                self.before = self.files()
                self.republished(3, lead_image_id=image and image.pk)
                changed = self.assert_exact()
                self.assertLessEqual(shown, changed)
                # It stands first there, and further down under the others.
                self.assertIn(self.story(0).get_absolute_url(), changed)
                self.assertNotIn(self.story(6).get_absolute_url(), changed)

    def test_a_picture_by_which_a_story_comes_onto_the_front(self):
        self.assert_comes_onto_the_front(None)

    def test_a_picture_in_the_place_of_one_that_readers_do_not_get(self):
        withheld = factories.image(width=600, height=400, seed=2)
        withheld.withheld = True
        withheld.save()
        self.assert_comes_onto_the_front(withheld)

    def assert_comes_onto_the_front(self, picture_before):
        """The fourth department is a strip of pictures, which leaves out the story without one."""
        image = factories.image(width=600, height=400, seed=1)
        last = max(section.order for section in Section.objects.all())
        sport, science = (
            save_section(Section(name=name, slug=name.lower(), order=last + number))
            for number, name in enumerate(("Sport", "Science"), start=1)
        )
        self.publish(at=NOON - HOUR, section=sport)
        plain = self.publish(at=NOON - HOUR, section=science, headline="Plain", lead_image=picture_before)
        for number in range(4):
            self.publish(at=NOON - HOUR * (number + 2), section=science, lead_image=image)
        factories.published_articles(13, newest=NOON, apart=HOUR / 60, section=self.culture)
        self.rendered()
        self.before = self.files()
        self.assertNotIn(b"Plain", self.before["/"].body)
        content = dataclasses.replace(Content.of(plain), lead_image_id=image.pk)
        publishing.publish(plain, content, by=None)
        self.assertIn("/", self.assert_exact())
        self.assertIn(b"Plain", self.shelf.read("/").body)

    def test_a_second_author(self):
        self.republished(0, bylines=(BylineContent(self.mara.pk), BylineContent(self.jonas.pk)))
        self.assertLessEqual({"/", "/tag/coast/", "/author/jonas-okafor/"}, self.assert_exact())

    def test_one_who_did_not_write_it_is_on_no_card(self):
        self.republished(
            0, bylines=(BylineContent(self.mara.pk), BylineContent(self.jonas.pk, "Photographs by"))
        )
        changed = self.assert_exact()
        self.assertIn("/author/jonas-okafor/2026/06/", changed)
        self.assertTrue(changed.isdisjoint({"/", "/tag/coast/", "/author/mara-ellis/"}))

    def test_another_order_of_those_who_wrote_it(self):
        self.republished(2, bylines=(BylineContent(self.jonas.pk), BylineContent(self.mara.pk)))
        self.assertLessEqual({"/author/mara-ellis/", "/author/jonas-okafor/"}, self.assert_exact())

    def test_another_author(self):
        self.republished(0, bylines=(BylineContent(self.jonas.pk),))
        self.assertLessEqual({"/", "/author/mara-ellis/", "/author/jonas-okafor/"}, self.assert_exact())

    def test_a_tag_more_is_on_no_other_list(self):
        article = publishing.add_tag(self.story(0), "law", by=None)
        # The months and days of the tag before this one lead to it.
        law = {"/tag/law/", *(f"/tag/law/2026/{date}/" for date in ("06", "05", "05/14"))}
        self.assertEqual(self.assert_exact(), {article.get_absolute_url(), *law})

    def test_a_tag_less(self):
        self.republished(2, tags=("coast",))
        changed = self.assert_exact()
        self.assertIn("/tag/law/", changed)
        self.assertNotIn("/tag/coast/", changed)

    def test_another_department(self):
        publishing.move_to_section(self.story(0), self.culture, by=None)
        changed = self.assert_exact()
        self.assertLessEqual({"/", "/world/", "/world/harbours/", "/culture/", "/tag/coast/"}, changed)
        self.assertNotIn("/world/courts/", changed)

    def test_another_section_of_the_department(self):
        publishing.move_to_section(self.story(0), self.courts, by=None)
        changed = self.assert_exact()
        self.assertLessEqual({"/", "/world/harbours/", "/world/courts/", "/tag/coast/"}, changed)
        self.assertNotIn("/world/", changed)

    def test_another_section_of_the_department_under_the_same_kicker(self):
        self.republished(0, kicker="Flood defence")
        self.assert_exact()
        self.before = self.files()
        publishing.move_to_section(self.story(0), self.courts, by=None)
        changed = self.assert_exact()
        self.assertTrue(changed.isdisjoint({"/", "/world/", "/tag/coast/", "/2026/06/"}))

    def test_lists_that_show_newer_ones_are_not_printed(self):
        factories.published_articles(25, newest=NOON, section=self.harbours, tags=("coast",))
        self.assert_exact(maybe=self.shelf.walk())
        self.before = self.files()
        self.republished(9, headline="Another headline")
        changed = self.assert_exact()
        self.assertTrue(changed.isdisjoint({"/", "/world/", "/world/harbours/", "/tag/coast/"}))
        self.assertLessEqual({"/author/mara-ellis/", "/tag/coast/2026/04/"}, changed)

    def test_a_first_time(self):
        self.publish()
        self.assertIn("/", self.assert_exact())

    def test_another_publish_time(self):
        with time_machine.travel(LATER, tick=False):
            at = self.story(0).publish_at - 30 * HOUR
            article = publishing.change_publish_time(self.story(0), by=None, at=at)
            self.assertIn(article.get_absolute_url(), self.assert_exact())

    def test_another_publish_time_of_the_same_day_keeps_all_pages_true(self):
        """Lists show the day alone, so most of what is printed comes out as it was."""
        with time_machine.travel(LATER, tick=False):
            at = self.story(0).publish_at - HOUR
            article = publishing.change_publish_time(self.story(0), by=None, at=at)
            self.assertIn(article.get_absolute_url(), self.assert_exact(maybe=self.shelf.walk()))

    def test_another_day(self):
        self.republished(3, at=NOON - 40 * DAY)
        self.assertLessEqual({"/", "/world/", "/2026/05/"}, self.assert_exact())

    def test_an_end_that_is_still_to_come_shows_nowhere(self):
        self.republished(0, until=NOON + DAY)
        self.assertEqual(self.assert_exact(), set())
        with time_machine.travel(NOON + DAY, tick=False):
            self.assertIn("/", self.assert_exact())

    def test_withdrawn_and_published_again(self):
        publishing.withdraw(self.story(0), by=None)
        self.assertIn("/", self.assert_exact())
        self.before = self.files()
        publishing.publish(self.story(0), by=None)
        self.assertIn("/", self.assert_exact())

    def test_put_into_the_bin_and_later_deleted_for_good(self):
        address = self.story(0).get_absolute_url()
        binned = publishing.put_in_bin(self.story(0), by=None)
        self.assertIn("/", self.assert_exact())
        self.before = self.files()
        publishing.delete_for_good(binned)
        self.assertEqual(self.assert_exact(), {address})

    def test_published_once_more_as_it_was(self):
        publishing.publish(self.story(0), by=None)
        self.assertEqual(self.assert_exact(), set())

    def test_another_slug_of_what_is_withdrawn(self):
        publishing.withdraw(self.story(0), by=None)
        self.assert_exact()
        self.before = self.files()
        article = self.story(0)
        content = dataclasses.replace(Content.newest(article), slug="another-word", headline="Not yet")
        article = publishing.save_draft(article, content, by=None)
        self.assertEqual(
            self.assert_exact(maybe=[self.stories["Story 0"].get_absolute_url()]),
            {article.get_absolute_url()},
        )

    def test_what_a_verb_compares_is_what_cards_are_made_of(self):
        self.assertEqual(set(on_cards(self.story(0))), set(CARD))

    def test_one_that_was_never_out_is_not_looked_at(self):
        draft = factories.article()
        with self.assertNumQueries(0):
            self.assertEqual(as_seen(draft).values, {})
