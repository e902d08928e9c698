import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import time_machine
from django.test import TestCase

from articles.models import OutboxEntry
from articles.press.position import AnotherOutbox, Position, due_entries, is_known, next_due

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


def entry(number, *, due=NOON, pk=None):
    return OutboxEntry.objects.create(pk=pk, change={"kind": "article", "id": number}, due_at=due)


class PositionTest(TestCase):
    def follow(self, position, now):
        due, after = due_entries(position, now)
        return [each.change["id"] for each in due], after

    def setUp(self):
        self.position = Position(0, NOON)

    def test_hands_out_what_is_due_once_and_in_order(self):
        entry(1), entry(2)
        found, after = self.follow(self.position, NOON)
        self.assertEqual(found, [1, 2])
        self.assertEqual(self.follow(after, NOON + SECOND)[0], [])

    def test_hands_out_what_is_due_later_at_its_second_and_never_before(self):
        entry(1, due=NOON + 10 * SECOND)
        found, after = self.follow(self.position, NOON)
        self.assertEqual(found, [])
        found, after = self.follow(after, NOON + 9 * SECOND)
        self.assertEqual(found, [])
        found, after = self.follow(after, NOON + 10 * SECOND)
        self.assertEqual(found, [1])
        self.assertEqual(self.follow(after, NOON + 11 * SECOND)[0], [])

    def test_hands_out_what_came_due_while_it_was_away(self):
        entry(1, due=NOON + 10 * SECOND)
        _, after = self.follow(self.position, NOON)
        self.assertEqual(self.follow(after, NOON + 3600 * SECOND)[0], [1])

    def test_a_clock_set_back_makes_nothing_early_and_loses_nothing(self):
        _, after = self.follow(self.position, NOON + 100 * SECOND)
        entry(1, due=NOON + 50 * SECOND)
        found, after = self.follow(after, NOON + 20 * SECOND)
        self.assertEqual(found, [])
        self.assertEqual(self.follow(after, NOON + 50 * SECOND)[0], [1])

    def test_finds_a_row_whose_transaction_ended_after_that_of_a_higher_number(self):
        entry(1, pk=1), entry(3, pk=3)
        found, after = self.follow(self.position, NOON)
        self.assertEqual(found, [1, 3])
        entry(2, pk=2)
        found, after = self.follow(after, NOON + SECOND)
        self.assertEqual(found, [2])
        self.assertEqual(self.follow(after, NOON + SECOND)[0], [])

    def test_stops_looking_for_a_number_that_was_rolled_back(self):
        entry(1, pk=1), entry(3, pk=3)
        _, after = self.follow(self.position, NOON)
        self.assertIn(2, after.missing)
        _, after = self.follow(after, NOON + 3600 * SECOND)
        self.assertEqual(after.missing, {})

    def test_survives_being_written_and_read(self):

        with TemporaryDirectory() as folder:
            file = Path(folder) / "position.json"
            self.assertIsNone(Position.read(file))
            kept = Position(7, NOON, {3: NOON}, NOON - SECOND)
            kept.write(file)
            self.assertEqual(Position.read(file), kept)

    def test_a_new_shelf_begins_at_the_end(self):
        entry(1)
        with time_machine.travel(NOON, tick=False):
            newest = OutboxEntry.objects.get()
            self.assertEqual(Position.start(), Position(newest.pk, NOON, written=newest.written_at))

    def test_is_known_by_its_last_entry_and_not_by_the_number_alone(self):
        self.assertTrue(is_known(self.position))
        entry(1, pk=1), entry(2, pk=2)
        _, after = self.follow(self.position, NOON)
        entry(3, pk=3)
        self.assertTrue(is_known(after))
        OutboxEntry.objects.filter(pk__gte=2).delete()
        self.assertFalse(is_known(after))
        with self.assertRaises(AnotherOutbox):
            self.follow(after, NOON)
        entry(4, pk=2), entry(5, pk=3)
        self.assertFalse(is_known(after))
        with self.assertRaises(AnotherOutbox):
            self.follow(after, NOON)

    def test_knows_when_time_changes_a_page_next(self):
        entry(1, due=NOON + 5 * SECOND), entry(2, due=NOON + 3 * SECOND)
        self.assertEqual(next_due(NOON), NOON + 3 * SECOND)
