import uuid

from django.test import TestCase
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models.addresses.paths import embed_address
from tests import factories


class EmbedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = factories.published_article(
            headline='The <b>"wall"</b>', standfirst="Four metres.", lead_image=factories.image(alt="A wall")
        )

    def ask(self, article=None):
        return self.client.get(embed_address((article or self.article).uid))

    def test_is_a_card_that_leads_to_the_story(self):
        with self.assertNumQueries(1):
            response = self.ask()
        page = LexborHTMLParser(response.content)
        self.assertEqual(page.css_first("h1").text(), 'The <b>"wall"</b>')
        own = f"http://localhost:8000{self.article.get_absolute_url()}"
        self.assertEqual(page.css_first("h1 a").attributes["href"], own)
        self.assertEqual(page.css_first('link[rel="canonical"]').attributes["href"], own)
        self.assertEqual(page.css_first('meta[name="robots"]').attributes["content"], "noindex")
        self.assertEqual(page.css_first("img").attributes["alt"], "A wall")
        self.assertFalse(page.css("script"))
        self.assertTrue(response.facts.pictures)
        self.assertLess(len(response.content), 6000)

    def test_may_be_framed_and_nothing_else_of_ours_may(self):
        response = self.ask()
        self.assertEqual(response["Content-Security-Policy"], "frame-ancestors *")
        self.assertNotIn("X-Frame-Options", response)
        for address in ("/", self.article.get_absolute_url(), "/robots.txt", "/embed/x/", "/admin/login/"):
            other = self.client.get(address)
            self.assertNotIn("frame-ancestors *", other["Content-Security-Policy"])
            self.assertEqual(other["X-Frame-Options"], "DENY")

    def test_goes_with_its_story(self):
        publishing.withdraw(self.article, by=None)
        response = self.ask()
        self.assertContains(response, "withdrawn", status_code=410)
        self.assertNotContains(response, "wall", status_code=410)
        self.assertEqual(response["Content-Security-Policy"], "frame-ancestors *")

    def test_is_none_of_what_readers_never_had(self):
        response = self.ask(factories.article(headline="Draft"))
        self.assertEqual(response.status_code, 404)
        self.assertLess(len(response.content), 100)
        self.assertEqual(self.client.get(embed_address(uuid.uuid4())).status_code, 404)
