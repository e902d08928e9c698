"""Who is told of trouble: once when it begins, and once when it is over."""

import datetime
import io
import json

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import TestCase, TransactionTestCase, override_settings
from django.utils import timezone

from articles.management.doctor import wrong
from articles.management.observing.alarms import Alarms
from articles.management.observing.watch import Watcher
from articles.models import Backup, PressStatus, PrintFailure, Trouble
from tests.articles.press.telling.hub import running_hub

MINUTE = datetime.timedelta(minutes=1)
FULL = [wrong("The disk of /srv is full.", trouble="disk of /srv")]
BY_EMAIL = {"EMAIL": ["ops@example.org", "olu@example.org"], "WEBHOOK": ""}


def away(execute, sql, *more):
    raise OperationalError("the database is away")


class Passing:
    """Looks, a minute apart."""

    def setUp(self):
        self.alarms, self.now = Alarms(), timezone.now()

    def pass_minutes(self, findings, *, minutes=1, alarms=None):
        for _ in range(minutes):
            self.now += MINUTE
            (alarms or self.alarms).take(findings, self.now)

    def subjects(self):
        return [message.subject for message in mail.outbox]


@override_settings(ALARMS=BY_EMAIL)
class AlarmsTest(Passing, TestCase):
    def test_one_is_sent_when_it_lasts_and_one_when_it_is_over_and_no_more(self):
        self.pass_minutes(FULL)
        self.assertEqual(self.subjects(), [])
        self.pass_minutes(FULL, minutes=30)
        self.assertEqual(self.subjects(), ["The Newsroom: trouble: disk of /srv"])
        self.assertEqual(mail.outbox[0].to, BY_EMAIL["EMAIL"])
        self.assertIn("The disk of /srv is full.", mail.outbox[0].body)
        self.assertIn("http://localhost:8000/admin/operation/", mail.outbox[0].body)
        self.pass_minutes([], minutes=4)
        self.assertEqual(len(mail.outbox), 1)
        self.pass_minutes([], minutes=30)
        self.assertEqual(self.subjects()[1:], ["The Newsroom: over: disk of /srv"])
        self.assertFalse(Trouble.objects.exists())
        self.pass_minutes(FULL, minutes=3)
        self.assertEqual(self.subjects()[2:], ["The Newsroom: trouble: disk of /srv"])

    def test_what_comes_and_goes_is_one_and_what_comes_once_is_none(self):
        self.pass_minutes(FULL)
        self.pass_minutes([], minutes=9)
        self.assertEqual(self.subjects(), [])
        for _ in range(10):
            self.pass_minutes(FULL, minutes=2)
            self.pass_minutes([], minutes=3)
        self.assertEqual(self.subjects(), ["The Newsroom: trouble: disk of /srv"])

    def test_a_sentence_that_changes_is_the_same_trouble(self):
        for minutes in range(5):
            self.pass_minutes([wrong(f"The oldest waits for {minutes} minutes.", trouble="press of a")])
        self.assertEqual(len(mail.outbox), 1)
        self.assertIn("waits for 4 minutes", Trouble.objects.get().sentence)

    def test_what_has_no_name_of_a_trouble_wakes_nobody(self):
        self.pass_minutes([wrong("Nobody may do everything.")], minutes=5)
        self.assertEqual(self.subjects(), [])

    def test_of_two_hosts_that_find_the_same_one_tells(self):
        other = Alarms()
        other.host = "another"
        for _ in range(5):
            self.pass_minutes(FULL)
            other.take(FULL, self.now)
        self.assertEqual(len(mail.outbox), 1)
        for _ in range(9):
            self.pass_minutes([])
            other.take([], self.now)
        self.assertEqual(self.subjects()[1:], ["The Newsroom: over: disk of /srv"])

    def test_a_host_does_not_say_that_the_trouble_of_another_is_over(self):
        other = Alarms()
        other.host = "another"
        self.pass_minutes(FULL, minutes=3, alarms=other)
        self.pass_minutes([], minutes=30)
        self.assertEqual(len(mail.outbox), 1)
        self.now += datetime.timedelta(days=1)
        self.pass_minutes([])
        self.assertFalse(Trouble.objects.exists())

    def test_what_comes_again_once_the_host_that_had_found_it_is_gone_is_told_anew(self):
        other = Alarms()
        other.host = "another"
        self.pass_minutes(FULL, minutes=3, alarms=other)
        self.now += 60 * MINUTE
        self.pass_minutes(FULL, minutes=3)
        self.assertEqual(self.subjects(), 2 * ["The Newsroom: trouble: disk of /srv"])
        self.assertEqual(Trouble.objects.get().since, self.now - 2 * MINUTE)

    def test_a_process_that_starts_anew_tells_nothing_twice(self):
        self.pass_minutes(FULL, minutes=3)
        self.pass_minutes(FULL, minutes=3, alarms=Alarms())
        self.assertEqual(len(mail.outbox), 1)


