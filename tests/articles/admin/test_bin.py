from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import Article
from articles.publishing import put_in_bin, save_draft, take_out_of_bin
from articles.publishing.article.merging.older_forms import token_of
from tests import factories as make

from .desk.case import DeskTestCase, address, somebody
from .desk.filled_form import errors, fields, write

LIST = "binnedarticle_changelist"


class ListTest(DeskTestCase):
    def binned(self, **more):
        return put_in_bin(make.article(**more), by=self.user)

    def act_in_bin(self, action, *articles, **more):
        return self.act(action, *articles, list_name=LIST, **more)

    def test_shows_what_is_in_it_by_whom_and_until_when(self):
        self.binned(headline="The wall")
        make.article(headline="On the desk")
        page = self.client.get(address(LIST))
        self.assertContains(page, "The wall")
        self.assertContains(page, "editor")
        self.assertNotContains(page, "On the desk")

    def test_costs_the_same_queries_however_full_it_is(self):
        for count in (1, 5):
            for _ in range(count):
                self.binned()
            # Session, user, permissions (2), their sections, count, rows, the bell.
            with self.subTest(count), self.assertNumQueries(8):
                self.client.get(address(LIST))

    def test_gives_back_what_was_put_into_it(self):
        article = self.binned(headline="The wall")
        self.assertContains(self.act_in_bin("restore", article), "Taken out of the bin: 1 article")
        self.assertEqual(list(Article.objects.all()), [article])
        page = self.client.get(address("article_history", article.pk))
        self.assertContains(page, "editor put it into the bin")
        self.assertContains(page, "editor took it out of the bin")

    def test_asks_before_it_deletes_for_good(self):
        article = self.binned(headline="The wall")
        self.assertContains(self.act_in_bin("erase", article), "Nothing brings them back")
        self.assertContains(
            self.act_in_bin("erase", article, sure="yes"), "Deleted for good: 1 article: The wall"
        )
        self.assertFalse(Article.including_bin.exists())

    def test_nothing_else_of_the_desk_finds_what_is_in_it(self):
        article = make.published_article(headline="The wall", slug="the-wall")
        preview, public = reverse("preview", args=[article.uid]), article.get_absolute_url()
        put_in_bin(article, by=self.user)
        for text in ("wall", "the-wall", public, preview):
            with self.subTest(text):
                self.assertEqual(self.shown(q=text), [])
        for asked in ({"q": "wall"}, {"q": ""}, {"address": public}):
            with self.subTest(asked):
                self.assertEqual(self.client.get(address("desk_links"), asked).json(), {"results": []})
        self.assertEqual(self.client.get(preview).status_code, 404)

    def test_an_act_names_what_its_row_showed(self):
        article = self.binned()
        seen = f"{article.pk}:{token_of(article)}"
        put_in_bin(take_out_of_bin(article, by=None), by=None)
        for action in ("restore", "erase"):
            (told,) = self.told(self.act_in_bin(action, article, seen=seen, sure="yes"))
            self.assertIn("The site took it out of the bin", told)
        self.assertTrue(Article.binned.exists())

    def test_reporters_may_look_and_only_those_who_may_empty_it_do(self):
        article = self.binned()
        self.client.force_login(somebody("reporter", "Editors"))
        page = self.client.get(address(LIST))
        self.assertContains(page, article)
        self.assertNotContains(page, 'value="restore"')
        self.user.groups.clear()
        self.user.user_permissions.set(
            Permission.objects.filter(codename__in=["view_article", "delete_article"])
        )
        self.client.force_login(self.user)
        self.act_in_bin("erase", article, sure="yes")
        self.assertTrue(Article.binned.exists())
        self.act_in_bin("restore", article)
        self.assertFalse(Article.binned.exists())

    def test_an_address_of_its_article_leads_to_it(self):
        article = self.binned(headline="The wall")
        for name in ("article_change", "article_history", "article_compare"):
            with self.subTest(name):
                answer = self.client.get(address(name, article.pk), follow=True)
                self.assertEqual(
                    self.told(answer), ["“The wall” is in the bin. To open it, take it out first."]
                )


class FormTest(DeskTestCase):
    def test_saves_what_was_typed_and_puts_it_into_the_bin(self):
        for article in (make.article(), make.published_article()):
            with self.subTest(article.state):
                answer = write(self.client, article, headline="As typed", _bin="1")
                self.assertRedirects(answer, address("article_changelist"))
                binned = Article.binned.get(pk=article.pk)
                take_out_of_bin(binned, by=self.user)
                self.assertEqual(
                    self.client.get(address("article_change", article.pk))
                    .context["form"]
                    .initial["headline"],
                    "As typed",
                )

    def test_is_told_of_a_newer_version_and_bins_nothing(self):
        article = make.article(headline="One")
        form = fields(self.client.get(address("article_change", article.pk)))
        save_draft(article, make.content(headline="Two"), by=None)
        self.client.post(address("article_change", article.pk), form | {"_bin": "1"})
        self.assertTrue(Article.objects.exists())

    def test_sent_twice_it_says_so(self):
        article = make.article()
        form = fields(self.client.get(address("article_change", article.pk))) | {"_bin": "1"}
        for _ in range(2):
            answer = self.client.post(address("article_change", article.pk), form, follow=True)
        self.assertIn("editor put this article into the bin at", self.told(answer)[-1])

    def test_of_an_article_that_is_gone_is_told_and_its_text_becomes_a_new_one(self):
        for act in ("_save_draft", "_submit"):
            article = make.article(headline="One")
            form = fields(self.client.get(address("article_change", article.pk)))
            put_in_bin(article, by=self.user)
            with self.subTest(act):
                answer = self.client.post(
                    address("article_change", article.pk), form | {"headline": "As typed", act: "1"}
                )
                self.assertContains(answer, "editor put this article into the bin at", status_code=409)
                self.assertContains(answer, "As typed", status_code=409)
                self.assertFalse(Article.objects.exists())
                again = self.client.post(address("article_add"), fields(answer) | {act: "1"})
                self.assertEqual(again.status_code, 302, errors(again) if again.status_code != 302 else "")
                new = Article.objects.get()
                self.assertEqual((new.headline, new.version), ("As typed", 1))
                self.assertNotEqual(new.uid, article.uid)
                new.delete()
