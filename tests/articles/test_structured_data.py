import datetime
import json

import pytest
from django.test import TestCase
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.structured_data import json_ld, machine_time, news_article
from tests import factories


class TestJsonLd:
    @pytest.mark.parametrize(
        "text", ["</script><script>alert(1)</script>", "<!--", "]]>", "&amp;", "\u2028", '"\\']
    )
    def test_nothing_ends_its_element(self, text):
        written = json_ld({"headline": text})
        assert not set("<>&\u2028") & set(written)
        assert json.loads(written) == {"headline": text}


class TestMachineTime:
    def test_is_of_the_sites_zone_to_the_second(self):
        moment = datetime.datetime(2026, 6, 30, 12, 0, 0, 999, tzinfo=datetime.UTC)
        assert machine_time(moment) == "2026-06-30T13:00:00+01:00"


class NewsArticleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = factories.published_article(authors=[factories.author()], lead_image=factories.image())

    def facts(self):
        return news_article(
            self.article,
            list(self.article.bylines.select_related("author")),
            list(self.article.tags.all()),
            list(self.article.corrections.all()),
            address="https://paper.example/a/",
            image="https://paper.example/a.jpg",
        )

    def test_says_what_the_page_says(self):
        facts = self.facts()
        self.assertEqual(facts["headline"], self.article.headline)
        self.assertEqual(facts["datePublished"], machine_time(self.article.publish_at))
        self.assertEqual(facts["dateModified"], machine_time(self.article.publish_at))
        self.assertEqual(
            facts["author"],
            [{"@type": "Person", "name": "Mara Ellis", "url": "http://localhost:8000/author/mara-ellis/"}],
        )
        self.assertEqual(facts["image"], ["https://paper.example/a.jpg"])
        self.assertEqual((facts["articleSection"], facts["inLanguage"]), ("World", "en-gb"))
        self.assertIs(facts["isAccessibleForFree"], True)

    def test_those_with_a_role_have_contributed(self):
        self.article.bylines.create(author=factories.author("Pim Oduya"), role="Photographs", order=2)
        facts = self.facts()
        self.assertEqual([each["name"] for each in facts["author"]], ["Mara Ellis"])
        self.assertEqual([each["name"] for each in facts["contributor"]], ["Pim Oduya"])

    def test_one_who_is_alone_with_a_role_is_the_author(self):
        self.article.bylines.update(role="Interview")
        self.assertEqual([each["name"] for each in self.facts()["author"]], ["Mara Ellis"])

    def test_names_tags_and_corrections(self):
        self.article.tags.add("coast")
        publishing.correct(self.article, by=None, text="Five metres.")
        facts = self.facts()
        self.assertEqual(facts["keywords"], ["coast"])
        [note] = facts["correction"]
        self.assertEqual((note["@type"], note["text"]), ("CorrectionComment", "Five metres."))

    def test_an_article_without_byline_is_the_papers(self):
        self.article.bylines.all().delete()
        self.assertEqual(self.facts()["author"]["name"], "The Newsroom")


class OnPagesTests(TestCase):
    """What each kind of page says of itself to search engines and to sites that link to it."""

    @classmethod
    def setUpTestData(cls):
        world = factories.section("World", description="From abroad.")
        cls.harbours = factories.section("Harbours", parent=world)
        cls.mara = factories.author("Mara Ellis", biography="Writes </script> about <b>water</b>.")
        cls.article = factories.published_article(
            headline='Sea "walls" & </script>', section=cls.harbours, authors=[cls.mara], tags=("coast",),
            lead_image=factories.image(alt='A "grey" wall'),
        )  # fmt: skip
        cls.about = factories.page("About")

    def read(self, address):
        """(structured data, the properties and names of <meta>) of the page."""
        page = LexborHTMLParser(self.client.get(address).content)
        facts = [json.loads(each.text()) for each in page.css("script[type='application/ld+json']")]
        metas = [each.attributes for each in page.css("meta[content]")]
        self.assertIn("The Newsroom", page.css_first("title").text())
        named = {each.get("property") or each.get("name"): each["content"] for each in metas}
        return facts, named

    def test_an_article_names_itself_and_the_way_to_it(self):
        (article, way), metas = self.read(self.article.get_absolute_url())
        self.assertEqual((article["@type"], article["headline"]), ("NewsArticle", self.article.headline))
        self.assertEqual(
            [(step["position"], step["name"], step["item"]) for step in way["itemListElement"]],
            [
                (1, "The Newsroom", "http://localhost:8000/"),
                (2, "World", "http://localhost:8000/world/"),
                (3, "Harbours", "http://localhost:8000/world/harbours/"),
            ],
        )
        wanted = {
            "og:type": "article",
            "og:title": self.article.headline,
            "og:site_name": "The Newsroom",
            "og:locale": "en_GB",
            "og:image:alt": 'A "grey" wall',
            "article:section": "Harbours",
            "article:tag": "coast",
            "robots": "max-image-preview:large",
            "article:published_time": machine_time(self.article.publish_at),
        }
        self.assertEqual({name: metas.get(name) for name in wanted}, wanted)
        self.assertEqual(metas["og:description"], metas["description"])
        self.assertGreater(int(metas["og:image:width"]), int(metas["og:image:height"]))

    def test_the_front_is_the_site(self):
        [facts], metas = self.read("/")
        self.assertEqual((facts["@type"], facts["name"]), ("WebSite", "The Newsroom"))
        self.assertEqual(metas["og:type"], "website")

    def test_a_section_and_a_tag_are_collections(self):
        [facts], metas = self.read("/world/")
        self.assertEqual((facts["@type"], facts["description"]), ("CollectionPage", "From abroad."))
        self.assertEqual((metas["og:title"], metas["description"]), ("World", "From abroad."))
        facts, way = self.read("/world/harbours/")[0]
        self.assertEqual((facts["name"], way["@type"]), ("Harbours", "BreadcrumbList"))
        self.assertEqual(self.read("/tag/coast/")[0][0]["@type"], "CollectionPage")

    def test_an_author_has_a_profile(self):
        [facts], _ = self.read(self.mara.get_absolute_url())
        self.assertEqual(facts["@type"], "ProfilePage")
        self.assertEqual(facts["mainEntity"]["description"], self.mara.biography)

    def test_a_page_of_the_papers_own_is_about_it(self):
        [facts], _ = self.read(self.about.get_absolute_url())
        self.assertEqual((facts["@type"], facts["about"]["name"]), ("AboutPage", "The Newsroom"))
