import re

from django.test import TestCase

from articles import publishing
from articles.drawing import card_of
from tests import factories


class SharedCardTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = factories.published_article(headline="The sea wall")

    def address(self, **changes):
        values = {"article_id": self.article.pk, "headline": "The sea wall", "direction": "ltr"} | changes
        return f"/media/{card_of(**values).path}"

    def test_is_drawn_while_the_article_has_that_headline(self):
        response = self.client.get(self.address())
        self.assertEqual((response.status_code, response["Content-Type"]), (200, "image/jpeg"))
        self.assertEqual(response["Cache-Control"], "public, max-age=86400")
        again = self.client.get(self.address(), headers={"if-none-match": response["ETag"]})
        self.assertEqual(again.status_code, 304)

    def test_takes_one_query_and_none_for_an_address_that_is_not_ours(self):
        with self.assertNumQueries(1):
            self.client.get(self.address())
        with self.assertNumQueries(0):
            self.assertEqual(self.client.get(self.address()[:-18] + "A/1200x630.jpg").status_code, 404)

    def test_is_not_drawn_of_another_headline_a_draft_or_a_withdrawn_story(self):
        draft = factories.article(headline="Not out yet")
        for address in (
            self.address(headline="Another headline"),
            self.address(direction="rtl"),
            self.address(article_id=draft.pk, headline="Not out yet"),
            re.sub(r"/(\d+)/h", lambda found: f"/{int(found[1]) + 1}/h", self.address()),
        ):
            self.assertEqual(self.client.get(address).status_code, 404)
        publishing.withdraw(self.article, by=None)
        self.assertEqual(self.client.get(self.address()).status_code, 404)
