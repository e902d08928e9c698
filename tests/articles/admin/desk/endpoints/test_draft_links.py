from django.test import Client, TestCase
from django.urls import reverse

from articles.publishing.notes.draft_links import MOST_LINKS
from tests import factories
from tests.articles.admin.desk.case import somebody

ADDRESS = reverse("admin:articles_desk_draft_links")


class DraftLinksTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana = factories.editor("ana")
        cls.article = factories.article(headline="Not out yet", by=cls.ana)

    def setUp(self):
        self.client.force_login(self.ana)

    def ask(self, **more):
        return self.client.post(ADDRESS, {"uid": self.article.uid} | more)

    def test_makes_links_shows_them_and_ends_them(self):
        found = self.ask(make="1", days="7").json()
        path = found["address"].removeprefix("http://localhost:8000")
        self.assertContains(Client().get(path), "Not out yet")
        (link,) = found["links"]
        self.assertIn("made by ana", link["words"])
        self.assertEqual(self.ask().json(), {"links": [link]})
        self.assertEqual(self.ask(end=link["number"]).json(), {"links": []})
        self.assertEqual(Client().get(path).status_code, 404)
        self.assertEqual(self.ask(end=link["number"]).json(), {"links": []})

    def test_refuses_too_many_and_too_long_ones(self):
        self.assertEqual(self.ask(make="1", days="31").status_code, 422)
        for _ in range(MOST_LINKS):
            self.ask(make="1")
        self.assertIn("at most 20 links", self.ask(make="1").json()["error"])

    def test_ends_none_of_another_article(self):
        number = self.ask(make="1").json()["links"][0]["number"]
        other = factories.article(by=self.ana)
        self.client.post(ADDRESS, {"uid": other.uid, "end": number})
        self.assertEqual(len(self.ask().json()["links"]), 1)

    def test_of_an_article_that_was_never_saved_there_is_none(self):
        response = self.client.post(ADDRESS, {"uid": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "make": "1"})
        self.assertContains(response, "Save the article first")

    def test_is_for_those_who_may_read_the_draft(self):
        self.client.force_login(somebody("guest", "Contributors"))
        self.assertEqual(self.ask(make="1").status_code, 403)
        self.client.logout()
        self.assertEqual(self.ask(make="1").status_code, 403)
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.ana)
        self.assertEqual(client.post(ADDRESS, {"uid": self.article.uid}).status_code, 403)
        self.assertFalse(self.article.draft_links.exists())
