"""What the desk calls things, and where its addresses lead."""

from django.urls import reverse

from articles.models import Article
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address
from tests.articles.admin.desk.filled_form import change_address, fields


class Words(DeskTestCase):
    def test_of_the_library_is_pictures_everywhere(self):
        make.image("A wall")
        for name in ("image_changelist", "image_add", "article_changelist"):
            page = self.client.get(address(name))
            self.assertNotIn("image", page.context["title"].lower())
            self.assertContains(page, ">Pictures</a>")
            self.assertNotContains(page, ">Images</a>")

    def test_beside_the_slug_say_where_the_old_address_will_lead(self):
        article = make.published_article()
        page = self.client.get(change_address(article))
        self.assertContains(
            page, f"Its address is {article.get_absolute_url()}. If you change the last word,"
        )
        self.assertNotContains(self.client.get(change_address(make.article())), "Its address is")


class Addresses(DeskTestCase):
    def test_of_the_article_0_are_missing(self):
        for name in ("change", "history", "compare"):
            self.assertEqual(self.client.get(address(f"article_{name}", 0)).status_code, 404)

    def test_of_the_article_0_take_no_text_as_saved(self):
        sent = fields(self.client.get(address("article_add")), headline="New") | {"_save_draft": "1"}
        self.assertContains(self.client.post(address("article_change", 0), sent), "New", status_code=409)
        self.assertFalse(Article.objects.exists())

    def test_of_histories_never_show_djangos_own(self):
        article = make.article()
        self.assertContains(self.client.get(address("article_history", article.pk)), "Version 1")
        page = self.client.get(f"/admin/articles/article/+{article.pk}/history/", follow=True)
        self.assertNotContains(page, "change-history")


class AltTexts(DeskTestCase):
    def asked(self, number):
        return self.client.get(reverse("admin:articles_image_alts", args=[number])).json()["alts"]

    def test_of_a_picture_are_those_of_the_library_and_of_other_articles(self):
        image = make.image("A wall")
        for alt in ("A grey wall", "A wall", "A grey wall", None):
            make.article(lead_image=image, lead_alt=alt)
        make.article(lead_image=make.image("Another"), lead_alt="Not this")
        with self.assertNumQueries(7):
            self.assertEqual(self.asked(image.pk), ["A wall", "A grey wall"])
        self.assertEqual(self.asked(2**70), [])
