import time
from contextlib import contextmanager
from unittest import mock

from django.contrib.messages import get_messages
from django.db import connection
from django.test import TransactionTestCase
from psycopg.errors import QueryCanceled

from articles.search import time_limit
from articles.search.index import DESK, PUBLIC
from articles.search.postgres import by_index
from articles.search.question import read_question
from articles.search.results import find
from articles.search.sqlite import rows
from articles.search.time_limit import TimeLimit, TookTooLong
from tests import factories
from tests.articles.search.case import ask, put, text

# These phrases stand a thousand times in every text, and all of them are read.
TEXT = "the wall of the sea and of a wall by the sea of rain " * 1000
SLOW = '"the wall of the sea" "sea and of a wall" "a wall by the sea" "sea of rain the wall" "by the sea of rain"'
TEXTS = [text(number, "Rain", "", TEXT, age=number) for number in range(1, 60)]
MINUTES = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT max(i) FROM n"


def statement(limit):
    return by_index(MINUTES, [], limit) if connection.vendor == "postgresql" else rows(MINUTES, [], limit)


@contextmanager
def closing_when_given_up(driver):
    """As the driver does it now and then."""
    try:
        yield
    except QueryCanceled:
        driver.close()
        raise


class TimeLimitTests(TransactionTestCase):
    """Not in a transaction of the test's own, which PostgreSQL would not go on with after a statement that it
    has given up."""

    def setUp(self):
        put(*TEXTS)

    def test_a_statement_of_minutes_is_given_up_and_the_next_one_is_answered(self):
        begun = time.monotonic()
        with self.assertRaises(TookTooLong):
            statement(TimeLimit(0.2))
        self.assertLess(time.monotonic() - begun, 30)
        self.assertEqual(len(ask("rain")), 59)

    if connection.vendor == "postgresql":

        def test_the_next_one_is_answered_also_if_the_driver_has_closed_the_connection(self):
            ask("rain")
            real = connection.connection

            @contextmanager
            def closing():
                with closing_when_given_up(real), type(real).pipeline(real):
                    yield

            with mock.patch.object(real, "pipeline", closing), self.assertRaises(TookTooLong):
                statement(TimeLimit(0.2))
            self.assertTrue(real.closed)
            self.assertEqual(len(ask("rain")), 59)

    def test_nothing_of_the_limit_stays_with_the_connection(self):
        find(PUBLIC, read_question("rain", ["en"]), limit=TimeLimit(0.5))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT current_setting('statement_timeout'), current_setting('enable_seqscan')"
                )
                self.assertEqual(cursor.fetchone(), ("0", "on"))
            else:
                time.sleep(0.6)
                cursor.execute(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
                    "SELECT max(i) FROM n"
                )
                self.assertEqual(cursor.fetchone(), (100_000,))

    def test_a_question_has_one_limit_for_all_its_statements(self):
        limit = TimeLimit(0.05)
        time.sleep(0.06)
        with self.assertRaises(TookTooLong):
            find(PUBLIC, read_question("rain", ["en"]), limit=limit)


class SlowQuestionTests(TransactionTestCase):
    """A question that reads sixty texts of 13,000 words has a hundredth of the time that it needs."""

    def setUp(self):
        put(*TEXTS)
        short = mock.patch.multiple(time_limit.TimeLimit, milliseconds=1)
        short.start()
        self.addCleanup(short.stop)

    def test_is_answered_with_a_plain_sentence(self):
        page = self.client.get("/search/", {"q": SLOW})
        self.assertContains(page, "This search took too long", status_code=503)
        self.assertContains(page, "sea and of a wall", status_code=503)
        self.assertEqual((page["Retry-After"], page["Cache-Control"]), ("10", "no-store"))

    def test_suggests_what_needs_no_words(self):
        factories.published_article(tags=("rain on the sea",))
        answer = self.client.get("/search/suggestions/", {"q": "rain on"})
        self.assertEqual(answer.status_code, 200)

    def test_is_answered_at_the_desk(self):
        self.client.force_login(factories.editor())
        put(*TEXTS, index=DESK)
        page = self.client.get("/admin/articles/article/", {"q": SLOW})
        self.assertEqual(page.status_code, 200)
        self.assertIn("took too long", " ".join(map(str, get_messages(page.wsgi_request))))
        self.assertEqual(self.client.get("/admin/articles/article/desk/links/", {"q": SLOW}).status_code, 503)
