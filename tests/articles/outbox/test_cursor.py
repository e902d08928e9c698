import datetime
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import time_machine
from django.test import TestCase

from articles.models import OutboxEntry
from articles.outbox.cursor import AnotherOutbox, Position, can_follow, is_known, look, next_due
from articles.press.shelf.notes import FolderNote

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


def entry(number, *, due=NOON, pk=None):
    return OutboxEntry.objects.create(pk=pk, change={"kind": "article", "id": number}, due_at=due)


class PositionTest(TestCase):
    def follow(self, position, now):
        due, after = look(position, now)
        return [OutboxEntry.objects.get(pk=number).change["id"] for number in due], after

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

    def test_survives_being_written_and_read(self):

        with TemporaryDirectory() as folder:
            file = FolderNote(Path(folder) / "position.json")
            self.assertIsNone(Position.read(file))
            for kept in (Position(0, NOON), Position(7, NOON, NOON - SECOND, "731", "740:745:741")):
                kept.write(file)
                self.assertEqual(Position.read(file), kept)

    def test_a_new_shelf_begins_at_the_end(self):
        entry(1)
        with time_machine.travel(NOON, tick=False):
            newest, start = OutboxEntry.objects.get(), Position.start()
            self.assertEqual((start.last, start.clock, start.written), (newest.pk, NOON, newest.written_at))
        self.assertEqual(self.follow(start, NOON)[0], [])

    def test_goes_on_where_the_release_before_left_off(self):
        entry(1, pk=1), entry(3, pk=3), entry(4, pk=4)
        written = OutboxEntry.objects.get(pk=3).written_at
        said = {
            "last": 3,
            "clock": NOON.isoformat(),
            "missing": {"2": NOON.isoformat()},
            "written": written.isoformat(),
        }
        with TemporaryDirectory() as folder:
            file = FolderNote(Path(folder) / "position.json")
            file.write(json.dumps(said))
            before = Position.read(file)
            self.assertTrue(can_follow(before, NOON))
            # A number that was still to be found is found also after the release is another.
            entry(2, pk=2)
            found, after = self.follow(before, NOON)
            self.assertEqual(found, [2, 4])
            after.write(file)
            self.assertEqual(self.follow(Position.read(file), NOON)[0], [])

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
