"""A note says why a version was saved, for colleagues; it stands beside the version in the history."""

from django.urls import reverse

from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase
from tests.articles.admin.desk.filled_form import change_address as address
from tests.articles.admin.desk.filled_form import fields, write


class NotesOfVersions(DeskTestCase):
    def history(self, article):
        return self.client.get(reverse("admin:articles_article_history", args=[article.pk]))

    def test_stand_beside_the_version_that_was_saved(self):
        article = make.article()
        write(self.client, article, headline="Four", reason="The mayor rang.", _save_draft="1")
        write(self.client, article, headline="Five", _save_draft="1")
        write(self.client, article, headline="Six", _save_draft="1")
        page = self.history(article)
        self.assertContains(page, "The mayor rang.", count=1)
        # The saves after it are one line, as ever; the one with the note is a line of its own.
        self.assertEqual([line.number for line in page.context["lines"]], [2, 1, 1])

    def test_come_with_every_button_that_saves(self):
        for button in ("_save_draft", "_publish", "_submit"):
            with self.subTest(button):
                article = make.article()
                write(self.client, article, headline="Four", reason="The mayor rang.", **{button: "1"})
                self.assertEqual(article.revisions.first().note, "The mayor rang.")

    def test_come_with_a_new_article(self):
        write(self.client, headline="Four", reason="The mayor rang.", _save_draft="1")
        self.assertContains(self.client.get(reverse("admin:articles_article_changelist")), "Four")
        article = self.shown()[0]
        self.assertContains(self.history(article), "The mayor rang.")

    def test_stand_beside_the_act_if_no_version_is_saved(self):
        article = make.article()
        write(self.client, article, reason="The mayor rang.", _publish="1")
        self.assertEqual(article.acts.first().detail, "The mayor rang.")

    def test_are_said_to_be_lost_if_nothing_is_saved(self):
        article = make.article()
        response = write(self.client, article, reason="The mayor rang.", _save_draft="1")
        self.assertIn("yours was not kept", self.told(self.client.get(response.url))[0])

    def test_stay_in_the_form_if_it_is_refused(self):
        response = write(self.client, make.article(), reason="The mayor rang.", headline="", _publish="1")
        self.assertEqual(fields(response)["reason"], "The mayor rang.")

    def test_stay_with_a_text_that_is_merged(self):
        article = make.article(headline="One", body="<p>Two.</p>")
        sent = fields(self.client.get(address(article)), headline="Three", reason="The mayor rang.")
        write(self.client, article, body="<p>Four.</p>", _save_draft="1")
        self.client.post(address(article), sent | {"_save_draft": "1"})
        self.assertContains(self.history(article), "with version 2, “The mayor rang.”")
