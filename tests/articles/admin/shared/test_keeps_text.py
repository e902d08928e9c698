"""A lost session, or a token of an older one, loses nothing that was typed into the desk's smaller forms."""

from django.test import Client, TestCase
from django.urls import reverse

from articles import publishing
from articles.models import Tag
from tests import factories as make
from tests.articles.admin.desk.test_session import login_form

from .test_guarded import fields

HERE = {"headers": {"origin": "http://testserver"}}


class KeepsTextTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana = make.editor("ana")
        cls.article = make.published_article()
        note = publishing.correct(cls.article, by=cls.ana, text="Five.")
        rows = {
            "section": (make.section("World"), "description"),
            "author": (make.author("Mara Ellis"), "biography"),
            "tag": (make.tag("coast"), "description"),
            "page": (make.page("About"), "body"),
            "image": (make.image(width=300, height=200), "caption"),
        }
        named = [
            (reverse(f"admin:articles_{kind}_change", args=[row.pk]), n) for kind, (row, n) in rows.items()
        ]
        added = [(reverse(f"admin:articles_{kind}_add"), rows[kind][1]) for kind in rows if kind != "image"]
        of_note = reverse("admin:articles_article_correction", args=[cls.article.pk, note.pk])
        cls.forms = [*named, *added, (of_note, "text")]

    def setUp(self):
        self.client = Client(enforce_csrf_checks=True, **HERE)

    def typed(self, address, name):
        self.client.force_login(self.ana)
        page = self.client.get(address)
        return fields(page) | {name: "<p>Typed &amp; not saved.</p>", "csrfmiddlewaretoken": self.token(page)}

    def token(self, page):
        return str(page.context["csrf_token"])

    def test_through_a_new_log_in(self):
        for address, name in self.forms:
            with self.subTest(address):
                sent = self.typed(address, name)
                self.client.cookies.pop("sessionid")
                asked = self.client.post(address, sent)
                self.assertContains(asked, "Nothing you typed is lost")
                carried = login_form(asked) | {"username": "ana", "password": "press-room"}
                back = self.client.post(address, carried)
                self.assertContains(back, "not saved yet")
                self.assertEqual(fields(back)[name], sent[name])
                again = fields(back) | {"csrfmiddlewaretoken": self.token(back)}
                again |= {each: f"Made {each}" for each in ("name", "title") if again.get(each) == ""}
                saved = self.client.post(address, again)
                self.assertEqual(saved.status_code, 302)

    def test_with_the_token_of_an_older_session(self):
        for address, name in self.forms:
            with self.subTest(address):
                sent = self.typed(address, name) | {"csrfmiddlewaretoken": "x" * 64}
                back = self.client.post(address, sent)
                self.assertContains(back, "not saved yet")
                self.assertEqual(fields(back)[name], sent[name])

    def test_but_another_site_can_send_nothing(self):
        address, name = self.forms[2]
        sent = self.typed(address, name) | {"csrfmiddlewaretoken": "x" * 64}
        answer = self.client.post(address, sent, headers={"origin": "http://elsewhere.example"})
        self.assertEqual(answer.status_code, 403)
        self.assertEqual(Tag.objects.get().description, "")
