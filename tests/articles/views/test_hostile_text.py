"""What others have written to break pages, through every field that readers see: shown as text, never run."""

import json
import re
from urllib.parse import urlsplit

from django.test import TestCase
from selectolax.lexbor import LexborHTMLParser

from articles.models import Author, Image, Section
from articles.page_assets import sha256_source
from articles.publishing.shared.text import one_line, plain_text
from tests import corpora, factories
from tests.articles.own_policy import own_policy

FRONT_EVERY = 20
FOREIGN = (
    "object, embed, applet, base, svg, math, frame, frameset, iframe, template, xmp, noscript, plaintext"
)


class HostileTextTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.section = factories.section("World")
        cls.author = factories.author(biography="Writes.")
        cls.image = factories.image(width=400, height=300)

    def test_runs_nowhere_and_brings_down_nothing(self):
        collected = [*corpora.payloads(), *corpora.strings()]
        for number, payload in enumerate(corpora.sample(collected, every=30)):
            with self.subTest(number=number, payload=payload[:80]):
                article = self.written(payload)
                page = self.checked(article.get_absolute_url())
                self.assertEqual(shown(page, "h1"), " ".join(article.headline.split()))
                if number % FRONT_EVERY == 0:
                    self.checked("/")

    def written(self, payload):
        """An article with the payload in every field, by an author, in a section, with a picture of that name."""
        words, line = plain_text(payload), one_line(payload)
        Section.objects.filter(pk=self.section.pk).update(name=line[:80] or "World", description=words)
        Author.objects.filter(pk=self.author.pk).update(name=line[:120] or "Mara", biography=words)
        Image.objects.filter(pk=self.image.pk).update(
            alt=line[:500] or "A harbour", caption=words, credit=line[:200]
        )
        return factories.published_article(
            section=self.section,
            authors=[self.author],
            lead_image=self.image,
            headline=payload if line else "A story",
            kicker=payload,
            standfirst=payload,
            body=f"{factories.BODY}{payload}",
            search_title=payload,
            search_description=payload,
            tags=(payload,),
        )

    def checked(self, address):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200)
        page = LexborHTMLParser(response.text)
        self.assertEqual([node.html[:200] for node in page.css(FOREIGN)], [])
        policy = own_policy(page)
        for node in page.css("script"):
            if node.attributes.get("type") == "application/ld+json":
                json.loads(node.text())
            else:
                self.assertIn(sha256_source(node.text()), policy["script-src"])
        for node in page.css("style"):
            self.assertIn(sha256_source(node.text()), policy["style-src"])
        for node in page.css("*"):
            self.check_attributes(node)
        return page

    def check_attributes(self, node):
        for name, value in node.attributes.items():
            self.assertFalse(name.startswith("on"), node.html[:200])
            self.assertNotEqual(name, "style", node.html[:200])
            if name in {"href", "src", "action", "formaction", "poster", "data", "background", "xlink:href"}:
                scheme = re.sub(r"[\x00-\x20]", "", urlsplit(value or "").scheme).lower()
                self.assertIn(scheme, {"", "http", "https", "mailto", "tel"}, node.html[:200])
        if node.tag == "form":
            self.assertIn(node.attributes["action"], {"/site-version/", "/search/"})
        if node.tag in {"input", "button", "textarea", "select"}:
            self.assertIn(node.attributes.get("name"), {"next", "version", "q", None}, node.html[:200])


def shown(page, selector):
    return " ".join(page.css_first(selector).text().split())
