"""What the doctor finds is kept for the operator's page, by whichever process looks."""

import datetime
import socket
import threading
from unittest import mock

from django.db import OperationalError
from django.test import SimpleTestCase, TestCase, override_settings
from django.utils import timezone

from articles.management.doctor import ALL, OFTEN
from articles.management.observing import watch
from articles.management.observing.looking import look_now
from articles.models import Examination, Trouble
from articles.press.shelf.locks import lead
from tests.articles.exporters.exported import folder_of

HOUR = datetime.timedelta(hours=1)


class LookingTest(TestCase):
    def test_all_checks_are_made_and_kept_with_what_the_host_is(self):
        look_now()
        there = Examination.objects.get(host=socket.gethostname())
        self.assertEqual(set(there.findings), set(ALL))
        self.assertIn("No press has printed yet", str(there.findings["press"]))
        self.assertGreater(there.facts["disks"][0]["free"], 0)
        self.assertIn("Python", there.facts["versions"])

    def test_between_two_thorough_looks_only_what_is_urgent_is_looked_at(self):
        look_now()
        Examination.objects.update(findings={"press": ["old"], "files": ["kept"]})
        self.assertTrue(watch.Watcher().turn(timezone.now(), thoroughly=False))
        there = Examination.objects.get()
        self.assertEqual(set(there.findings), {*OFTEN, "files"})
        self.assertEqual(there.findings["files"], ["kept"])
        self.assertNotEqual(there.findings["press"], ["old"])
        self.assertIn("Python", there.facts["versions"])

    def test_a_quick_look_asks_little(self):
        look_now()
        with self.assertNumQueries(14):
            watch.Watcher().turn(timezone.now(), thoroughly=False)

    def test_a_host_that_is_gone_is_forgotten(self):
        Examination.objects.create(host="old", looked_at=timezone.now() - 25 * HOUR)
        Examination.objects.create(host="away", looked_at=timezone.now() - 23 * HOUR)
        look_now()
        self.assertEqual(
            set(Examination.objects.values_list("host", flat=True)), {"away", socket.gethostname()}
        )

    def test_a_disk_that_answers_with_errors_is_told_of_and_the_rest_is_looked_at(self):
        with mock.patch("os.statvfs", side_effect=OSError(5, "Input/output error")):
            self.assertTrue(watch.Watcher().turn(timezone.now(), thoroughly=True))
        there = Examination.objects.get()
        self.assertEqual(set(there.findings), set(ALL))
        (said,) = there.findings["disks"]
        self.assertIn("can't look at disks: [Errno 5] Input/output error", said["sentence"])
        self.assertTrue(Trouble.objects.filter(name=f"disks as seen from {socket.gethostname()}").exists())

    def test_a_database_that_is_away_ends_nothing(self):
        with (
            mock.patch.object(watch, "keep", side_effect=OperationalError("away")),
            self.assertLogs("articles.operation", "ERROR") as logged,
        ):
            self.assertFalse(watch.Watcher().turn(timezone.now(), thoroughly=True))
        self.assertIn("away", logged.output[0])


class LeadingTest(SimpleTestCase):
    def test_one_process_of_a_host_looks_at_a_time(self):
        folder, stop, looked = folder_of(self), threading.Event(), []

        def look(watcher, now, *, thoroughly):
            looked.append(thoroughly)
            if len(looked) == 3:
                stop.set()
            return True

        fast = mock.patch.multiple(watch, FIRST=0.0, EVERY=0.01, TRY_EVERY=0.01)
        turned = mock.patch.object(watch.Watcher, "turn", look)
        with override_settings(VAR_DIR=folder), fast, turned:
            with lead(folder / "watch.lock"):
                thread = threading.Thread(target=watch.watch_when_leading, args=[stop])
                thread.start()
                thread.join(0.2)
                self.assertEqual(looked, [])
            thread.join(10)
        self.assertEqual(looked, [True, False, False])
