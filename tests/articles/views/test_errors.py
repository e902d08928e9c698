from unittest import mock

from django.db import OperationalError, connection, transaction
from django.test import RequestFactory, TestCase

from articles import publishing
from articles.views.errors import bad_request, forbidden, not_found, server_error
from tests import factories


class ErrorPagesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        factories.section("World")
        cls.standing = factories.published_article(headline="A story that stands")
        cls.gone = factories.published_article(headline="A story that is gone")
        publishing.withdraw(cls.gone, by=None)

    def test_what_is_not_there_leads_on(self):
        response = self.client.get("/2026/01/01/nothing/")
        self.assertContains(response, "A story that stands", status_code=404)
        self.assertContains(response, 'href="/world/"', status_code=404)

    def test_what_is_gone_says_so_and_shows_nothing_of_it(self):
        response = self.client.get(self.gone.get_absolute_url())
        self.assertContains(response, "withdrawn", status_code=410)
        self.assertNotContains(response, "A story that is gone", status_code=410)

    def test_both_take_six_queries_at_most(self):
        for address, queries in ((self.gone.get_absolute_url(), 2), ("/nowhere/", 4), ("/2026/01/01/x/", 6)):
            with self.subTest(address), self.assertNumQueries(queries):
                self.client.get(address)

    def test_a_file_that_is_not_there_costs_a_few_bytes_and_no_query(self):
        files = ("/wp-login.php", "/.env.bak", "/ads.txt", "/.well-known/anything/at/all", "/a/b/x.PNG")
        for address in files:
            with self.subTest(address), self.assertNumQueries(0):
                response = self.client.get(address)
                self.assertEqual(response.status_code, 404)
                self.assertLess(len(response.content), 100)

    def test_a_pasted_html_address_gets_the_page_with_a_way_on(self):
        self.assertContains(self.client.get("/nothing.html"), "A story that stands", status_code=404)

    def test_search_engines_leave_them_out(self):
        self.assertContains(
            self.client.get("/nowhere/"), '<meta name="robots" content="noindex">', status_code=404
        )

    def test_each_has_the_choice_of_site_version(self):
        pages = [
            self.client.get("/nowhere/"),
            self.client.get(self.gone.get_absolute_url()),
            server_error(RequestFactory().get("/world/")),
            forbidden(RequestFactory().get("/preview/")),
            bad_request(RequestFactory().get("/world/")),
        ]
        for page in pages:
            with self.subTest(page.status_code):
                self.assertIn('action="/site-version/"', page.content.decode())

    def test_a_request_for_another_host_is_refused_with_a_page(self):
        response = self.client.get("/", headers={"host": "evil.example"})
        self.assertContains(response, "makes no sense to us", status_code=400)
        self.assertNotContains(response, "evil.example", status_code=400)


class TooLargeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor("ana")

    def assert_told(self, address, form, **how):
        with self.assertLogs("django.security", "ERROR"):
            response = self.client.post(address, form, **how)
        self.assertContains(response, "Up to 10 MB of text, 1000 fields and 100 files", status_code=413)
        self.assertEqual(response["Cache-Control"], "no-store")

    def test_forms_of_the_desk_are_told_apart_from_bad_ones(self):
        self.client.force_login(self.editor)
        for address in ("/admin/articles/article/add/", "/admin/articles/tag/add/", "/admin/login/"):
            with self.subTest(address):
                self.assert_told(address, {"name": "x" * 11 * 1024 * 1024})
                self.assert_told(address, {f"field-{number}": "" for number in range(1001)})
                words = "name=" + "x" * 11 * 1024 * 1024
                self.assert_told(address, words, content_type="application/x-www-form-urlencoded")

    def test_of_readers_too(self):
        form = "&".join(f"{number}=" for number in range(1001))
        self.assert_told("/site-version/", form, content_type="application/x-www-form-urlencoded")


def ask_what_is_refused(*_):
    """On SQLite more values than a query may have; on PostgreSQL what takes longer than it may."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT {', '.join(['%s'] * 300_000)}", [1] * 300_000)
        cursor.execute("SET LOCAL statement_timeout = 1")
        cursor.execute("SELECT pg_sleep(1)")


class WithoutDatabaseTests(TestCase):
    def test_an_error_of_ours_asks_the_database_nothing(self):
        with self.assertNumQueries(0):
            response = server_error(RequestFactory().get("/world/"))
        self.assertEqual(response.status_code, 500)
        self.assertEqual(response["Cache-Control"], "no-store")

    def test_a_database_that_is_away_is_no_error_of_the_page(self):
        def away(*args, **kwargs):
            raise OperationalError("the server closed the connection")

        self.client.raise_request_exception = False
        with connection.execute_wrapper(away), self.assertLogs("django.request", "ERROR"):
            response = self.client.get("/world/")
        self.assertContains(response, "Back in a moment", status_code=503)
        self.assertEqual(response["Cache-Control"], "no-store")
        self.assertGreater(int(response["Retry-After"]), 0)

    def test_what_the_database_refuses_is_an_error_of_the_page(self):
        self.client.raise_request_exception = False
        with (
            mock.patch("articles.views.front.planned", side_effect=ask_what_is_refused),
            self.assertLogs("django.request", "ERROR") as log,
        ):
            response = self.client.get("/")
        self.assertContains(response, "Something went wrong", status_code=500)
        self.assertIn("OperationalError", log.output[0])

    def test_what_is_not_found_is_said_while_the_database_is_away(self):
        def away(*args, **kwargs):
            raise OperationalError("the server closed the connection")

        with connection.execute_wrapper(away):
            response = not_found(RequestFactory().get("/nowhere/"))
        self.assertEqual(response.status_code, 404)
        self.assertIn("not in the paper", response.content.decode())

    def test_a_view_that_fails_gets_the_page(self):
        self.client.raise_request_exception = False
        with mock.patch("articles.views.front.planned", side_effect=ZeroDivisionError):
            response = self.client.get("/")
        self.assertContains(response, "Something went wrong", status_code=500)
