"""What a page says of itself when it is opened, as our own server counts it."""

from unittest import mock

from django.test import TestCase

from articles.models import Reads
from articles.press.serve import counting
from articles.press.serve.reads import MOST, ReadArticles
from tests import factories
from tests.articles.publishing.broken import breaks_at

from .test_application import Answer

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Printed:
    """A shelf on which these addresses stand."""

    def __init__(self, *paths):
        self.paths = paths

    def status_at(self, path):
        return 200 if path in self.paths else None


def application(environ, start_response):
    start_response("404 Not Found", [])
    return [b""]


class ReadArticlesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.path = factories.published_article().get_absolute_url()

    def setUp(self):
        self.site = ReadArticles(application, Printed(self.path, "/2026/01/01/printed/"))
        # The thread that writes now and then is not begun; the test writes.
        self.site.writes.begin = lambda: None

    def say(self, path=None, *, method="POST", agent=BROWSER, **headers):
        return Answer(self.site, f"/read{path or self.path}", method=method, user_agent=agent, **headers)

    def written(self):
        with mock.patch.object(counting.connections, "close_all"):
            self.site.writes.write()
        return sum(Reads.objects.values_list("number", flat=True))

    def test_is_answered_with_nothing_and_counted(self):
        with self.assertNumQueries(0):
            for _ in range(3):
                answer = self.say()
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(self.written(), 3)

    def test_robots_are_left_out(self):
        for agent in ("", "Googlebot/2.1", "Mozilla/5.0 HeadlessChrome/130", "curl/8.5", "python-requests/2"):
            self.assertEqual(self.say(agent=agent).status, 204)
        self.assertEqual(self.written(), 0)

    def test_pages_of_other_sites_are_left_out(self):
        self.say(sec_fetch_site="cross-site")
        self.say(sec_fetch_site="same-origin")
        self.assertEqual(self.written(), 1)

    def test_invented_addresses_take_no_room(self):
        for number in range(100):
            for path in (
                f"/2026/01/01/{number}/",
                f"/x{number}/",
                f"/2026/99/01/x{number}/",
                "//",
                "/\xff/",
                "/" + "y" * 5000,
            ):
                self.say(path)
        self.assertEqual(len(self.site.tally.take()), 0)

    def test_a_bounded_number_is_kept(self):
        self.site.shelf.status_at = lambda path: 200
        for number in range(MOST + 50):
            self.say(f"/2026/01/01/{number}/")
        self.assertEqual(len(self.site.tally.take()), MOST)

    def test_other_requests_go_to_the_site(self):
        self.assertEqual(self.say(method="GET").status, 404)
        self.assertEqual(Answer(self.site, "/reading/", method="POST").status, 404)
        self.assertEqual(self.written(), 0)

    def test_is_kept_while_the_database_is_away(self):
        self.say()
        with (
            breaks_at(1, "SELECT"),
            self.assertLogs("articles.press"),
        ):
            self.assertEqual(self.written(), 0)
        self.assertEqual(self.written(), 1)

    def test_turned_off_nothing_is_counted(self):
        site = ReadArticles(application, None)
        answer = Answer(site, f"/read{self.path}", method="POST", user_agent=BROWSER)
        self.assertEqual(answer.status, 204)
        self.assertEqual(len(site.tally.take()), 0)
