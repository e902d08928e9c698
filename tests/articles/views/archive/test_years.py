import datetime

from django.test import TestCase
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from tests import factories


def at(*date):
    return datetime.datetime(*date, 12, tzinfo=datetime.UTC)


class YearsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.section = factories.section("World")
        for date in ((2026, 3, 9), (2026, 3, 9), (2026, 3, 8), (2026, 1, 31), (2024, 12, 31)):
            factories.published_article(at=at(*date), section=cls.section)
        factories.article(section=cls.section)
        factories.published_article(at=timezone.now() + datetime.timedelta(days=400), section=cls.section)

    def links(self, address):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200)
        return [each.attributes["href"] for each in LexborHTMLParser(response.content).css("main section a")]

    def test_the_archive_has_the_months_of_all_years_the_newest_first(self):
        wanted = ["/2026/", "/2026/03/", "/2026/01/", "/2024/", "/2024/12/"]
        self.assertEqual(self.links("/archive/"), wanted)

    def test_a_year_has_its_months_and_their_days(self):
        wanted = ["/2026/03/", "/2026/03/09/", "/2026/03/08/", "/2026/01/", "/2026/01/31/"]
        self.assertEqual(self.links("/2026/"), wanted)

    def test_each_leads_to_a_page(self):
        for address in (*self.links("/archive/"), *self.links("/2026/")):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 200)

    def test_a_year_without_stories_has_no_page(self):
        for year in ("2025", "0001", "0000", "9999", "1969"):
            with self.subTest(year):
                self.assertEqual(self.client.get(f"/{year}/").status_code, 404)

    def test_more_stories_cost_no_more_queries(self):
        for address, most in (("/archive/", 3), ("/2026/", 2)):
            with self.subTest(address), self.assertNumQueries(most):
                self.client.get(address)
        factories.published_articles(30, newest=at(2026, 3, 9), section=self.section)
        for address, most in (("/archive/", 3), ("/2026/", 2)):
            with self.subTest(address), self.assertNumQueries(most):
                self.client.get(address)

    def test_a_paper_of_fifty_years_is_asked_for_a_hundred_months_at_once(self):
        factories.published_article(at=at(1976, 5, 1), section=self.section)
        with self.assertNumQueries(2 + 6):
            self.assertEqual(self.links("/archive/")[-2:], ["/1976/", "/1976/05/"])

    def test_without_a_story_the_archive_is_empty(self):
        self.section.articles.all().delete()
        self.assertEqual(self.links("/archive/"), [])

    def test_the_foot_of_every_page_leads_there(self):
        for address in ("/", "/world/", "/2026/03/", "/archive/"):
            with self.subTest(address):
                foot = LexborHTMLParser(self.client.get(address).content).css_first("footer")
                self.assertTrue(foot.css("a[href='/archive/']"))

    def test_a_withdrawn_story_leaves_them(self):
        for article in self.section.articles.published(timezone.now()).filter(publish_at__year=2024):
            publishing.withdraw(article, by=None)
        self.assertEqual(self.links("/archive/"), ["/2026/", "/2026/03/", "/2026/01/"])
        self.assertEqual(self.client.get("/2024/").status_code, 404)
