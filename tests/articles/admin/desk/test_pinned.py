"""Related articles are pinned in an article's form, by their addresses, and come first on its page."""

from dataclasses import replace

from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.admin.history.fields import differences
from articles.models import Article, Related
from articles.models.articles.article_queries import RELATED
from articles.publishing import Content
from articles.publishing.article.merging.fields import merged_values
from tests import factories

from .filled_form import change_address, fields


class PinnedTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()
        cls.others = [factories.published_article(headline=f"Other {number}") for number in range(5)]
        cls.article = factories.published_article(headline="Here")

    def setUp(self):
        self.client.force_login(self.editor)

    def send(self, *articles, text="", act="_publish", **more):
        lines = text or "\n".join(each.get_absolute_url() for each in articles)
        sent = fields(self.client.get(change_address(self.article)), pinned=lines, **{act: "1"})
        return self.client.post(change_address(self.article), sent | more)

    def shown(self):
        return [each.headline for each in Article.objects.related_to(self.article.pk)]

    def content(self):
        return Content.newest(Article.objects.get(pk=self.article.pk))

    def test_stand_first_in_their_order(self):
        Related.objects.create(article=self.article, other=self.others[3], likeness=9.0)
        self.assertEqual(self.send(self.others[2], self.others[0]).status_code, 302)
        self.assertEqual(self.shown(), ["Other 2", "Other 0", "Other 3"])
        page = self.client.get(self.article.get_absolute_url()).text
        self.assertLess(page.index("Other 2"), page.index("Other 0"))

    def test_the_form_shows_their_addresses(self):
        self.send(self.others[2], self.others[0])
        shown = fields(self.client.get(change_address(self.article)))["pinned"].split()
        self.assertEqual(shown, [self.others[number].get_absolute_url() for number in (2, 0)])

    def test_a_working_copy_is_not_public(self):
        self.send(self.others[2], act="_save_draft")
        self.assertEqual(self.content().pinned, (self.others[2].pk,))
        self.assertEqual(self.shown(), [])

    def test_taken_out_again_what_is_alike_stays(self):
        Related.objects.create(article=self.article, other=self.others[3], likeness=9.0)
        self.send(self.others[3], self.others[1])
        self.send(text=" ")
        self.assertEqual(self.shown(), ["Other 3"])
        self.assertEqual(Related.objects.get(article=self.article).pinned, None)

    def test_a_whole_address_and_an_old_one_will_do(self):
        old = self.others[1].get_absolute_url()
        moved = replace(Content.newest(self.others[1]), slug="elsewhere")
        publishing.publish(self.others[1], moved, by=None)
        self.send(text=f"http://localhost:8000{self.others[0].get_absolute_url()}?utm_source=x\n{old}")
        self.assertEqual(self.content().pinned, (self.others[0].pk, self.others[1].pk))

    def test_what_can_not_be_pinned_is_said_at_the_field_and_stays_typed(self):
        for text, said in (
            ("/nowhere/", "No article of this paper has the address"),
            ("https://other.example/2026/", "No article of this paper has the address"),
            (self.article.get_absolute_url(), "This is the article itself"),
            (" ".join(each.get_absolute_url() for each in self.others), f"{RELATED} are shown at most"),
        ):
            with self.subTest(text):
                answer = self.send(text=text)
                self.assertEqual(answer.status_code, 422)
                self.assertContains(answer, said, status_code=422)
                self.assertEqual(fields(answer)["pinned"].split(), text.split())

    def test_one_that_is_withdrawn_is_not_shown_and_comes_back(self):
        self.send(self.others[0])
        publishing.withdraw(self.others[0], by=None)
        self.assertEqual(self.shown(), [])
        publishing.publish(self.others[0], by=None)
        self.assertEqual(self.shown(), ["Other 0"])

    def test_two_who_pin_at_once_both_get_theirs(self):
        base = Content(pinned=(1,))
        values = merged_values(base, replace(base, pinned=(1, 2)), replace(base, pinned=(3,)))
        self.assertEqual(values["pinned"], (2, 3))

    def test_versions_are_compared_by_headlines(self):
        old = self.content()
        [found] = differences(old, replace(old, pinned=(self.others[0].pk, 10**9)))
        self.assertEqual(
            (found.label, found.old, found.new), ("Related articles", "none", "Other 0; one that is gone")
        )

    def test_the_words_of_an_article_find_it_in_the_picker(self):
        found = self.client.get(reverse("admin:articles_desk_links"), {"q": "Other 3"}).json()["results"]
        self.assertEqual(found[0]["value"], self.others[3].get_absolute_url())
