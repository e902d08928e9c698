from dataclasses import replace
from unittest import mock

from django.contrib.messages import get_messages
from django.test import TestCase

from articles.models import Article
from articles.publishing import Conflict, Content, publish, save_draft
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

    def test_no_button_but_the_one_that_says_so_puts_mine_over_theirs(self):
        response = self.client.post(self.address, self.sent | {"_save_draft": "1"})
        for button in ("_save_draft", "_publish"):
            again = self.client.post(self.address, fields(response) | {button: "1"})
            self.assertEqual(again.status_code, 409)
        self.assertEqual(self.newest().headline, "Theirs")

    def test_nor_does_that_one_if_a_third_has_saved_meanwhile(self):
        response = self.client.post(self.address, self.sent | {"_save_draft": "1"})
        article = Article.objects.get(pk=self.article.pk)
        save_draft(article, replace(self.newest(), headline="Of a third"), by=self.other)
        again = self.client.post(self.address, fields(response) | {"_save_draft": "over 2"})
        self.assertContains(again, "<dd>Of a third</dd>", status_code=409)
        self.assertEqual(self.newest().headline, "Of a third")

    def test_saves_mine_over_it_when_told_so(self):
        response = self.client.post(self.address, self.sent | {"_save_draft": "1"})
        self.assertContains(response, 'name="_save_draft" value="over 2"', status_code=409)
        again = fields(response) | {"_save_draft": "over 2"}
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


class MergeTests(TestCase):
    """Two have changed one version in different places."""

    BODY = "<p>The wall is four metres high.</p>\n<p>Nobody knows why.</p>"

    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.mine, cls.other = factories.editor("ana"), factories.editor("jonas")
        cls.article = factories.article(
            section=cls.world, headline="As opened", body=cls.BODY, tags=("coast", "law")
        )

    def setUp(self):
        self.client.force_login(self.mine)
        self.address = change_address(self.article)

    def open(self, **changes):
        return fields(self.client.get(self.address), **changes)

    def theirs(self, **changes):
        save_draft(self.now(), replace(Content.newest(self.now()), **changes), by=self.other)

    def now(self):
        return Article.objects.get(pk=self.article.pk)

    def press(self, sent, button="_save_draft"):
        response = self.client.post(self.address, sent | {button: "1"})
        self.assertEqual(response.url.partition("?")[0], self.address)
        self.typed = int(response.url.partition("?merged=")[2])
        return [str(message) for message in get_messages(response.wsgi_request)]

    def test_both_changes_are_in_and_it_is_said_what_came_from_whom(self):
        sent = self.open(headline="Mine")
        self.theirs(body=self.BODY.replace("four", "five"), kicker="Coast")
        told = self.press(sent)
        self.assertEqual(
            told[0], "Saved, together with what jonas has changed since you opened it: Kicker, Text."
        )
        newest = Content.newest(self.now())
        self.assertEqual((newest.headline, newest.kicker), ("Mine", "Coast"))
        self.assertIn("five", newest.body)
        revision = self.now().revisions.first()
        self.assertEqual((revision.kind, revision.by, revision.note), ("merged", self.mine, "with version 2"))

    def test_words_of_one_paragraph_are_merged(self):
        sent = self.open(body=self.BODY.replace("The", "Our"))
        self.theirs(body=self.BODY.replace("four", "five"))
        self.press(sent)
        self.assertIn("Our wall is five metres high.", self.now().body)

    def test_what_is_typed_while_it_is_saved_was_made_of_the_text_that_was_sent(self):
        own = "\n<p>A paragraph of mine.</p>"
        sent = self.open(body=self.BODY + own)
        self.theirs(kicker="Coast")
        self.press(sent)
        later = sent | {"body": self.BODY + own.replace("mine", "mine, longer"), "version": str(self.typed)}
        self.press(later)
        self.assertIn("<p>A paragraph of mine, longer.</p>", self.now().body)
        self.assertEqual(Content.newest(self.now()).kicker, "Coast")

    def test_a_text_that_has_all_of_theirs_is_saved_without_a_word_of_it(self):
        sent = self.open(kicker="Coast", headline="Mine")
        self.theirs(kicker="Coast")
        self.assertEqual(self.press(sent)[0], "Saved.")

    def test_a_draft_that_was_deleted_meanwhile_can_be_saved_as_a_new_one(self):
        sent = self.open(headline="Mine")
        with mock.patch("articles.admin.desk.view.performed", side_effect=self.delete_first):
            response = self.client.post(self.address, sent | {"_save_draft": "1"})
        self.assertContains(response, "Somebody has deleted this article meanwhile", status_code=409)
        again = self.client.post(add_address(), fields(response) | {"_save_draft": "1"})
        self.assertEqual(again.status_code, 302)
        self.assertEqual(Article.objects.get().headline, "Mine")

    def delete_first(self, act, form, *, by):
        self.now().delete()
        raise Conflict(2)

    def test_tags_are_merged_one_by_one(self):
        sent = self.open(tags="coast\ntides")
        self.theirs(tags=("coast", "law", "votes"))
        self.press(sent)
        self.assertEqual(Content.newest(self.now()).tags, ("coast", "tides", "votes"))

    def test_publishing_is_not_done_on_words_that_its_editor_has_not_seen(self):
        sent = self.open(headline="Mine")
        self.theirs(kicker="Coast")
        told = self.press(sent, "_publish")
        self.assertIn("Nothing else was done: look it over, and press again.", told[0])
        self.assertFalse(self.now().is_public())
        again = self.client.post(self.address, self.open() | {"_publish": "1"})
        self.assertEqual(again.status_code, 302)
        self.assertTrue(self.now().is_public())

    def test_a_decision_that_was_taken_besides_is_told(self):
        sent = self.open(headline="Mine")
        self.theirs(kicker="Coast")
        publish(self.now(), by=self.other)
        self.assertIn("jonas published it at", self.press(sent)[1])
        self.assertEqual(self.now().headline, "As opened", "what readers have is as jonas published it")

    def test_a_lead_picture_that_both_have_changed_is_a_conflict(self):
        one, two = factories.image(width=300, height=200), factories.image(width=310, height=200)
        sent = self.open(lead_image=str(one.pk))
        self.theirs(lead_image_id=two.pk)
        self.assertEqual(self.client.post(self.address, sent | {"_save_draft": "1"}).status_code, 409)
        self.assertEqual(Content.newest(self.now()).lead_image_id, two.pk)

    def test_a_form_on_a_version_that_nobody_knows_is_a_conflict(self):
        sent = self.open(headline="Mine") | {"version": "99"}
        self.assertEqual(self.client.post(self.address, sent | {"_save_draft": "1"}).status_code, 409)
