"""The most read articles, on their own page and on the front."""

from django.test import TestCase, override_settings
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models import MostRead
from articles.page_assets import page_assets, source
from articles.publishing.counting.reads import ON_FRONT
from tests import factories


class MostReadTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        mara = factories.author()
        cls.stories = [
            factories.published_article(headline=f"Story <{number}>", authors=[mara]) for number in range(8)
        ]
        for place, story in enumerate(reversed(cls.stories), 1):
            MostRead.objects.create(place=place, article=story, since=timezone.now())

    def headlines(self, path, where):
        page = LexborHTMLParser(self.client.get(path).text)
        return [link.text() for link in page.css(f"{where} .ranked li a")]

    def test_stand_in_their_order(self):
        self.assertEqual(self.headlines("/most-read/", ".list"), [f"Story <{n}>" for n in range(7, -1, -1)])

    def test_the_first_stand_on_the_front(self):
        self.assertEqual(self.headlines("/", ".latest"), [f"Story <{n}>" for n in range(7, 7 - ON_FRONT, -1)])

    def test_one_that_is_withdrawn_is_on_neither(self):
        publishing.withdraw(self.stories[7], by=None)
        for path, where in (("/most-read/", ".list"), ("/", ".latest")):
            self.assertNotIn("Story <7>", self.headlines(path, where))

    def test_take_few_queries(self):
        self.client.get("/most-read/")
        with self.assertNumQueries(2):
            self.client.get("/most-read/")
        with self.assertNumQueries(6):
            self.client.get("/")

    def test_before_anybody_was_counted_the_page_says_so(self):
        MostRead.objects.all().delete()
        self.assertContains(
            self.client.get("/most-read/"), "No story has been opened often enough to be listed yet."
        )
        self.assertNotContains(self.client.get("/"), "/most-read/")

    @override_settings(MOST_READ=False)
    def test_turned_off_there_is_nothing_of_it(self):
        self.assertEqual(self.client.get("/most-read/").status_code, 404)
        self.assertNotContains(self.client.get("/"), "Most read")
        self.assertNotContains(self.client.get(self.stories[0].get_absolute_url()), "sendBeacon")


class BeaconTest(TestCase):
    def test_is_small_and_asks_the_reader_first(self):
        text = page_assets("article").enhancements["read"]
        self.assertLessEqual(len(text.encode()), 300)
        self.assertIn("doNotTrack", text)
        self.assertIn("globalPrivacyControl", text)
        self.assertNotIn("cookie", source("js/enhancements/read.js"))

    def test_is_on_articles_alone(self):
        story = factories.published_article(tags=("coast",))
        for path, is_there in ((story.get_absolute_url(), True), ("/", False), ("/tag/coast/", False)):
            self.assertEqual("sendBeacon" in self.client.get(path).text, is_there, path)

    def test_a_preview_counts_nobody(self):
        self.client.force_login(factories.editor())
        self.assertNotContains(self.client.get(factories.article().get_absolute_url()), "sendBeacon")
