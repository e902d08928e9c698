import datetime
import io

from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import TestCase
from django.utils import timezone

from articles.models import Notice, PictureFailure, PressStatus, PrintFailure
from articles.outbox.cursor import Position
from articles.press.status import Status, forget_lost_shelves
from tests import factories

DAY = datetime.timedelta(days=1)


class StatusTest(TestCase):
    """What a press says of itself, and what `press status` says and ends with."""

    def setUp(self):
        self.status = Status("paper-1:/srv/shelf")
        self.position = Position(0, timezone.now())

    @property
    def said(self):
        return PressStatus.objects.get()

    def run_status(self):
        """Its exit code and its words."""
        out = io.StringIO()
        try:
            call_command("press", "status", stdout=out)
        except CommandError as error:
            return error.returncode, f"{out.getvalue()}{error}"
        return 0, out.getvalue()

    def say(self, **more):
        PressStatus.objects.update_or_create(
            shelf="paper-1:/srv/shelf", defaults={"seen_at": timezone.now(), **more}
        )

    def test_an_error_is_over_when_the_press_has_done_all_again(self):
        self.status.note(OSError("No space left on device"))
        self.status.say(self.position)
        self.assertIsNone(self.said.recovered_at)
        self.assertEqual(self.run_status()[0], 4)
        self.status.all_is_well()
        self.assertIsNotNone(self.said.recovered_at)
        code, words = self.run_status()
        self.assertEqual(code, 0)
        self.assertRegex(words, r"last error: OSError: No space left on device \(.*; over since .*\)")

    def test_an_error_that_comes_back_is_not_over(self):
        for _ in range(2):
            self.status.note(OSError("No space left on device"))
            self.status.say(self.position)
            self.assertIsNone(self.said.recovered_at)
            self.assertIn("; not over)", self.said.error_in_words())
            self.status.all_is_well()

    def test_an_error_that_the_database_could_not_take_is_said_before_it_is_over(self):
        self.status.note(OperationalError("the database is away"))
        self.status.all_is_well()
        self.status.say(self.position)
        self.assertIsNone(self.said.recovered_at)
        self.status.all_is_well()
        self.assertIsNotNone(self.said.recovered_at)

    def test_the_next_press_ends_the_trouble_of_one_that_was_stopped_in_it(self):
        self.status.note(OSError("No space left on device"))
        self.status.say(self.position)
        after = Status("paper-1:/srv/shelf")
        after.say(self.position)
        after.all_is_well()
        self.assertIsNotNone(self.said.recovered_at)

    def test_being_well_asks_the_database_nothing_again_and_again(self):
        self.status.all_is_well()
        with self.assertNumQueries(0):
            self.status.all_is_well()

    def test_says_what_is_under_way(self):
        self.status.say(self.position, "reprinting, 310 of 1,135 articles")
        self.assertEqual(self.run_status()[0], 0)
        self.assertIn("paper-1:/srv/shelf: runs; reprinting, 310 of 1,135 articles\n", self.run_status()[1])

    def test_ends_with_nothing_while_all_is_well(self):
        self.say()
        self.assertEqual(
            self.run_status(), (0, "paper-1:/srv/shelf: runs; nothing waits\n0 changes are due later.\n")
        )

    def test_ends_with_three_while_no_press_runs(self):
        code, words = self.run_status()
        self.assertEqual((code, words.splitlines()[-1]), (3, "No press has printed yet."))
        self.say(seen_at=timezone.now() - datetime.timedelta(minutes=2))
        code, words = self.run_status()
        self.assertEqual((code, words.splitlines()[-1]), (3, "A press does not run."))

    def test_ends_with_four_while_changes_wait_for_long(self):
        self.say(waiting=1, oldest_at=timezone.now() - datetime.timedelta(minutes=4))
        self.assertEqual(self.run_status()[0], 0)
        self.say(waiting=1, oldest_at=timezone.now() - datetime.timedelta(minutes=6))
        self.assertEqual(self.run_status()[0], 4)

    def test_ends_with_four_while_a_page_cannot_be_printed(self):
        self.say()
        now = timezone.now()
        PrintFailure.objects.create(
            shelf="paper-1:/srv/shelf",
            path="/world/",
            error="TemplateSyntaxError",
            failed_at=now,
            next_try_at=now,
        )
        code, words = self.run_status()
        self.assertEqual(code, 4)
        self.assertIn("not printed: /world/ (1 tries): TemplateSyntaxError", words)

    def test_ends_with_four_while_a_picture_cannot_be_made(self):
        self.say()
        image, now = factories.image("A harbour"), timezone.now()
        PictureFailure.objects.create(
            image=image, error="Its file cannot be read.", attempts=3, failed_at=now, next_try_at=now
        )
        code, words = self.run_status()
        self.assertEqual(code, 4)
        self.assertIn("picture not made: A harbour (3 tries): Its file cannot be read.\n", words)

    def test_ends_with_four_while_a_hub_takes_nothing(self):
        self.say()
        now = timezone.now()
        Notice.objects.create(
            service="websub",
            address="/feed/",
            noted_at=now,
            next_try_at=now,
            tries=1,
            last_error="it answered 500",
        )
        code, words = self.run_status()
        self.assertEqual(code, 4)
        self.assertIn("not told to websub: /feed/, for 0\xa0minutes; failed once, next try", words)
        self.assertIn(": it answered 500\n", words)

    def test_does_not_speak_of_a_press_that_was_given_up(self):
        self.say()
        PressStatus.objects.create(shelf="old:/srv/shelf", seen_at=timezone.now() - 2 * DAY)
        code, words = self.run_status()
        self.assertEqual(code, 0)
        self.assertNotIn("old:", words)


class ForgetLostShelvesTest(TestCase):
    def setUp(self):
        self.now = timezone.now()

    def press(self, shelf, *, seen):
        PressStatus.objects.create(shelf=shelf, seen_at=self.now - seen)

    def failure(self, shelf, *, ago):
        failed = self.now - ago
        PrintFailure.objects.create(shelf=shelf, path="/world/", failed_at=failed, next_try_at=failed)

    def shelves_with_failures(self):
        forget_lost_shelves(self.now)
        return set(PrintFailure.objects.values_list("shelf", flat=True))

    def test_takes_along_the_failures_of_a_press_that_is_forgotten(self):
        self.press("old:/srv/shelf", seen=40 * DAY)
        self.failure("old:/srv/shelf", ago=40 * DAY)
        self.assertEqual(self.shelves_with_failures(), set())

    def test_leaves_those_of_a_press_that_is_known(self):
        self.press("paper-1:/srv/shelf", seen=0 * DAY)
        self.press("paper-2:/srv/shelf", seen=20 * DAY)
        self.failure("paper-1:/srv/shelf", ago=20 * DAY)
        self.failure("paper-2:/srv/shelf", ago=20 * DAY)
        self.assertEqual(self.shelves_with_failures(), {"paper-1:/srv/shelf", "paper-2:/srv/shelf"})

    def test_leaves_those_of_a_press_that_has_only_begun(self):
        self.failure("new:/srv/shelf", ago=datetime.timedelta(seconds=3))
        self.assertEqual(self.shelves_with_failures(), {"new:/srv/shelf"})
