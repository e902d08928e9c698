from io import StringIO
from unittest import mock

from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import OperationalError
from django.test import TestCase

from articles.checks import start_advice
from articles.management import preparing
from articles.management.commands import serve
from articles.management.progress import Progress, bar, time_left
from articles.models import Article
from articles.publishing.tasks import prepare_all as preparation
from tests import factories


class Terminal(StringIO):
    def isatty(self):
        return True


class PrepareCommandTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.articles = [factories.published_article() for _ in range(3)]
        Article.objects.update(prepared_body="<p>Old</p>", prepared_with="1-old")

    def run_it(self, **options):
        out, err = StringIO(), Terminal()
        call_command("prepare", stdout=out, stderr=err, **options)
        return out.getvalue(), err.getvalue()

    def left(self):
        return Article.objects.filter(prepared_body="<p>Old</p>").count()

    def test_prepares_all_and_says_how_far_it_is(self):
        with mock.patch.object(preparation, "SLICE", 2):
            said, shown = self.run_it()
        self.assertEqual(self.left(), 0)
        self.assertEqual(said, "3 articles and pages prepared.\n")
        self.assertIn("[####################..........] 2 of 3 articles and pages, about ", shown)
        self.assertIn("[##############################] 3 of 3 articles and pages, about 0 s left", shown)

    def test_has_nothing_to_do_a_second_time(self):
        self.run_it()
        self.assertEqual(
            self.run_it()[0], "Everything is prepared as this version prepares it; there is nothing to do.\n"
        )

    def test_shows_no_bar_where_it_is_told_to_be_quiet(self):
        self.assertEqual(self.run_it(verbosity=0)[1], "")

    def interrupted(self, error):
        act = preparation.prepare_articles_after

        def stopped(last):
            if last:
                raise error
            return act(last)

        changes = {"SLICE": 1, "prepare_articles_after": stopped}
        with mock.patch.multiple(preparation, **changes), self.assertRaises(CommandError) as raised:
            self.run_it()
        return str(raised.exception)

    def test_keeps_what_is_done_when_it_is_stopped(self):
        self.assertEqual(
            self.interrupted(KeyboardInterrupt()),
            "Stopped. What is prepared stays so; give the same command again for the rest.",
        )
        self.assertEqual(self.left(), 2)

    def test_keeps_what_is_done_when_the_database_goes_away(self):
        said = self.interrupted(OperationalError("the connection is lost\n"))
        self.assertTrue(
            said.startswith("The database does not answer: the connection is lost. What is prepared")
        )
        self.assertEqual(self.left(), 2)


class StartAdviceTests(TestCase):
    def test_names_the_command_while_a_row_is_prepared_otherwise(self):
        factories.published_article()
        self.assertEqual(list(start_advice()), [])
        Article.objects.update(prepared_with="")
        (sentence,) = start_advice()
        self.assertTrue(sentence.endswith("; run: python manage.py prepare"))

    def test_is_given_by_the_start_of_the_server(self):
        factories.published_article()
        Article.objects.update(prepared_with="")
        out = StringIO()
        # What would take this process's place, or close the test's own connection.
        parts = dict.fromkeys(
            ("become_server", "say_when_open", "connections", "refuse_taken", "start_problems"), mock.DEFAULT
        )
        with mock.patch.multiple(serve, **parts) as replaced:
            replaced["start_problems"].return_value = []
            call_command("serve", stdout=out)
        self.assertTrue(out.getvalue().endswith("; run: python manage.py prepare\n"))
        replaced["become_server"].assert_called_once()

    def test_is_silent_where_the_database_is_away(self):
        with mock.patch(
            "articles.checks.is_anything_prepared_otherwise", side_effect=OperationalError("no answer")
        ):
            self.assertEqual(list(start_advice()), [])

    def test_is_not_needed_where_serve_prepares_what_is_missing(self):
        factories.published_article()
        Article.objects.update(prepared_with="")
        said = []
        preparing.prepare(said.append)
        self.assertIn("Preparing the articles as this version does …", said)
        self.assertEqual(list(start_advice()), [])


class TestProgress:
    def test_bar_is_full_at_the_end_and_never_longer(self):
        assert bar(0, 4) == "[..............................] 0 of 4"
        assert bar(5, 4).startswith("[##############################]")

    def test_estimates_from_how_long_it_took_so_far(self):
        assert time_left(100, 400, 10.0) == "about 30 s left"
        assert time_left(100, 4000, 10.0) == "about 6 min left"

    def test_is_silent_where_nobody_looks(self):
        out = StringIO()
        progress = Progress(out, 10, noun="articles")
        progress.add(5)
        progress.end()
        assert out.getvalue() == ""

    def test_says_how_far_it_is_and_how_long_the_rest_of_a_stage_takes(self):
        out, clock = Terminal(), iter([0.0, 100.0, 100.0, 110.0, 110.0, 110.0])
        with mock.patch("articles.management.progress.time.monotonic", lambda: next(clock)):
            progress = Progress(OutputWrapper(out), 0, noun="articles")
            # One that was killed had done 20 of 60. Ten more take ten seconds, then the next stage begins.
            for done in (20, 30, 5):
                progress.at(done, 60)
        lines = [line.strip().partition("] ")[2] for line in out.getvalue().split("\r")[1:]]
        assert lines == [
            "20 of 60 articles",
            "30 of 60 articles, about 30 s left",
            "5 of 60 articles",
        ]
