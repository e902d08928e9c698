import datetime

import time_machine
from django.test import TestCase

from articles import publishing
from articles.models import Article, Page
from tests import factories
from tests.articles.views.page_readings import facts_read, facts_said

NOON = datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@time_machine.travel(NOON + DAY, tick=False)
class FactsTests(TestCase):
    """Of every kind of page, the facts are what its HTML shows."""

    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.letters = factories.section("Letters", parent=cls.world)
        portrait, wide, high = (
            factories.image(name, width=width, height=height)
            for name, width, height in (("Mara", 400, 500), ("Wall", 2000, 1000), ("Tower", 90, 300))
        )
        mara = factories.author("Mara Ellis", portrait=portrait, biography="Writes on coasts.")
        for number in range(30):
            factories.published_article(
                at=NOON - number * DAY,
                section=cls.letters,
                authors=[mara],
                tags=("coast",),
                lead_image=(wide, high, None)[number % 3],
            )
        body = "".join(
            f'<figure><img data-image="{image.pk}"></figure><p>Words.</p>' for image in (wide, high)
        )
        cls.full = factories.published_article(
            at=NOON, section=cls.world, authors=[mara], lead_image=high, body=body
        )
        cls.bare = factories.published_article(at=NOON - 70 * DAY, section=factories.section("Sport"))
        factories.page("About", body=body)

    def assert_true(self, response, status=200):
        self.assertEqual(response.status_code, status)
        self.assertEqual(facts_said(response), facts_read(response))
        return response.facts

    def test_of_lists(self):
        for address in ("/", "/world/", "/world/letters/", "/tag/coast/", "/author/mara-ellis/"):
            with self.subTest(address):
                self.assertTrue(self.assert_true(self.client.get(address)).pictures)

    def test_of_an_article_and_of_the_papers_own_page(self):
        for address, pictures in {
            self.full.get_absolute_url(): 17,
            self.bare.get_absolute_url(): 0,
            "/about/": 12,
        }.items():
            with self.subTest(address):
                self.assertEqual(len(self.assert_true(self.client.get(address)).pictures), pictures)

    def test_of_months_and_days(self):
        for address, beside in {
            "/2026/06/": ("/2026/04/", ""),
            "/2026/04/": ("", "/2026/06/"),
            "/2026/06/29/": ("/2026/06/28/", "/2026/06/30/"),
            "/world/letters/2026/06/": ("", ""),
            "/tag/coast/2026/06/01/": ("", "/tag/coast/2026/06/02/"),
            "/author/mara-ellis/2026/06/30/": ("/author/mara-ellis/2026/06/29/", ""),
        }.items():
            with self.subTest(address):
                facts = self.assert_true(self.client.get(address))
                self.assertEqual((facts.earlier, facts.later, facts.divided_into), (*beside, ()))

    def test_of_what_has_moved(self):
        newest = publishing.Content.newest(self.bare)
        old = self.bare.get_absolute_url()
        publishing.publish(self.bare, publishing.Content(**{**vars(newest), "slug": "other-words"}), by=None)
        facts = self.assert_true(self.client.get(old), 301)
        self.assertEqual(facts.leads_to, Article.objects.get(pk=self.bare.pk).get_absolute_url())

    def test_of_what_is_gone(self):
        address = self.bare.get_absolute_url()
        publishing.withdraw(self.bare, by=None)
        self.assert_true(self.client.get(address), 410)

    def test_of_what_was_never_there(self):
        self.assertTrue(self.assert_true(self.client.get("/no-such-page/"), 404).pictures)

    def test_of_a_preview(self):
        self.client.force_login(factories.editor())
        self.assertTrue(self.assert_true(self.client.get(f"/preview/{self.full.uid}/")).pictures)

    def test_a_picture_that_is_gone_is_named_by_neither(self):
        Page.objects.update(
            prepared_body=Page.objects.get().prepared_body.replace("data-image=", "data-image=9")
        )
        self.assertEqual(self.assert_true(self.client.get("/about/")).pictures, ())
