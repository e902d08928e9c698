from django.contrib.auth.models import User
from django.test import TestCase, override_settings

from articles.middleware.desk_flag import COOKIE
from tests import factories


class DeskFlagTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor("ana")
        cls.clerk = User.objects.create_user("clerk", password="press-room", is_staff=True)

    def test_is_set_for_an_editor_at_the_desk(self):
        self.client.force_login(self.editor)
        cookie = self.client.get("/admin/articles/article/add/").cookies[COOKIE]
        self.assertEqual((cookie.value, cookie["path"], cookie["samesite"]), ("1", "/", "Lax"))
        self.assertEqual((cookie["httponly"], cookie["max-age"], cookie["secure"]), ("", "", ""))

    @override_settings(SECURE_SSL_REDIRECT=False)
    def test_travels_only_encrypted_where_the_site_is(self):
        self.client.force_login(self.editor)
        self.assertTrue(
            self.client.get("/admin/articles/article/add/", secure=True).cookies[COOKIE]["secure"]
        )

    def test_is_set_once(self):
        self.client.force_login(self.editor)
        self.client.get("/admin/articles/article/add/")
        self.assertNotIn(COOKIE, self.client.get("/admin/articles/article/add/").cookies)

    def test_is_not_for_those_who_may_not_change_articles(self):
        self.client.force_login(self.clerk)
        self.assertNotIn(COOKIE, self.client.get("/admin/articles/article/add/").cookies)

    def test_is_never_set_on_readers_pages(self):
        self.client.force_login(self.editor)
        self.assertNotIn(COOKIE, self.client.get("/").cookies)

    def test_goes_when_the_editor_logs_out(self):
        self.client.force_login(self.editor)
        self.client.get("/admin/articles/article/add/")
        cookie = self.client.post("/admin/logout/").cookies[COOKIE]
        self.assertEqual((cookie.value, cookie["max-age"]), ("", 0))
