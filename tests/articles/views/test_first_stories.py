"""A section, a tag or an author is on the site from its first public story to its last."""

import datetime

import time_machine
from django.test import TestCase

from articles import publishing
from articles.models import Section, Tag
from articles.models.addresses.paths import LISTS_SITEMAP, feed_addresses
from articles.publishing.authors import save_author
from articles.publishing.sections import save_section
from articles.publishing.tags import save_tag
from tests import factories

NOON = datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
LISTS = ("/sport/", "/sport/rowing/", "/tag/oars/", "/author/jonas-okafor/")


class FirstStoriesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.sport = factories.section("Sport")
        cls.rowing = factories.section("Rowing", parent=cls.sport)
        cls.jonas, cls.oars = factories.author("Jonas Okafor"), factories.tag("oars")
        factories.published_article(at=NOON - HOUR, section=cls.world)

    def publish(self, **times):
        return factories.published_article(section=self.rowing, authors=[self.jonas], tags=("oars",), **times)

    def assert_shown(self, *lists):
        """These of LISTS have a page and feeds, and stand in the sitemap; the others are nowhere."""
        sitemap = self.client.get(LISTS_SITEMAP).content.decode()
        front = self.client.get("/").content.decode()
        for start in LISTS:
            with self.subTest(start):
                status = 200 if start in lists else 404
                for address in (start, *feed_addresses(start)):
                    self.assertEqual(self.client.get(address).status_code, status, address)
                self.assertEqual(f"{start}</loc>" in sitemap, start in lists)
                if start in ("/sport/", "/sport/rowing/"):
                    self.assertEqual(f'href="{start}"' in front, start in lists)

    def test_are_what_brings_a_list_onto_the_site(self):
        with time_machine.travel(NOON, tick=False):
            factories.article(section=self.rowing, authors=[self.jonas], tags=("oars",))
            self.assert_shown()
            article = self.publish()
            self.assert_shown(*LISTS)
            publishing.withdraw(article, by=None)
            self.assert_shown()

    def test_come_and_go_with_time_alone(self):
        with time_machine.travel(NOON, tick=False) as clock:
            self.publish(at=NOON + HOUR, until=NOON + 2 * HOUR)
            self.assert_shown()
            clock.shift(HOUR)
            self.assert_shown(*LISTS)
            clock.shift(HOUR)
            self.assert_shown()

    def test_are_not_waited_for_if_the_desk_says_so(self):
        self.rowing.shown_without_stories = True
        save_section(self.rowing)
        self.assert_shown("/sport/", "/sport/rowing/")

    def test_of_a_subsection_show_its_department_and_not_its_sisters(self):
        factories.section("Sailing", parent=self.sport)
        factories.published_article(section=self.rowing, at=NOON)
        self.assert_shown("/sport/", "/sport/rowing/")
        self.assertEqual(self.client.get("/sport/sailing/").status_code, 404)
        self.assertNotContains(self.client.get("/sport/"), "Sailing")

    def test_of_the_department_alone_show_none_of_its_subsections(self):
        factories.published_article(section=self.sport, at=NOON)
        self.assert_shown("/sport/")

    def test_no_redirect_leads_to_a_list_without_them(self):
        for thing, save in ((self.oars, save_tag), (self.jonas, save_author), (self.sport, save_section)):
            thing.slug = f"new-{thing.slug}"
            save(thing)
        olds = {start: start.replace("oars", "new-oars") for start in LISTS}
        for old in olds:
            for address in (old, *feed_addresses(old)):
                self.assertEqual(self.client.get(address).status_code, 404, address)
        article = self.publish()
        for old in olds:
            for address in (old, *feed_addresses(old)):
                response = self.client.get(address)
                self.assertEqual(response.status_code, 301, address)
                self.assertEqual(self.client.get(response["Location"]).status_code, 200)
        publishing.withdraw(article, by=None)
        self.assertEqual(self.client.get("/tag/oars/").status_code, 404)

    def test_a_list_without_them_takes_nobodys_old_address(self):
        """It is not seen, so what had the address before is still found."""
        self.publish()
        self.oars.slug = "new-oars"
        save_tag(self.oars)
        save_tag(Tag(name="Other oars", slug="oars"))
        self.assertEqual(self.client.get("/tag/oars/")["Location"], "/tag/new-oars/")

    def test_cost_no_more_queries(self):
        for address, queries in {"/sport/": 4, "/tag/oars/": 6, "/author/jonas-okafor/": 6}.items():
            with self.subTest(address), self.assertNumQueries(queries):
                self.client.get(address)


class DeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()

    def setUp(self):
        self.client.force_login(self.editor)

    def test_shows_the_way_to_the_page_once_there_is_one(self):
        tag = factories.tag("oars")
        form = f"/admin/articles/tag/{tag.pk}/change/"
        self.assertNotContains(self.client.get(form), 'href="/tag/oars/"')
        factories.published_article(tags=("oars",))
        self.assertContains(self.client.get(form), 'href="/tag/oars/"')

    def test_may_show_a_section_before(self):
        sport = factories.section("Sport")
        form = f"/admin/articles/section/{sport.pk}/change/"
        self.client.post(
            form, {"name": "Sport", "slug": "sport", "shown_without_stories": "on", "shown_version": 0}
        )
        self.assertTrue(Section.objects.get().shown_without_stories)
        self.assertEqual(self.client.get("/sport/").status_code, 200)
