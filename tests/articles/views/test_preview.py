import dataclasses
import datetime
import uuid

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.models import Article
from articles.publishing import Content
from tests import factories


class PreviewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()
        cls.draft = factories.article(headline="Not out yet", authors=[factories.author()], tags=("coast",))
        cls.public = factories.published_article(headline="As it stands")
        changed = dataclasses.replace(Content.of(cls.public), headline="As it will stand")
        publishing.save_draft(cls.public, changed, by=None)

    def preview(self, article, user=None):
        if user:
            self.client.force_login(user)
        return self.client.get(f"/preview/{article.uid}/")

    def test_shows_a_draft_with_a_bar(self):
        response = self.preview(self.draft, self.editor)
        self.assertContains(response, "Not out yet")
        self.assertContains(response, 'aria-label="Preview"')
        self.assertContains(response, "<strong>Draft.</strong>")
        self.assertContains(response, f"/admin/articles/article/{self.draft.pk}/change/")
        self.assertContains(response, "Mara Ellis")
        self.assertContains(response, "coast")

    def test_shows_the_working_copy_and_saves_nothing(self):
        self.assertContains(self.preview(self.public, self.editor), "As it will stand")
        self.assertEqual(Article.objects.get(pk=self.public.pk).headline, "As it stands")
        self.assertContains(self.client.get(self.public.get_absolute_url()), "As it stands")

    def test_is_nobody_elses(self):
        response = self.preview(self.draft, self.editor)
        self.assertIn("no-store", response["Cache-Control"])
        self.assertIn("private", response["Cache-Control"])
        self.assertEqual(response["X-Robots-Tag"], "noindex")
        self.assertNotContains(response, 'rel="canonical"')

    def test_may_be_framed_by_the_desk_alone(self):
        response = self.preview(self.draft, self.editor)
        self.assertEqual(response["X-Frame-Options"], "SAMEORIGIN")
        self.assertEqual(response["Content-Security-Policy"], "frame-ancestors 'self'")
        self.assertEqual(self.client.get(self.public.get_absolute_url())["X-Frame-Options"], "DENY")

    def test_asks_strangers_to_log_in(self):
        response = self.preview(self.draft)
        self.assertRedirects(
            response, f"/admin/login/?next=/preview/{self.draft.uid}/", fetch_redirect_response=False
        )

    def test_refuses_those_who_may_not_see_articles(self):
        guest = get_user_model().objects.create_user("guest", is_staff=True)
        self.assertEqual(self.preview(self.draft, guest).status_code, 403)
        guest.user_permissions.add(Permission.objects.get(codename="view_article"))
        self.assertEqual(self.preview(self.draft, guest).status_code, 200)

    def test_refuses_whoever_has_left_the_staff_from_then_on(self):
        guest = get_user_model().objects.create_user("guest", is_staff=True)
        guest.user_permissions.add(Permission.objects.get(codename="view_article"))
        for left in ({"is_staff": False}, {"is_staff": False, "is_superuser": True}):
            for user in (guest, self.editor):
                with self.subTest(user=user.username, **left):
                    get_user_model().objects.filter(pk=user.pk).update(is_staff=True)
                    self.assertEqual(self.preview(self.draft, user).status_code, 200)
                    get_user_model().objects.filter(pk=user.pk).update(**left)
                    self.assertEqual(self.preview(self.draft).status_code, 403)
        get_user_model().objects.update(is_staff=True, is_active=False)
        self.assertEqual(self.preview(self.draft).status_code, 302)

    def test_shows_what_has_hardly_been_begun(self):
        empty = publishing.begin(Content(), by=None)
        self.assertEqual(self.preview(empty, self.editor).status_code, 200)

    def test_shows_what_is_scheduled(self):
        later = factories.published_article(at=timezone.now() + datetime.timedelta(days=1))
        self.assertContains(self.preview(later, self.editor), later.headline)

    def test_of_nothing_is_not_found(self):
        self.client.force_login(self.editor)
        self.assertEqual(self.client.get(f"/preview/{uuid.uuid4()}/").status_code, 404)
