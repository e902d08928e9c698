from dataclasses import replace

from django.test import TestCase

from articles.models import Article
from articles.publishing import Content, save_draft
from tests import factories

from .form import add_address, change_address, fields


class ConflictTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.mine, cls.other = factories.editor("ana"), factories.editor("jonas")
        cls.article = factories.article(
            section=cls.world, headline="As opened", body="<p>Same.</p><p>Opened.</p>"
        )

    def setUp(self):
        self.client.force_login(self.mine)
        self.address = change_address(self.article)
        self.sent = fields(self.client.get(self.address), headline="Mine", body="<p>Same.</p><p>Mine.</p>")
        theirs = replace(Content.newest(self.article), headline="Theirs", body="<p>Same.</p><p>Theirs.</p>")
        save_draft(self.article, theirs, by=self.other)

    def newest(self):
        return Content.newest(Article.objects.get(pk=self.article.pk))

    def test_saves_nothing_and_gives_both_texts(self):
        response = self.client.post(self.address, self.sent | {"_save_draft": "1"})
        self.assertEqual(response.status_code, 409)
        self.assertEqual(self.newest().headline, "Theirs")
        self.assertEqual(fields(response)["headline"], "Mine")
        self.assertContains(response, "<b>jonas</b> saved it", status_code=409)
        self.assertContains(response, "<dd>Theirs</dd>", status_code=409)

    def test_marks_what_ones_own_text_lacks(self):
        response = self.client.post(self.address, self.sent | {"_save_draft": "1"})
        marked = '<div class="desk-conflict__new"><p>Theirs.</p></div>'
        self.assertContains(response, marked, status_code=409, count=1)

    def test_saves_mine_anyway_when_told_so(self):
        response = self.client.post(self.address, self.sent | {"_save_draft": "1"})
        self.assertContains(response, "Save mine anyway", status_code=409)
        again = fields(response) | {"_save_draft": "1"}
        self.assertRedirects(self.client.post(self.address, again), self.address)
        self.assertEqual(self.newest().headline, "Mine")
        self.assertEqual(
            [revision.content["headline"] for revision in self.article.revisions.all()],
            ["Mine", "Theirs", "As opened"],
        )

    def test_is_none_when_both_wrote_the_same(self):
        self.sent |= {"headline": "Theirs", "body": "<p>Same.</p><p>Theirs.</p>"}
        for button in ("_save_draft", "_publish"):
            self.assertRedirects(self.client.post(self.address, self.sent | {button: "1"}), self.address)
        self.assertTrue(Article.objects.get(pk=self.article.pk).is_public())

    def test_publishes_nothing_over_anothers_head(self):
        response = self.client.post(self.address, self.sent | {"_publish": "1"})
        self.assertEqual(response.status_code, 409)
        self.assertEqual(Article.objects.get(pk=self.article.pk).state, "draft")
        self.assertContains(
            response, '<button class="desk-button desk-button--first" name="_publish"', status_code=409
        )

    def test_tells_a_new_article_that_was_sent_twice_with_other_words(self):
        sent = fields(self.client.get(add_address()), headline="First words")
        self.client.post(add_address(), sent)
        response = self.client.post(add_address(), sent | {"headline": "Second words"})
        self.assertEqual(response.status_code, 409)
        self.assertEqual(fields(response)["headline"], "Second words")
        self.assertContains(response, f'action="{change_address(Article.objects.first())}"', status_code=409)
