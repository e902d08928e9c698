from django.db import OperationalError, connection
from django.test import TestCase


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


class RobotsTests(TestCase):
    def test_keep_out_of_the_desk(self):
        response = self.client.get("/robots.txt")
        self.assertEqual(response["Content-Type"], "text/plain")
        self.assertContains(response, "Disallow: /admin/")
