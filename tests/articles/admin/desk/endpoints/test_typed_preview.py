from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client, TestCase
from django.urls import reverse

from articles.models import Article, Revision, Tag, UnsavedText
from tests import factories

ADDRESS = reverse("desk_preview")


class TypedPreviewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()
        cls.author = factories.author()
        cls.article = factories.published_article(
            headline="As it stands", body="<p>As it was.</p>", tags=("coast",), authors=[cls.author]
        )

    def setUp(self):
        self.client.force_login(self.editor)

    def preview(self, article=None, **fields):
        typed = {"uid": article.uid if article else "f1b0f0b4-8a5e-4f0e-9a44-000000000001", **fields}
        return self.client.post(ADDRESS, typed)

    def typed(self, **fields):
        """Everything that the form of the article sends."""
        standing = {"headline": "As it stands", "slug": self.article.slug, "section": self.article.section_id}
        return {**standing, "body": "<p>As it was.</p>", "tags": "coast", "bylines": "Mara Ellis", **fields}

    def test_shows_what_is_typed_and_saves_nothing(self):
        before = Article.objects.values().get(), Revision.objects.count()
        response = self.preview(
            self.article,
            **self.typed(headline="As it is typed", body="<p>Words of now.</p>", tags="coast, tides"),
        )
        for words in ("As it is typed", "Words of now.", "tides", "Mara Ellis"):
            self.assertContains(response, words)
        self.assertNotContains(response, "As it was.")
        self.assertEqual((Article.objects.values().get(), Revision.objects.count()), before)
        self.assertFalse(Tag.objects.filter(name="tides").exists())
        self.assertFalse(UnsavedText.objects.exists())

    def test_shows_an_article_that_was_never_saved(self):
        response = self.preview(headline="A new one", body="<p>Its first words.</p>")
        self.assertContains(response, "A new one")
        self.assertContains(response, "Its first words.")
        self.assertEqual(Article.objects.count(), 1)
        self.assertEqual(self.preview().status_code, 200)

    def test_shows_no_more_than_readers_would_get_of_hostile_words(self):
        response = self.preview(
            body="<p>Fair <script>alert(1)</script><b onclick=x>words</b></p>", headline="<i>x"
        )
        self.assertNotContains(response, "alert(1)")
        self.assertNotContains(response, "onclick=x")
        self.assertContains(response, "&lt;i&gt;x")

    def test_a_field_that_is_wrong_has_what_was_saved_last(self):
        response = self.preview(
            self.article,
            **self.typed(
                headline="x" * 301, section="999999", canonical_url="no address", body="<p>Words of now.</p>"
            ),
        )
        self.assertContains(response, "As it stands")
        self.assertContains(response, "Words of now.")
        self.assertContains(response, self.article.section.name)

    def test_may_be_framed_by_the_desk_alone_and_is_kept_nowhere(self):
        response = self.preview(self.article, **self.typed())
        self.assertEqual(response["X-Frame-Options"], "SAMEORIGIN")
        self.assertEqual(response["Content-Security-Policy"], "frame-ancestors 'self'")
        self.assertIn("no-store", response["Cache-Control"])
        self.assertEqual(response["X-Robots-Tag"], "noindex")

    def test_is_for_those_who_may_open_the_form(self):
        user = get_user_model().objects.create_user("guest", is_staff=True)
        self.client.force_login(user)
        self.assertEqual(self.preview(self.article).status_code, 403)
        self.assertEqual(self.preview().status_code, 403)
        user.user_permissions.add(Permission.objects.get(codename="add_article"))
        self.assertEqual(self.preview(headline="Mine").status_code, 200)
        self.assertEqual(self.preview(self.article).status_code, 403)
        get_user_model().objects.update(is_staff=False)
        self.assertEqual(self.preview(headline="Mine").status_code, 403)
        self.client.logout()
        self.assertEqual(self.preview(headline="Mine").status_code, 403)

    def test_nobody_elses_page_can_ask_for_it(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.editor)
        self.assertEqual(client.post(ADDRESS, self.typed()).status_code, 403)
        self.assertEqual(self.client.get(ADDRESS).status_code, 405)

    def test_takes_few_queries(self):
        with self.assertNumQueries(10):
            self.preview(self.article, **self.typed())
