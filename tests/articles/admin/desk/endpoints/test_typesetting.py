from django.conf import settings
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from articles.models import Article
from tests import factories

ADDRESS = reverse("admin:articles_desk_typography")
TYPED = {"headline": '"Well"', "kicker": "Coast", "body": '<p>It\'s "so".</p>', "language": ""}


class TypesettingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()

    def setUp(self):
        self.client.force_login(self.editor)

    def fields(self, **typed):
        return self.client.post(ADDRESS, TYPED | typed).json()["fields"]

    def test_answers_what_changes_and_saves_nothing(self):
        self.assertEqual(self.fields(), {"headline": "“Well”", "body": "<p>It’s “so”.</p>"})
        self.assertEqual(self.fields(**self.fields()), {})
        self.assertFalse(Article.objects.exists())

    def test_has_the_language_of_the_article_or_else_of_the_paper(self):
        self.assertEqual(self.fields(language="de")["headline"], "„Well“")
        with override_settings(NEWSROOM={**settings.NEWSROOM, "LANGUAGE": "fr"}):
            self.assertEqual(self.fields()["headline"], "«\xa0Well\xa0»")
        self.assertNotIn("headline", self.fields(language="tlh"))

    def test_of_a_text_that_is_too_long_it_says_so(self):
        response = self.client.post(ADDRESS, {"body": "x" * 2_500_001})
        self.assertEqual(response.status_code, 413)
        self.assertIn("Make two articles of it", response.json()["error"])

    def test_is_for_those_who_write(self):
        self.client.logout()
        self.assertEqual(self.client.post(ADDRESS, TYPED).status_code, 403)
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.editor)
        self.assertEqual(client.post(ADDRESS, TYPED).status_code, 403)
