import datetime
import json
import uuid
from unittest import mock

import time_machine
from django.contrib.auth.models import User
from django.test import Client, TestCase
from django.urls import reverse

from articles.models import Article, UnsavedText
from tests import factories as make
from tests.articles.admin.desk.filled_form import fields

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
KEEP = "/admin/articles/article/desk/unsaved/"
ADD = "/admin/articles/article/add/"
TAB = "a-window"


class UnsavedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana, cls.ben = make.editor("ana"), make.editor("ben")
        cls.article = make.article(headline="As saved", body="<p>One.</p>")

    def setUp(self):
        self.client.force_login(self.ana)

    def keep(self, client=None, **values):
        text = {
            "user": self.ana.pk,
            "uid": str(self.article.uid),
            "tab": TAB,
            "version": 1,
            "number": 1,
            **values,
        }
        return (client or self.client).post(KEEP, json.dumps(text), content_type="application/json")

    def offered(self, address=None, client=None):
        page = (client or self.client).get(address or self.change())
        return page.context["unsaved"]

    def change(self):
        return reverse("admin:articles_article_change", args=[self.article.pk])

    def save(self, **more):
        sent = fields(self.client.get(self.change())) | {
            "_save_draft": "1",
            "_tab": TAB,
            "_number": "5",
            **more,
        }
        return self.client.post(self.change(), sent)

    def test_what_is_typed_is_offered_to_the_same_editor_and_to_nobody_else(self):
        self.assertEqual(self.keep(fields={"headline": "As typed"}).json(), {"kept": True})
        (text,) = self.offered()
        self.assertEqual(text["fields"], {"headline": "As typed"})
        self.assertEqual(
            (text["uid"], text["tab"], text["version"], text["at"]), (str(self.article.uid), TAB, 1, 1)
        )
        other = Client()
        other.force_login(self.ben)
        self.assertEqual(self.offered(client=other), [])

    def test_of_a_copy_and_a_save_that_come_at_the_same_time_the_save_stays(self):
        form = {"uid": self.article.uid, "tab": TAB}

        def copy_comes_first(_now):
            UnsavedText.objects.create(editor=self.ana, **form, number=1, fields={"headline": "As typed"})
            return UnsavedText.objects.none()

        with mock.patch.object(UnsavedText.objects, "left_behind", copy_comes_first, create=True):
            self.save()
        self.assertEqual((UnsavedText.objects.get().number, UnsavedText.objects.get().fields), (5, {}))

    def test_each_field_is_kept_as_it_is_also_one_that_is_invalid(self):
        typed = {"publish_at": "2026-13-45", "language": "no such", "headline": "x" * 900}
        self.keep(fields=typed)
        self.assertEqual(self.offered()[0]["fields"], typed)

    def test_text_of_an_article_that_was_never_saved_is_offered_on_a_new_one(self):
        self.keep(uid=str(uuid.uuid4()), version=0, fields={"headline": "Never saved"})
        self.assertEqual([text["fields"]["headline"] for text in self.offered(ADD)], ["Never saved"])
        self.assertEqual(self.offered(), [])

    def test_text_of_an_article_that_was_deleted_meanwhile_is_offered_on_a_new_one(self):
        self.keep(fields={"headline": "Typed"})
        Article.objects.get(pk=self.article.pk).delete()
        self.assertEqual([text["fields"]["headline"] for text in self.offered(ADD)], ["Typed"])

    def test_a_copy_that_arrives_late_changes_nothing(self):
        self.keep(number=3, fields={"headline": "Newer"})
        answer = self.keep(number=2, fields={"headline": "Older"})
        self.assertEqual(self.offered()[0]["fields"]["headline"], "Newer")
        self.assertEqual(
            (answer.status_code, answer.json()["kept"], answer.json()["number"]), (409, False, 3)
        )

    def test_a_window_of_somebody_else_keeps_nothing_for_whoever_has_logged_in_since(self):
        answer = self.keep(user=self.ben.pk, fields={"headline": "Of Ben"})
        self.assertEqual(answer.status_code, 403)
        self.assertIn("somebody else has logged in", answer.json()["why"])
        self.assertFalse(UnsavedText.objects.exists())

    def test_what_no_database_stores_is_left_out_and_the_rest_is_kept(self):
        half = "half an emoji \ud83d"
        self.assertEqual(self.keep(fields={"headline": half, "kicker": "NUL\x00"}).status_code, 200)
        self.assertEqual(UnsavedText.objects.get().fields, {"headline": "half an emoji ?", "kicker": "NUL"})

    def test_a_save_is_no_error_whatever_its_window_is_called(self):
        for tab in ("a\x00", "x" * 99, "\ud83d", ""):
            with self.subTest(ascii(tab)):
                sent = self.save(_tab=tab.encode("utf-8", "replace").decode())
                self.assertEqual(sent.status_code, 302)

    def test_two_windows_keep_two_copies(self):
        self.keep(fields={"headline": "One"})
        self.keep(tab="another", number=2, fields={"headline": "Two"})
        self.assertEqual([text["fields"]["headline"] for text in self.offered()], ["Two", "One"])

    def test_nothing_is_offered_once_the_form_was_saved_also_if_a_copy_arrives_then(self):
        self.keep(fields={"headline": "Typed"})
        self.assertEqual(self.save(headline="Typed").status_code, 302)
        self.keep(number=4, fields={"headline": "On its way while it was saved"})
        self.assertEqual(self.offered(), [])

    def test_a_save_and_its_forgetting_are_one(self):
        self.keep(fields={"headline": "Typed"})
        died = mock.patch("articles.admin.desk.endpoints.unsaved.write", side_effect=RuntimeError("killed"))
        with died, self.assertRaisesMessage(RuntimeError, "killed"):
            self.save(headline="Typed")
        self.assertEqual(Article.objects.get().version, 1)
        self.assertEqual(len(self.offered()), 1)

    def test_what_is_typed_after_a_save_is_kept(self):
        self.save()
        self.keep(number=6, fields={"headline": "Afterwards"})
        self.assertEqual(len(self.offered()), 1)

    def test_a_save_that_was_refused_forgets_nothing(self):
        self.keep(fields={"headline": "Typed"})
        self.assertEqual(self.save(publish_at="nonsense").status_code, 422)
        self.assertEqual(len(self.offered()), 1)

    def test_a_body_comes_back_sanitised(self):
        self.keep(fields={"body": '<p onclick="alert(1)">Text<script>alert(2)</script></p>'})
        self.assertEqual(self.offered()[0]["fields"]["body"], "<p>Text</p>")

    def test_what_is_offered_cannot_leave_its_place_in_the_page(self):
        self.keep(fields={"headline": "</script><script>alert(1)</script>"})
        self.assertNotIn("<script>alert(1)", self.client.get(self.change()).content.decode())

    def test_keeps_no_other_fields_than_those_of_the_form(self):
        self.keep(
            fields={"headline": "Typed", "csrfmiddlewaretoken": "secret", "version": "7", "lead_file": "x"}
        )
        self.assertEqual(UnsavedText.objects.get().fields, {"headline": "Typed"})

    def test_refuses_in_a_sentence_what_no_form_of_ours_sends(self):
        for sent in ("", "[]", "null", "{}", '"x"', "\x00", '{"uid": "no"}', "[" * 100_000):
            with self.subTest(sent):
                answer = self.client.post(KEEP, sent, content_type="application/json")
                self.assertEqual((answer.status_code, answer.json()["kept"]), (400, False))
        for wrong in (
            {"tab": 7},
            {"tab": "x" * 41},
            {"tab": "\x00"},
            {"number": "1"},
            {"number": -1},
            {"number": 2**60},
            {"version": True},
            {"fields": {"headline": ["list"]}},
            {"fields": ["list"]},
        ):
            with self.subTest(wrong):
                self.assertEqual(self.keep(**wrong).status_code, 400)
        self.assertFalse(UnsavedText.objects.exists())

    def test_says_why_it_keeps_nothing_for_whoever_is_logged_out_or_may_not_write(self):
        answer = self.keep(client=Client(), fields={"headline": "Typed"})
        self.assertEqual(answer.status_code, 403)
        self.assertIn("logged out", answer.json()["why"])
        reader = Client()
        reader.force_login(User.objects.create_user("reader", is_staff=True))
        self.assertEqual(self.keep(client=reader, fields={"headline": "Typed"}).status_code, 403)

    def test_a_form_of_another_site_keeps_nothing(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.ana)
        self.assertEqual(self.keep(client=client, fields={"headline": "Typed"}).status_code, 403)
        self.assertFalse(UnsavedText.objects.exists())

    def test_the_next_copy_costs_one_write(self):
        self.keep(fields={"headline": "One"})
        # The session, the editor and the section of the article.
        with self.assertNumQueries(4):
            self.keep(number=2, fields={"headline": "Two"})

    def test_what_was_left_for_two_weeks_goes_when_the_editor_writes_again(self):
        with time_machine.travel(NOON, tick=False):
            self.keep(fields={"headline": "Old"})
        with time_machine.travel(NOON + datetime.timedelta(days=15), tick=False):
            self.client.force_login(self.ana)
            self.keep(tab="another", fields={"headline": "New"})
        self.assertEqual([str(text) for text in UnsavedText.objects.all()], ["New"])

    def test_logging_out_keeps_it_unless_it_is_thrown_away(self):
        self.keep(fields={"headline": "Typed"})
        self.client.post("/admin/logout/")
        self.assertTrue(UnsavedText.objects.exists())
        self.client.force_login(self.ana)
        self.client.post("/admin/logout/", {"forget_unsaved": "1"})
        self.assertFalse(UnsavedText.objects.exists())

    def test_readers_get_no_word_of_it(self):
        article = make.published_article(headline="Public")
        self.keep(uid=str(article.uid), fields={"headline": "Canary", "body": "<p>Canary</p>"})
        for address in ("/", article.get_absolute_url(), f"/preview/{article.uid}/"):
            self.assertNotIn(b"Canary", Client().get(address).content)
