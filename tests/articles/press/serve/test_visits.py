from unittest import mock

from django.test import TestCase

from articles.models import MissedAddress, OldAddress
from articles.press.serve import counting
from articles.press.serve.visits import MOST, Visits, path_of
from articles.publishing.addresses.redirects import Wanted, save_redirect
from tests import factories
from tests.articles.publishing.broken import breaks_at

from .test_application import Answer

ANSWERS = {"/old/": "301 Moved Permanently", "/there/": "200 OK"}


def application(environ, start_response):
    start_response(ANSWERS.get(environ["PATH_INFO"], "404 Not Found"), [])
    return [b""]


class VisitsTests(TestCase):
    def setUp(self):
        self.site = Visits(application)
        # The thread that writes now and then is not begun; the test writes.
        self.site.writes.begin = lambda: None

    def write(self):
        with mock.patch.object(counting.connections, "close_all"):
            self.site.writes.write()

    def test_are_written_by_address_and_by_nothing_else(self):
        factories.published_article(tags=("coast",))
        save_redirect(Wanted("/old/", "/tag/coast/"))
        with self.assertNumQueries(0):
            for path, query in (("/old/", "a=1"), ("/old/", ""), ("/missing/", "name=ana"), ("/there/", "")):
                Answer(self.site, path, query=query, referer="https://example.org/", user_agent="x")
        self.write()
        self.assertEqual(OldAddress.objects.get().hits, 2)
        self.assertEqual([*MissedAddress.objects.values_list("path", "hits")], [("/missing/", 1)])

    def test_at_a_number_of_wordpress_count_for_that_number(self):
        factories.published_article(tags=("coast",))
        save_redirect(Wanted("/?cat=5", "/tag/coast/"))
        ANSWERS["/"] = "301 Moved Permanently"
        self.addCleanup(ANSWERS.pop, "/")
        Answer(self.site, "/", query="utm_source=ana&cat=5")
        ANSWERS["/"] = "404 Not Found"
        Answer(self.site, "/", query="p=999")
        self.write()
        self.assertEqual(OldAddress.objects.get().hits, 1)
        self.assertEqual([*MissedAddress.objects.values_list("path", "hits")], [("/?p=999", 1)])

    def test_of_robots_and_of_people_by_name_are_left_out(self):
        for path in (
            "/wp-login.php",
            "/.env",
            "/x.png",
            "/a@b.example/",
            "//evil/",
            "/admin/x/",
            "/\x00/",
            "/" + "x" * 400,
        ):
            with self.subTest(path):
                self.assertIsNone(path_of({"REQUEST_METHOD": "GET", "PATH_INFO": path}))
        self.assertIsNone(path_of({"REQUEST_METHOD": "POST", "PATH_INFO": "/x/"}))
        self.assertEqual(path_of({"REQUEST_METHOD": "GET", "PATH_INFO": "/story.php"}), "/story.php")

    def test_are_of_a_bounded_number_of_addresses(self):
        for number in range(MOST + 50):
            Answer(self.site, f"/{number}/")
        Answer(self.site, "/7/")
        taken = self.site.missed.take()
        self.assertEqual((len(taken), taken["/7/"]), (MOST, 2))

    def test_are_kept_while_the_database_is_away(self):
        Answer(self.site, "/missing/")
        with (
            breaks_at(1, "SELECT"),
            self.assertLogs("articles.press", "WARNING"),
        ):
            self.write()
        self.write()
        self.assertEqual(MissedAddress.objects.get().hits, 1)
