import datetime
import json

import pytest
from django.test import TestCase

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

    def test_an_article_without_byline_is_the_papers(self):
        self.article.bylines.all().delete()
        self.assertEqual(self.facts()["author"]["name"], "The Newsroom")
