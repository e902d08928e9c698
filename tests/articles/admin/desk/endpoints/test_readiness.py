from django.contrib.auth import get_user_model
from django.test import Client, TestCase
from django.urls import reverse

from articles.conf import paper
from articles.models import Revision
from tests import factories

ADDRESS = reverse("admin:articles_desk_readiness")


class ReadinessTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()
        cls.section = factories.section("World")

    def setUp(self):
        self.client.force_login(self.editor)

    def ask(self, **typed):
        return self.client.post(ADDRESS, typed).json()

    def fields(self, lines):
        return [line["field"] for line in lines]

    def test_of_an_empty_form_names_what_it_must_have(self):
        found = self.ask()
        self.assertEqual(self.fields(found["must"]), ["headline", "section", "body", "bylines"])
        self.assertEqual(found["length"], "0 words, 1 min read")

    def test_of_a_text_that_can_go_out_names_what_to_look_at(self):
        found = self.ask(headline="A boat", section=self.section.pk, body="<p>TK comes in.</p>", tags="coast")
        self.assertEqual(self.fields(found["must"]), ["bylines", "body"])
        self.assertEqual(self.fields(found["should"]), ["standfirst", "lead_alt"])
        self.assertEqual(
            found["must"][1]["sentence"],
            "“TK” still stands in “TK comes in.”. If it is meant, write it under “Meant as written”.",
        )
        self.assertEqual([line["leftover"] for line in found["must"]], ["", "TK"])
        self.assertEqual(found["length"], "3 words, 1 min read")
        self.assertFalse(Revision.objects.exists())

    def test_names_pictures_that_nobody_has_described(self):
        image = factories.image(alt="")
        body = f'<figure><img src="/media/x.jpg" data-image="{image.pk}"></figure><p>Words.</p>'
        sentences = [line["sentence"] for line in self.ask(headline="A boat", body=body)["must"]]
        self.assertTrue(any("no alt text" in sentence for sentence in sentences))

    def test_shows_faults_that_readers_have_already_apart_from_those_that_are_new(self):
        article = factories.published_article(body="<p>TK comes in.</p>")
        typed = {"uid": article.uid, "headline": "A boat", "section": self.section.pk}
        found = self.ask(**typed, body="<p>TK comes in again.</p><p>XXX</p>")
        self.assertEqual([line["leftover"] for line in found["must"]], ["XXX"])
        self.assertEqual([line["leftover"] for line in found["should"][:2]], ["", "TK"])
        self.assertIn("signs", found["should"][0]["sentence"])

    def test_takes_leftovers_that_are_meant(self):
        found = self.ask(headline="TK pays", meant="TK", body="<p>XXX</p>")
        self.assertEqual([line["leftover"] for line in found["must"] if line["leftover"]], ["XXX"])

    def test_has_what_search_results_and_shared_links_show(self):
        image = factories.image()
        body = "<p>" + "A boat comes in. " * 20 + "</p>"
        found = self.ask(headline="A boat", body=body, lead_image=image.pk)["found"]
        self.assertEqual((found["title"], found["shared_title"]), (f"A boat – {paper().name}", "A boat"))
        self.assertTrue(
            found["description"].startswith("A boat comes in. A boat") and len(found["description"]) <= 155
        )
        self.assertEqual(self.client.get(found["picture"]).status_code, 200)
        found = self.ask(
            headline="A boat", search_title="Boats", standfirst="At last.", search_description="Here."
        )["found"]
        self.assertEqual(
            (found["shared_title"], found["description"], found["picture"]), ("Boats", "Here.", "")
        )

    def test_is_for_those_who_may_open_the_form(self):
        self.client.force_login(get_user_model().objects.create_user("guest", is_staff=True))
        self.assertEqual(self.client.post(ADDRESS).status_code, 403)
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.editor)
        self.assertEqual(client.post(ADDRESS).status_code, 403)
