import datetime
from hashlib import sha256
from unittest import mock

import time_machine
from django.db import IntegrityError
from django.test import TestCase, override_settings

from articles.models import BreakingLine, OutboxEntry
from articles.publishing import Refused, breaking_line
from articles.publishing.breaking_line import OtherLine, end_line, line_on, put_out
from tests import factories

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def seconds(time):
    return int(time.timestamp())


@time_machine.travel(NOON, tick=False)
class BreakingLineTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()

    def put(self, text="The harbour is closed", link="", until=NOON + HOUR, **more):
        return put_out(text, link, until, by=self.editor, **more)

    def refused(self, **more):
        with self.assertRaises(Refused) as raised:
            self.put(**more)
        self.assertFalse(BreakingLine.objects.exists())
        self.assertFalse(OutboxEntry.objects.exists())
        return {problem.field: problem.message for problem in raised.exception.problems}

    def announced(self):
        return [(entry.change, entry.due_at) for entry in OutboxEntry.objects.order_by("due_at", "pk")]

    def test_says_who_and_when_and_what(self):
        line = self.put("  The  harbour\nis closed ", "/world/")
        self.assertEqual((line.text, line.link), ("The harbour is closed", "/world/"))
        self.assertEqual((line.who, line.at, line.until), ("editor", NOON, NOON + HOUR))

    def test_is_on_until_its_second_and_then_no_more(self):
        line = self.put()
        self.assertEqual(line_on(NOON + HOUR - HOUR / 3600), line)
        self.assertIsNone(line_on(NOON + HOUR))

    def test_is_announced_at_once_and_when_it_ends(self):
        line = self.put()
        said = {"kind": "breaking", "id": line.pk, "since": 0}
        self.assertEqual(self.announced(), [(said, NOON), ({**said, "ends": True}, NOON + HOUR)])

    def test_is_printed_with_the_newest_articles_and_those_that_the_line_before_was_printed_with(self):
        stories = [factories.published_article(at=NOON - number * HOUR) for number in range(4)]
        OutboxEntry.objects.all().delete()
        with mock.patch.object(breaking_line, "NEWEST", 3):
            first = self.put()
            self.assertEqual(first.since, seconds(stories[2].publish_at))
            with time_machine.travel(NOON + HOUR / 2, tick=False):
                factories.published_article(at=NOON + HOUR / 4)
                second = self.put("Another one")
        self.assertEqual(second.since, seconds(stories[1].publish_at))
        changes = [change for change, due in self.announced() if due == NOON + HOUR / 2]
        self.assertEqual(changes[-1], {"kind": "breaking", "id": second.pk, "since": first.since})

    def test_another_one_takes_its_place(self):
        first, second = self.put(), self.put("Another one")
        self.assertEqual(line_on(NOON), second)
        first.refresh_from_db()
        self.assertEqual((first.ended_at, first.ended_by), (NOON, self.editor))

    def test_ends_before_its_time_if_somebody_says_so(self):
        line = self.put()
        end_line(by=self.editor, expected=line.pk)
        self.assertIsNone(line_on(NOON))
        self.assertEqual(self.announced()[1], ({"kind": "breaking", "id": line.pk, "since": 0}, NOON))

    def test_who_has_not_seen_the_newest_one_is_refused(self):
        line = self.put()
        for act in (
            lambda: self.put("Late", expected=0),
            lambda: end_line(by=None, expected=0),
            lambda: end_line(by=None, expected=line.pk + 1),
        ):
            with self.assertRaises(OtherLine):
                act()
        self.assertEqual(line_on(NOON).text, "The harbour is closed")
        self.put("In time", expected=line.pk)
        with self.assertRaises(OtherLine):
            end_line(by=None, expected=line.pk)

    def test_one_that_has_ended_by_itself_is_as_good_as_none(self):
        line = self.put()
        with time_machine.travel(NOON + HOUR, tick=False):
            with self.assertRaises(OtherLine):
                end_line(by=None, expected=line.pk)
            self.put("Another one", until=NOON + 2 * HOUR, expected=0)
        line.refresh_from_db()
        self.assertEqual((line.ended_at, line.ended_by), (line.until, None))

    def test_of_two_in_the_same_moment_the_database_takes_one(self):
        self.put()
        with self.assertRaises(IntegrityError):
            BreakingLine.objects.create(text="Too", ends=seconds(NOON + HOUR), since=0)

    def test_refuses_what_readers_could_not_use(self):
        self.assertEqual([*self.refused(text="  ")], ["text"])
        self.assertIn("121 letters; 120 fit", self.refused(text="a" * 121)["text"])
        self.assertEqual([*self.refused(until=NOON)], ["until"])
        self.assertEqual([*self.refused(until=NOON + 8 * 24 * HOUR)], ["until"])
        for link in ("javascript:alert(1)", "//example.org/", "/\\example.org/", "world"):
            with self.subTest(link):
                self.assertEqual([*self.refused(link=link)], ["link"])

    @override_settings(PAPER={"LANGUAGE": "ar"})
    def test_refuses_what_makes_the_file_too_large_and_says_by_how_much(self):
        long = "".join(chr(0x4E00 + 37 * number) for number in range(110))
        self.assertRegex(self.refused(text=long)["text"], r"leave out about \d+ letters")
        link = "/" + "".join(sha256(bytes([number])).hexdigest() for number in range(7))
        self.assertIn("link to another page", self.refused(link=link)["link"])
