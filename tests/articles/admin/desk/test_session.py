from unittest import mock

from django import forms
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article
from tests import factories

from .filled_form import add_address, change_address, fields

BODY = "<p>Four hundred words that nobody wants to write twice.</p>"


def login_form(response):
    form = LexborHTMLParser(response.content.decode()).css_first("#login-form")
    return {node.attributes["name"]: node.attributes.get("value") or "" for node in form.css("input[name]")}


class FormWithCode(admin.site.login_form):
    code = forms.CharField()

    def clean_code(self):
        if self.cleaned_data["code"] != "the right one":
            raise forms.ValidationError("Wrong code")


class LostSessionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.editor = factories.editor("ana")
        cls.article = factories.article(section=cls.world, headline="As saved")

    def setUp(self):
        self.client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
        self.client.force_login(self.editor)

    def typed(self, address):
        page = self.client.get(address)
        sent = fields(page, headline="As typed & “quoted”", body=BODY + "\n<p>Line two.</p>", tags="coast")
        return sent | {"_publish": "1", "csrfmiddlewaretoken": page.context["csrf_token"]}

    def log_in_on(self, response, address, *, typed="press-room", **more):
        carried = login_form(response)
        return self.client.post(address, carried | {"username": "ana", "password": typed, **more})

    def test_brings_the_form_back_after_logging_in_with_all_that_was_typed(self):
        for address in (add_address(), change_address(self.article)):
            with self.subTest(address):
                self.client.force_login(self.editor)
                sent = self.typed(address)
                self.client.cookies.pop("sessionid")
                asked = self.client.post(address, sent)
                self.assertContains(asked, "Nothing you typed is lost")
                self.assertEqual(Article.objects.count(), 1)
                back = self.log_in_on(asked, address)
                self.assertContains(back, "not saved yet")
                shown = fields(back)
                self.assertEqual(shown["headline"], sent["headline"])
                self.assertEqual(shown["body"], sent["body"])
                self.assertEqual((shown["uid"], shown["version"]), (sent["uid"], sent["version"]))
                self.article.refresh_from_db()
                self.assertEqual(self.article.headline, "As saved")

    def test_carries_a_long_text_in_any_script(self):
        """In a form of parts, because a letter that is escaped in an address takes three times its bytes or more."""
        address = change_address(self.article)
        sent = self.typed(address) | {"body": f"<p>{'كلمات ' * 300_000}</p>"}
        self.client.cookies.pop("sessionid")
        asked = self.client.post(address, sent)
        form = LexborHTMLParser(asked.content.decode()).css_first("#login-form")
        self.assertEqual(form.attributes["enctype"], "multipart/form-data")
        back = self.log_in_on(asked, address)
        self.assertEqual(fields(back)["body"].split(), sent["body"].replace(" </p>", "</p>").split())

    def test_saves_what_came_back_when_the_button_is_pressed_again(self):
        address = change_address(self.article)
        sent = self.typed(address)
        self.client.cookies.pop("sessionid")
        back = self.log_in_on(self.client.post(address, sent), address)
        again = fields(back) | {"_save_draft": "1", "csrfmiddlewaretoken": back.context["csrf_token"]}
        self.assertRedirects(self.client.post(address, again), address)
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, sent["headline"])

    def test_keeps_the_text_through_a_wrong_password(self):
        address = change_address(self.article)
        sent = self.typed(address)
        self.client.cookies.pop("sessionid")
        wrong = self.log_in_on(self.client.post(address, sent), address, typed="wrong")
        self.assertContains(wrong, "Please enter the correct")
        self.assertEqual(fields(self.log_in_on(wrong, address))["headline"], sent["headline"])

    def test_asks_for_whatever_the_log_in_page_asks_for(self):
        address = change_address(self.article)
        sent = self.typed(address)
        self.client.cookies.pop("sessionid")
        with mock.patch.object(admin.site, "login_form", FormWithCode):
            asked = self.client.post(address, sent)
            self.assertIn("code", login_form(asked))
            wrong = self.log_in_on(asked, address, code="the wrong one")
            self.assertContains(wrong, "Wrong code")
            self.assertNotContains(wrong, 'type="hidden" name="code"')
            self.assertNotIn("_auth_user_id", self.client.session)
            back = self.log_in_on(wrong, address, code="the right one")
        self.assertEqual(fields(back)["headline"], sent["headline"])
        self.assertIn("_auth_user_id", self.client.session)

    def test_lets_nobody_in_whom_the_log_in_view_does_not_let_in(self):
        """Such as a view that asks for the second factor on a page of its own."""
        address = change_address(self.article)
        sent = self.typed(address)
        self.client.cookies.pop("sessionid")
        asked = self.client.post(address, sent)
        with mock.patch.object(admin.site, "login", lambda request, extra_context: HttpResponse("The code?")):
            self.assertContains(self.log_in_on(asked, address), "The code?")
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_brings_back_what_was_carried_to_who_has_logged_in_elsewhere_meanwhile(self):
        address = change_address(self.article)
        sent = self.typed(address)
        self.client.cookies.pop("sessionid")
        asked = self.client.post(address, sent)
        self.client.force_login(self.editor)
        self.assertContains(self.log_in_on(asked, address), "not saved yet")
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, "As saved")

    def test_never_carries_the_password_along(self):
        address = change_address(self.article)
        self.client.cookies.pop("sessionid")
        asked = self.client.post(address, {"username": "ana", "password": "secret", "headline": "x"})
        self.assertNotContains(asked, "secret")

    def test_shows_the_text_again_when_the_token_is_that_of_an_older_login(self):
        address = change_address(self.article)
        sent = self.typed(address)
        page = self.client.get(reverse("admin:login"))
        self.client.cookies.pop("sessionid")
        token = LexborHTMLParser(self.client.get(reverse("admin:login")).content.decode()).css_first(
            "[name=csrfmiddlewaretoken]"
        )
        self.client.post(
            reverse("admin:login"),
            {
                "username": "ana",
                "password": "press-room",
                "csrfmiddlewaretoken": token.attributes["value"],
                "next": "/admin/",
            },
        )
        back = self.client.post(address, sent)
        self.assertEqual(page.status_code, 302)
        self.assertContains(back, "not saved yet")
        self.assertEqual(fields(back)["headline"], sent["headline"])
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, "As saved")

    def test_answers_no_form_that_another_site_sent(self):
        address = change_address(self.article)
        sent = self.typed(address) | {"csrfmiddlewaretoken": "x" * 64}
        for origin in ("https://evil.example", "null"):
            response = self.client.post(address, sent, headers={"origin": origin})
            self.assertEqual(response.status_code, 403)
        without = Client(enforce_csrf_checks=True)
        without.force_login(self.editor)
        self.assertEqual(without.post(address, sent).status_code, 403)

    def test_cleans_the_text_that_comes_back(self):
        address = change_address(self.article)
        sent = self.typed(address) | {
            "body": '<p>Kept</p><img src=x onerror="alert(1)"><script>alert(1)</script>'
        }
        self.client.cookies.pop("sessionid")
        back = self.log_in_on(self.client.post(address, sent), address)
        self.assertEqual(fields(back)["body"], "<p>Kept</p>")
