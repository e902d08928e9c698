from django.db import OperationalError, connection
from django.test import TestCase, override_settings


class HealthTests(TestCase):
    def test_is_alive_without_a_database(self):
        with self.assertNumQueries(0):
            self.assertEqual(self.client.get("/health/live").status_code, 200)

    def test_is_ready_while_the_database_answers(self):
        self.assertEqual(self.client.get("/health/ready").content, b"ready\n")

    def test_is_not_ready_while_the_database_is_away(self):
        def away(*args, **kwargs):
            raise OperationalError("the server closed the connection")

        with connection.execute_wrapper(away):
            self.assertEqual(self.client.get("/health/ready").status_code, 503)

    def test_is_never_kept(self):
        for address in ("/health/live", "/health/ready"):
            self.assertIn("no-store", self.client.get(address)["Cache-Control"])

    @override_settings(SECURE_SSL_REDIRECT=True)
    def test_is_answered_under_whatever_name_it_is_asked_for_and_without_a_word_in_the_log(self):
        for host in ("203.0.113.9", "[::1]:8000", "evil.example", "not a host", ""):
            for address in ("/health/live", "/health/ready"):
                with self.subTest(host=host, address=address), self.assertNoLogs("django"):
                    self.assertEqual(self.client.get(address, headers={"host": host}).status_code, 200)

    def test_is_all_that_is_answered_under_another_name(self):
        for address in ("/", "/health", "/healthy/", "/robots.txt", "/admin/login/"):
            with self.subTest(address), self.assertLogs("django.security.DisallowedHost"):
                self.assertEqual(self.client.get(address, headers={"host": "evil.example"}).status_code, 400)


class RobotsTests(TestCase):
    def test_keep_out_of_the_desk(self):
        response = self.client.get("/robots.txt")
        self.assertEqual(response["Content-Type"], "text/plain; charset=utf-8")
        self.assertContains(response, "Disallow: /admin/")
