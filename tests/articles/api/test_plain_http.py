from django.conf import settings
from django.test import SimpleTestCase, override_settings

from articles.api.plain_http import TOLD
from articles.management.nginx.blocks import REDIRECT


@override_settings(SECURE_SSL_REDIRECT=True)
class PlainHttpTests(SimpleTestCase):
    def test_is_refused_with_a_word_and_without_a_redirect(self):
        for method in ("get", "post", "options"):
            for address in ("/api/v1/articles", "/api/v1/desk/articles", "/api/v1/openapi.json", "/api/x"):
                with self.subTest(method, address=address):
                    answer = getattr(self.client, method)(address, headers={"authorization": "Bearer nr_x"})
                    self.assertEqual(answer.status_code, 403)
                    self.assertEqual(answer.json(), {"detail": TOLD, "problems": []})
                    self.assertEqual(answer["Cache-Control"], "no-store")

    def test_leads_people_to_https_and_is_none_of_https(self):
        for address in ("/api/v1/docs", "/about/"):
            answer = self.client.get(address)
            self.assertEqual((answer.status_code, answer["Location"]), (301, f"https://testserver{address}"))
        self.assertEqual(self.client.get("/api/x", secure=True).status_code, 404)

    def test_is_answered_by_nginx_in_the_same_words(self):
        self.assertIn(f'"detail": "{TOLD}"', REDIRECT)

    @override_settings(SECURE_SSL_REDIRECT=False)
    def test_is_all_there_is_on_a_computer_of_ones_own(self):
        self.assertIn("articles.api.plain_http.PlainApi", settings.MIDDLEWARE)
        self.assertEqual(self.client.get("/api/x").status_code, 404)
