import datetime
import json

import brotli
from django.conf import settings
from django.test import TestCase
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.fronts.breaking import LARGEST_FILE
from articles.page_assets import page_assets
from articles.publishing.breaking_line import put_out
from tests import factories

HOUR = datetime.timedelta(hours=1)
# Of the script that all other pages carry for it, compressed by itself.
MOST_BYTES = 190


class BreakingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.section = factories.section("World")
        cls.mara = factories.author()
        cls.story = factories.published_article(section=cls.section, tags=("coast",), authors=[cls.mara])
        cls.old = factories.published_article(section=cls.section, at=timezone.now() - 900 * 24 * HOUR)
        cls.about = factories.page("About")

    def put(self, text="The harbour is <closed>", link="/world/"):
        return put_out(text, link, timezone.now() + HOUR, by=None)

    def lines(self, path):
        return LexborHTMLParser(self.client.get(path).text).css(".breaking")

    def test_the_file_is_small_text_that_is_asked_for_each_time(self):
        for text, lines in (("0", 1), (None, 5)):
            if text is None:
                self.put()
            with self.assertNumQueries(1):
                answer = self.client.get("/breaking.txt")
            self.assertEqual(answer["Content-Type"], "text/plain; charset=utf-8")
            self.assertEqual(answer["Cache-Control"], "no-cache")
            self.assertEqual(len(answer.text.split("\n")), lines)
            self.assertLessEqual(len(brotli.compress(answer.content)), LARGEST_FILE)
            again = self.client.get("/breaking.txt", headers={"if-none-match": answer["ETag"]})
            self.assertEqual((again.status_code, again["Cache-Control"]), (304, "no-cache"))

    def test_fronts_and_the_newest_articles_have_it_below_their_heads(self):
        line = self.put()
        for path in ("/", "/world/", self.story.get_absolute_url()):
            with self.subTest(path):
                [found] = self.lines(path)
                self.assertEqual(found.attributes["data-ends"], str(line.ends))
                self.assertEqual(found.attributes["aria-label"], "Breaking news")
                self.assertEqual(found.css_first("a").attributes["href"], "/world/")
                self.assertEqual(found.css_first("a").text(), "The harbour is <closed>")
                self.assertEqual(found.next.next.tag, "main")

    def test_without_a_link_it_is_text(self):
        self.put(link="")
        [found] = self.lines("/")
        self.assertEqual((found.css("a"), found.css_first("span").text()), ([], "The harbour is <closed>"))

    def test_costs_no_query_more(self):
        self.client.get("/")
        asked = [("/", 6), (self.story.get_absolute_url(), 5), ("/world/", 4)]
        self.put()
        for path, most in asked:
            with self.subTest(path), self.assertNumQueries(most):
                self.client.get(path)

    def test_other_pages_have_only_what_asks_for_it(self):
        without = {path: self.client.get(path).content for path in self.other_pages()}
        line = self.put()
        line.since = int((timezone.now() - HOUR).timestamp())
        line.save()
        for path in self.other_pages():
            with self.subTest(path):
                answer = self.client.get(path)
                self.assertEqual(answer.content, without[path])
                self.assertIn(b"/breaking.txt", answer.content)

    def other_pages(self):
        return ["/tag/coast/", "/about/", "/search/", "/archive/", self.old.get_absolute_url(), "/nowhere/"]

    def test_fronts_without_it_have_nothing_of_it(self):
        for path in ("/", "/world/"):
            self.assertNotIn(b"breaking", self.client.get(path).content)

    def test_pages_that_are_printed_with_it_do_not_ask_for_it(self):
        self.put()
        for path in ("/", "/world/", self.story.get_absolute_url()):
            with self.subTest(path):
                answer = self.client.get(path)
                self.assertIn(page_assets("article").enhancements["breaking"], answer.text)
                self.assertIn(page_assets("article").sheets["breaking"], answer.text)
                self.assertNotIn("/breaking.", answer.text)

    def test_what_pages_carry_for_it_is_small(self):
        ask = page_assets("article").enhancements["ask_breaking"]
        self.assertLessEqual(len(brotli.compress(ask.encode())), MOST_BYTES)
        for path in self.other_pages():
            self.assertNotIn(page_assets("article").sheets["breaking"], self.client.get(path).text)

    def test_their_policy_lets_in_the_script_that_shows_it_and_no_other_file(self):
        for path in self.other_pages():
            [meta] = LexborHTMLParser(self.client.get(path).text).css("[http-equiv=Content-Security-Policy]")
            scripts = meta.attributes["content"].split("script-src ")[1].split(";")[0].split()
            files = [each for each in scripts if not each.startswith("'sha256-")]
            self.assertEqual(files, [f"{settings.SITE_URL}/breaking.js"], path)

    def test_that_script_brings_its_style_and_has_no_words(self):
        with self.assertNumQueries(0):
            answer = self.client.get("/breaking.js")
        self.assertEqual(answer["Content-Type"], "text/javascript; charset=utf-8")
        self.assertEqual(answer["Cache-Control"], self.client.get("/")["Cache-Control"])
        self.assertIn(json.dumps(str(page_assets("front").sheets["breaking"])), answer.text)
        self.assertNotIn("Breaking news", answer.text)
        self.assertNotIn("Close", answer.text)
