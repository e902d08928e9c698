import datetime
import json
from urllib.parse import urlencode
from xml.etree import ElementTree

from django.test import TestCase
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models import Article
from articles.models.addresses.paths import embed_address
from tests import factories

SITE = "http://localhost:8000"
HOUR = datetime.timedelta(hours=1)


class OembedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = factories.published_article(
            headline='The <b>"wall"</b> & more',
            authors=[factories.author("Mara Ellis")],
            lead_image=factories.image(width=1800, height=1200),
        )
        cls.address = f"{SITE}{cls.article.get_absolute_url()}"

    def ask(self, url=None, **more):
        return self.client.get(f"/oembed?{urlencode({'url': url or self.address, **more})}")

    def test_says_field_by_field_what_the_specification_wants(self):
        with self.assertNumQueries(3):
            response = self.ask()
        self.assertEqual(response["Content-Type"], "application/json; charset=utf-8")
        self.assertEqual(response["Access-Control-Allow-Origin"], "*")
        facts = response.json()
        frame = LexborHTMLParser(facts.pop("html")).css_first("iframe").attributes
        self.assertEqual(frame["src"], f"{SITE}{embed_address(self.article.uid)}")
        self.assertEqual((frame["width"], frame["height"]), ("600", "220"))
        self.assertEqual(frame["title"], self.article.headline)
        thumbnail = facts.pop("thumbnail_url").removeprefix(SITE)
        self.assertEqual(self.client.get(thumbnail)["Content-Type"], "image/jpeg")
        self.assertEqual(
            facts,
            {
                "version": "1.0",
                "type": "rich",
                "title": self.article.headline,
                "author_name": "Mara Ellis",
                "author_url": f"{SITE}/author/mara-ellis/",
                "provider_name": "The Newsroom",
                "provider_url": f"{SITE}/",
                "cache_age": 3600,
                "width": 600,
                "height": 220,
                "thumbnail_width": 504,
                "thumbnail_height": 336,
            },
        )

    def test_says_the_same_as_xml(self):
        response = self.ask(format="xml")
        self.assertEqual(response["Content-Type"], "text/xml; charset=utf-8")
        root = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
        facts = {name: str(value) for name, value in self.ask().json().items()}
        self.assertEqual({each.tag: each.text for each in root}, facts)

    def test_keeps_to_the_room_that_a_site_has(self):
        facts = self.ask(maxwidth=320, maxheight=100).json()
        self.assertEqual((facts["width"], facts["height"]), (320, 100))
        self.assertNotIn("thumbnail_url", facts)
        self.assertIn('width="320" height="100"', facts["html"])
        self.assertEqual(self.ask(maxwidth="x", maxheight="-1").json()["width"], 600)

    def test_knows_other_forms_of_the_address(self):
        for url in (
            self.address.rstrip("/"),
            f"{self.address}?utm_source=mail#part",
            self.address.replace("http:", "https:"),
            f"{SITE}{embed_address(self.article.uid)}",
        ):
            self.assertEqual(self.ask(url).json()["title"], self.article.headline, url)
        content = publishing.Content.newest(self.article)
        publishing.publish(self.article, publishing.Content(**vars(content) | {"slug": "moved"}), by=None)
        self.assertEqual(self.ask().json()["title"], self.article.headline)

    def test_says_nothing_of_what_is_not_public_or_not_ours(self):
        draft = factories.article(headline="Draft")
        later = factories.published_article(at=datetime.datetime.now(datetime.UTC) + HOUR)
        withdrawn = publishing.withdraw(factories.published_article(), by=None)
        for url in (
            f"{SITE}{embed_address(draft.uid)}",
            f"{SITE}{later.get_absolute_url()}",
            f"{SITE}{embed_address(later.uid)}",
            f"{SITE}{withdrawn.get_absolute_url()}",
            self.address.replace("localhost", "evil.example"),
            self.address.replace("http:", "ftp:"),
            f"{SITE}/",
            f"{SITE}/2026/13/45/x/",
            "http://[",
            "javascript:alert(1)",
            "x" * 3000,
            "\x00",
        ):
            response = self.ask(url)
            self.assertEqual(response.status_code, 404, url)
            self.assertLess(len(response.content), 100)
        self.assertEqual(self.client.get("/oembed").status_code, 404)
        self.assertEqual(self.ask(format="yaml").status_code, 501)

    def test_a_storys_page_leads_there(self):
        page = LexborHTMLParser(self.client.get(self.article.get_absolute_url()).content)
        link = page.css_first('link[type="application/json+oembed"]').attributes["href"]
        facts = self.client.get(link.removeprefix(SITE)).json()
        self.assertEqual(facts["title"], Article.objects.get(pk=self.article.pk).headline)
        self.assertEqual(json.loads(json.dumps(facts)), self.ask().json())
