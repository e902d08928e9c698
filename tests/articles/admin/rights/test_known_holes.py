"""Holes that were found in another system for newspapers, tried here; docs/security-verification.md lists all of their kinds."""

from dataclasses import replace

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models import Article
from articles.publishing import Content
from tests import factories as make

from ..desk.filled_form import change_address
from .people import people

CANARY = "canary"
HOSTILE = f"<script>{CANARY}()</script><img src=x onerror={CANARY}()>"


def again(article, **changes):
    return publishing.save_draft(article, replace(Content.newest(article), **changes), by=None)


class BulkActsTest(TestCase):
    def test_on_accounts_tell_no_name_to_those_who_may_not_see_them(self):
        letters = people()
        hidden = User.objects.create_user("quill", first_name=CANARY, is_staff=True)
        where = reverse("admin:auth_user_changelist")
        for letter in "CcEePpVN":
            self.client.force_login(letters[letter])
            for action in ("delete_selected", "nonsense"):
                answer = self.client.post(where, {"action": action, "_selected_action": [hidden.pk]})
                with self.subTest(letter, action=action):
                    self.assertNotIn(CANARY, answer.content.decode())
                    self.assertNotIn("quill", answer.content.decode())
                    self.assertEqual(answer.status_code, 403)
        self.assertTrue(User.objects.filter(pk=hidden.pk).exists())
        self.client.force_login(letters["A"])
        self.assertContains(self.client.get(where), "quill")


class CopiesTest(TestCase):
    def test_are_made_of_no_story_that_one_may_not_read(self):
        letters = people()
        story = make.article(headline=f"The {CANARY}", body=f"<p>{CANARY}</p>", by=letters["C"])
        for letter in "cepN":
            self.client.force_login(letters[letter])
            for button in ("_saveasnew", "_addanother", "_continue"):
                answer = self.client.post(change_address(story), {button: "1"}, follow=True)
                with self.subTest(letter, button=button):
                    self.assertNotIn(CANARY, answer.content.decode())
        self.assertEqual([each.pk for each in Article.objects.filter(body__contains=CANARY)], [story.pk])
        self.client.force_login(letters["E"])
        self.assertContains(self.client.get(change_address(story)), CANARY)


class ComparisonTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.letters = people()
        cls.own = make.article(headline="Own", by=cls.letters["C"])

    def compare(self, article, **numbers):
        self.client.force_login(self.letters["C"])
        return self.client.get(reverse("admin:articles_article_compare", args=[article.pk], query=numbers))

    def test_shows_no_version_of_another_story(self):
        other = make.article(headline="Another's", by=self.letters["E"])
        for _ in range(3):
            other = again(other, headline=f"{CANARY} {other.version}")
        newest = other.revisions.order_by("-pk")[0]
        for number in (newest.number, newest.pk):
            answer = self.compare(self.own, old=1, new=number)
            self.assertEqual(answer.status_code, 404)
            self.assertNotIn(CANARY, answer.content.decode())
        self.assertNotIn(CANARY, self.compare(other).content.decode())

    def test_shows_hostile_words_as_words(self):
        body = "<p>The wall.</p><p>&lt;script&gt;canary()&lt;/script&gt;</p>"
        again(self.own, headline=HOSTILE, standfirst=HOSTILE, kicker=HOSTILE[:80], body=body)
        page = LexborHTMLParser(self.compare(self.own, old=1, new=2).content)
        self.assertIn(HOSTILE, page.body.text())
        self.assertFalse([each for each in page.css("script") if CANARY in each.text()])
        self.assertFalse(page.css("[onerror]"))
