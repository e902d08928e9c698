from datetime import timedelta

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.conf import paper
from tests import factories
from tests.articles.search.case import within_a_minute


class LinkingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor("ana")
        cls.live = factories.published_article(headline="Harbour wall is mended")
        cls.gone = factories.published_article(headline="Harbour wall falls")
        publishing.withdraw(cls.gone, by=cls.editor)
        cls.later = factories.published_article(
            headline="Harbour wall opens", at=timezone.now() + timedelta(days=1)
        )
        factories.article(headline="Harbour wall, a draft")
        cls.address = reverse("admin:articles_desk_links")

    def found(self, user=None, **asked):
        self.client.force_login(user or self.editor)
        return {result["label"]: result for result in self.client.get(self.address, asked).json()["results"]}

    def test_finds_articles_that_have_an_address_and_warns_of_those_where_readers_find_nothing(self):
        found = self.found(q="harbour")
        self.assertEqual(set(found), {"Harbour wall is mended", "Harbour wall falls", "Harbour wall opens"})
        self.assertEqual(found["Harbour wall is mended"]["value"], self.live.get_absolute_url())
        self.assertEqual(found["Harbour wall is mended"]["warning"], "")
        self.assertIn("Withdrawn", found["Harbour wall falls"]["warning"])
        self.assertIn("before", found["Harbour wall opens"]["warning"])

    def test_shows_the_newest_while_nothing_is_typed(self):
        self.assertEqual(len(self.found(q="")), 3)

    def test_shows_what_an_address_leads_to(self):
        for start in ("", f"https://{paper().host}"):
            found = self.found(address=f"{start}{self.gone.get_absolute_url()}?x=1#part")
            self.assertIn("Withdrawn", found["Harbour wall falls"]["warning"])
        for other in (
            "https://elsewhere.example" + self.gone.get_absolute_url(),
            "http://[",
            "x",
            "#part",
            "/a/\x00",
        ):
            self.assertEqual(self.found(address=other), {})

    def test_shows_a_writer_who_may_not_read_at_the_desk_only_what_readers_see(self):
        writer = User.objects.create_user("writer", is_staff=True)
        writer.user_permissions.add(Permission.objects.get(codename="add_article"))
        self.assertEqual(set(self.found(writer, q="harbour")), {"Harbour wall is mended"})
        self.assertEqual(self.found(writer, address=self.gone.get_absolute_url()), {})

    def test_is_for_those_who_write(self):
        self.client.force_login(User.objects.create_user("clerk", is_staff=True))
        self.assertEqual(self.client.get(self.address).status_code, 403)
        self.client.logout()
        self.assertEqual(self.client.get(self.address).status_code, 302)

    def test_takes_any_text(self):
        self.client.force_login(self.editor)
        for text in ("%", "_", "\x00", "'", "\\", "a" * 5000):
            self.assertEqual(self.client.get(self.address, {"q": text}).status_code, 200)
            self.assertEqual(self.client.get(self.address, {"address": f"/{text}"}).status_code, 200)

    def test_takes_few_queries_beside_the_sessions(self):
        self.enterContext(within_a_minute())
        self.found(q="harbour")
        with self.assertNumQueries(5 if connection.vendor == "sqlite" else 6):
            self.client.get(self.address, {"q": "harbour"})