class WebhookTest(AlarmsTest):
    """All of that by e-mail, while a webhook is told too."""

    def setUp(self):
        super().setUp()
        server = running_hub()
        self.hook = server.__enter__()
        self.addCleanup(server.__exit__, None, None, None)
        changed = override_settings(ALARMS=BY_EMAIL | {"WEBHOOK": self.hook.url})
        changed.enable()
        self.addCleanup(changed.disable)

    def heard(self):
        return [json.loads(body) for body, _ in self.hook.heard]

    def test_a_webhook_gets_words_for_people_and_values_for_programs(self):
        self.pass_minutes(FULL, minutes=5)
        (said,) = self.heard()
        self.assertIn("The disk of /srv is full.", said["text"])
        self.assertEqual(said["content"], said["text"])
        self.assertEqual((said["trouble"], said["state"]), ("disk of /srv", "trouble"))
        self.pass_minutes([], minutes=9)
        self.assertEqual(self.heard()[1]["state"], "over")

    def test_one_that_is_down_is_tried_again_and_nobody_else_is_told_twice(self):
        self.hook.status = 500
        with self.assertLogs("articles.operation", "ERROR"):
            self.pass_minutes(FULL, minutes=4)
        self.assertEqual(len(mail.outbox), 1)
        self.hook.status = 200
        self.pass_minutes(FULL, minutes=4)
        self.assertEqual(self.heard()[-1]["state"], "trouble")
        tries = len(self.hook.heard)
        self.pass_minutes(FULL, minutes=4)
        self.assertEqual((len(mail.outbox), len(self.hook.heard)), (1, tries))


@override_settings(ALARMS=BY_EMAIL)
class AwayTest(Passing, TransactionTestCase):
    def test_a_database_that_is_away_is_told_of_once_and_remembered_once_it_is_back(self):
        gone = [wrong("The database does not answer.", trouble="database")]
        with connection.execute_wrapper(away):
            self.pass_minutes(gone, minutes=9)
        self.assertEqual(self.subjects(), ["The Newsroom: trouble: database"])
        self.pass_minutes(gone)
        self.assertEqual(Trouble.objects.get().told, ["email"])
        self.pass_minutes([], minutes=9)
        self.assertEqual(self.subjects()[1:], ["The Newsroom: over: database"])
        self.assertFalse(Trouble.objects.exists())

    def test_a_trouble_of_before_the_database_went_away_is_not_told_anew(self):
        self.pass_minutes(FULL, minutes=3)
        with connection.execute_wrapper(away):
            self.pass_minutes(FULL, minutes=3)
        self.pass_minutes(FULL, minutes=3)
        self.assertEqual(len(mail.outbox), 1)


@override_settings(ALARMS=BY_EMAIL)
class WhatIsToldTest(TestCase):
    def test_of_a_press_that_lags_pages_that_fail_and_a_backup_that_is_old(self):
        now = timezone.now()
        PressStatus.objects.create(shelf="a:/shelf", seen_at=now, waiting=3, oldest_at=now - 9 * MINUTE)
        tries = {"failed_at": now, "next_try_at": now, "error": "Boom"}
        PrintFailure.objects.create(shelf="a:/shelf", path="/x/", **tries)
        then = now - datetime.timedelta(days=3)
        Backup.objects.create(begun_at=then, ended_at=then, host="a", archive="/b/a.tar")
        watcher = Watcher()
        for minutes in range(3):
            watcher.turn(now + minutes * MINUTE, thoroughly=minutes == 0)
        told = {message.subject.partition("trouble: ")[2] for message in mail.outbox}
        self.assertLessEqual({"press of a:/shelf", "printing", "backup"}, told)
        self.assertEqual(len(told), len(mail.outbox))

    def test_an_operator_can_try_whether_an_alarm_comes(self):
        out = io.StringIO()
        call_command("doctor", "--try-alarms", stdout=out)
        self.assertIn("by email was taken", out.getvalue())
        self.assertIn("This is a try of the alarms", mail.outbox[0].body)
        for webhook, said in (("http://127.0.0.1:9/", "Not every alarm"), ("", "nobody is told")):
            alarms = override_settings(ALARMS={"EMAIL": [], "WEBHOOK": webhook})
            with alarms, pytest.raises(CommandError, match=said):
                call_command("doctor", "--try-alarms", stdout=out)
