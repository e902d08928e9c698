from django.contrib.auth import get_user_model

from articles import publishing
from articles.models import Author, OutboxEntry
from articles.publishing import BylineContent
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address


class AuthorTest(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.mara = make.author("Mara Ellis")

    def save(self, author=None, **changes):
        data = {"name": "Ana Lind", "slug": "", "role": "", "user": "", "portrait": ""}
        data |= {"biography": "", "links": ""} | changes
        where = address("author_change", author.pk) if author else address("author_add")
        return self.client.post(where, data)

    def errors(self, page):
        return dict(page.context["adminform"].form.errors.items())

    def delete(self, author):
        return self.client.post(address("author_delete", author.pk), {"post": "yes"}, follow=True)

    def test_gets_a_slug_of_the_name_with_a_number_if_it_is_taken(self):
        self.save(name="Mara Ellis")
        self.save(name="!!!")
        slugs = Author.objects.order_by("pk").values_list("slug", flat=True)
        self.assertEqual(list(slugs), ["mara-ellis", "mara-ellis-2", "author"])

    def test_is_announced_under_old_and_new_slug(self):
        OutboxEntry.objects.all().delete()
        self.save(self.mara, name="Mara Ellis", slug="mara")
        self.assertEqual(OutboxEntry.objects.get().change["authors"], ["mara", "mara-ellis"])

    def test_has_links_that_are_web_addresses(self):
        errors = self.errors(self.save(links="https://example.org\njavascript:alert(1)"))
        self.assertIn("Line 2 is no web address", errors["links"][0])

    def test_may_have_the_login_of_somebody_at_the_desk_who_has_none_yet(self):
        outside = get_user_model().objects.create_user("reader")
        self.save(self.mara, name="Mara", slug="mara", user=self.user.pk)
        self.assertEqual(list(self.errors(self.save(user=self.user.pk))), ["user"])
        self.assertEqual(list(self.errors(self.save(user=outside.pk))), ["user"])

    def test_has_a_portrait_of_the_library(self):
        picture = make.image("Mara at her desk")
        self.save(self.mara, name="Mara Ellis", slug="mara-ellis", portrait=picture.pk)
        page = self.client.get(address("author_change", self.mara.pk))
        self.assertContains(page, "data-picture-field")
        self.assertContains(page, "/media/renditions/")
        for value in ("999", "x", "9" * 30, "-1"):
            with self.subTest(value=value):
                self.assertEqual(list(self.errors(self.save(portrait=value))), ["portrait"])

    def test_with_a_byline_is_kept_and_the_page_says_what_to_do(self):
        make.article(authors=[self.mara])
        page = self.delete(self.mara)
        self.assertContains(page, "“Mara Ellis” is used by 1 article.")
        self.assertContains(page, "empty the login and change the role")
        self.assertTrue(Author.objects.exists())

    def test_with_a_byline_in_unpublished_changes_is_kept(self):
        article = make.published_article()
        publishing.save_draft(article, make.content(bylines=(BylineContent(self.mara.pk),)), by=None)
        self.assertContains(self.delete(self.mara), "is used by 1 working copy.")

    def test_without_any_byline_is_deleted_and_announced(self):
        OutboxEntry.objects.all().delete()
        self.delete(self.mara)
        self.assertFalse(Author.objects.exists())
        self.assertEqual(OutboxEntry.objects.get().change["authors"], ["mara-ellis"])

    def test_list_costs_the_same_with_more_rows(self):
        for number in range(50):
            make.author(f"Author {number}", portrait=make.image() if number < 2 else None)
        with self.assertNumQueries(8):
            self.client.get(address("author_changelist"))

    def test_is_found_while_typing_in_the_filter(self):
        query = {"term": "mar", "app_label": "articles", "model_name": "byline", "field_name": "author"}
        answer = self.client.get("/admin/autocomplete/", query)
        self.assertEqual([each["text"] for each in answer.json()["results"]], ["Mara Ellis"])
