"""A run that was stopped goes on at once."""

import json
import os
import shutil
from unittest import mock

from articles.importers.wordpress.staging import STAGING
from articles.importers.wordpress.writing import resuming, store
from articles.models import Article, Imported
from tests.articles.importers.wordpress.exports import OWN, export, item, written

from .test_run import ImportTestCase


def comment(number):
    fields = {
        "id": number,
        "author": "Bo",
        "content": f"Comment {number}",
        "approved": "1",
        "type": "comment",
    }
    inner = "".join(f"<wp:comment_{name}>{value}</wp:comment_{name}>" for name, value in fields.items())
    return f"<wp:comment>{inner}</wp:comment>"


class ResumingTest(ImportTestCase):
    def setUp(self):
        super().setUp()
        self.files = [
            written(self.folder, export(*self.items(1, 13)), "a.xml"),
            written(self.folder, export(*self.items(13, 20)), "b.xml"),
        ]
        self.begun = mock.patch.object(resuming, "surveyed", wraps=resuming.surveyed).start()
        self.seen = mock.patch.object(
            store.Store, "take", autospec=True, side_effect=store.Store.take
        ).start()
        mock.patch.object(store, "MOST_ARTICLES", 3).start()
        self.addCleanup(mock.patch.stopall)

    def items(self, begin, end):
        return [item(comment(number), id=number, title=f"Story {number}") for number in range(begin, end)]

    def stop(self, at):
        """The run is ended within the transaction of that batch."""
        times, make = [], Imported.objects.bulk_create

        def end(rows):
            times.append(1)
            if len(times) == at:
                raise KeyboardInterrupt
            return make(rows)

        with mock.patch.object(Imported.objects, "bulk_create", end), self.assertRaises(KeyboardInterrupt):
            self.run_it(*self.files)
        self.begun.reset_mock()
        self.seen.reset_mock()

    def numbers_seen(self):
        return [int(call.args[1].item.post_id) for call in self.seen.call_args_list]

    def kept(self):
        return sorted(path.name for path in (self.folder / "report").glob(f"{STAGING}*/*"))

    def test_it_begins_with_the_first_text_that_is_not_there(self):
        for at, first in ((1, 1), (3, 7), (5, 13), (6, 16)):
            with self.subTest(at):
                Article.objects.all().delete()
                Imported.objects.all().delete()
                self.stop(at)
                report = self.run_it(*self.files)
                self.begun.assert_not_called()
                self.assertEqual(self.numbers_seen(), [*range(first, 20), *range(1, first)])
                self.assertEqual([each["id"] for each in report["items"]].count("7"), 1)
                self.assertTrue(report["sum"]["is_whole"])
                self.assertEqual(Article.objects.count(), 19)
                lines = {each["id"]: each["line"] for each in report["items"]}
                self.assertEqual(lines["9"], lines["8"] + 1)
                self.assertFalse(self.kept())

    def test_comments_are_written_once(self):
        self.stop(3)
        self.run_it(*self.files)
        lines = (self.folder / "report" / "comments.jsonl").read_text().splitlines()
        numbers = sorted(int(json.loads(line)["article"]) for line in lines)
        self.assertEqual(numbers, list(range(1, 20)))

    def test_what_a_killed_process_has_left_is_taken_over(self):
        self.stop(3)
        (left,) = (self.folder / "report").glob(f"{STAGING}*")
        (left / "report.json").write_text("half of")
        shutil.copytree(left, left.with_name(f"{STAGING}another"))
        self.assertTrue(self.run_it(*self.files)["sum"]["is_whole"])
        self.begun.assert_not_called()
        self.assertFalse(self.kept())

    def test_a_file_that_has_changed_is_read_anew(self):
        self.stop(3)
        self.files[0].write_bytes(export(*self.items(1, 9), *self.items(30, 33)))
        self.run_it(*self.files)
        self.begun.assert_called_once()
        self.assertTrue(Article.objects.filter(headline="Story 31").exists())
        self.assertFalse(Article.objects.filter(headline="Story 11").exists())
        self.assertFalse(self.kept())

    def test_a_file_that_is_newer_is_read_anew(self):
        self.stop(3)
        os.utime(self.files[0], ns=(1, 1))
        self.run_it(*self.files)
        self.begun.assert_called_once()

    def test_other_settings_and_another_release_read_the_files_anew(self):
        self.stop(3)
        with mock.patch.object(resuming, "release", return_value="another"):
            self.run_it(*self.files)
        self.begun.assert_called_once()
        Imported.objects.filter(source_id="19").delete()
        self.stop(1)
        self.run_it(*self.files, publish_due=True)
        self.begun.assert_called_once()

    def test_objects_that_somebody_else_has_written_are_not_read(self):
        self.stop(3)
        (survey,) = (self.folder / "report").glob(f"{STAGING}*/survey-*")
        data = bytearray(survey.read_bytes())
        data[-2] ^= 1
        survey.write_bytes(data)
        with mock.patch.object(resuming.pickle, "loads") as loads:
            self.run_it(*self.files)
        loads.assert_not_called()
        self.begun.assert_called_once()
        self.assertFalse(self.kept())

    def test_of_a_survey_that_was_not_finished_nothing_is_kept(self):
        with (
            mock.patch.object(resuming, "surveyed", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
        ):
            self.run_it(*self.files)
        self.assertFalse(self.kept())

    def test_files_of_one_name_are_read_in_their_order(self):
        other = self.folder / "other"
        other.mkdir()
        self.files[1] = shutil.move(self.files[1], other / "a.xml")
        self.stop(3)
        self.run_it(*self.files)
        self.assertEqual(self.numbers_seen(), list(range(1, 20)))
        self.assertEqual(Article.objects.count(), 19)

    def test_a_real_export_is_the_same_in_the_end(self):
        self.files = [OWN]
        undisturbed = self.run_it(OWN)["items"]
        Article.including_bin.all().delete()
        Imported.objects.all().delete()
        self.stop(3)
        again = self.run_it(OWN)["items"]
        self.begun.assert_not_called()
        self.assertNotEqual([each["line"] for each in again], [each["line"] for each in undisturbed])
        names = ("line", "id", "headline", "authors", "date", "state", "section", "notes")
        for lines in (undisturbed, again):
            lines.sort(key=lambda each: each["line"])
            lines[:] = [{name: each.get(name) for name in names} for each in lines]
        self.assertEqual(again, undisturbed)
