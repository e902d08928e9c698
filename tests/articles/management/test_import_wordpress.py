import gzip
import json
import tempfile
from io import StringIO
from pathlib import Path
from unittest import mock

from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.test import TestCase, override_settings

from articles.importers.wordpress.media.fetching import State
from articles.management.commands import import_wordpress
from articles.models import Act, Article, Author, ImportRun, OutboxEntry, Section, Tag
from tests import factories
from tests.articles.importers.wordpress.exports import OWN, export, item, written


class ImportWordpressTests(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_it(self, *words):
        out, folder = StringIO(), self.folder / "report"
        words = [*map(str, words), "--report", str(folder)]
        call_command("import_wordpress", *words, stdout=out, stderr=StringIO())
        return out.getvalue(), json.loads((self.folder / "report" / "report.json").read_text())

    def dry_run(self, *words):
        return self.run_it(*words, "--dry-run")

    def test_says_what_would_be_done_and_writes_nothing(self):
        with self.assertNumQueries(0):
            said, report = self.dry_run(OWN)
        self.assertIn("31 items: 19 imported, 9 skipped, 3 refused", said)
        self.assertIn("Time zone of lantern.test/news: Europe/Berlin, which explains 23 of 24 times", said)
        self.assertIn("Held back as drafts, password: 1", said)
        self.assertEqual(
            report["sum"],
            {"read": 31, "results": {"imported": 19, "skipped": 9, "refused": 3}, "is_whole": True},
        )
        for model in (Article, Author, Section, Tag, Act, OutboxEntry):
            self.assertFalse(model.objects.exists(), model)

    def test_the_report_has_every_item_once_with_its_reason(self):
        _, report = self.dry_run(OWN)
        self.assertEqual(
            [each["line"] for each in report["items"]], sorted({each["line"] for each in report["items"]})
        )
        self.assertEqual(len(report["items"]), 31)
        for each in report["items"]:
            self.assertTrue(each["result"] == "imported" or each["reason"], each)
        first = report["items"][0]
        self.assertEqual(
            (first["id"], first["state"], first["section"], first["authors"]),
            ("100", "published", "town", ["Cleo Guest", "Ana Ruiz"]),
        )
        self.assertEqual(report["articles"], {"published": 10, "in_review": 1, "draft": 6})
        self.assertTrue(report["complete"])

    def test_what_texts_lose_is_counted_with_an_example(self):
        text = '<p>a</p>[market_share]<form></form><img src="https://lantern.test/a.jpg"><a href="/b/">b</a>'
        _, report = self.dry_run(written(self.folder, export(item(body=text), item(id=2, body=text + "."))))
        left_out = {
            (each["kind"], each["name"]): (each["count"], each["example"]) for each in report["left_out"]
        }
        self.assertEqual(left_out["element", "form"][0], 2)
        self.assertEqual(report["pictures_by_host"], {"lantern.test": 2})

    def test_the_page_says_the_same_and_escapes_everything(self):
        script = "<script>alert(1)</script>"
        parts = item(title=script, post_name="a", status="private", body=f"[{script}]<form>{script}</form>")
        self.dry_run(OWN, written(self.folder, export(parts)))
        page = (self.folder / "report" / "report.html").read_text()
        self.assertNotIn("<script", page)
        for text in (
            "Dry run of the import",
            "Europe/Berlin",
            "23 of 24 times",
            "105 With a key",
            "<pre>Start</pre>",
        ):
            self.assertIn(text, page)

    def test_what_a_killed_run_has_left_is_removed(self):
        left = self.folder / "report" / ".import-killed"
        left.mkdir(parents=True)
        (left / "scratch.sqlite3").write_bytes(b"half")
        self.dry_run(OWN)
        self.assertEqual({path.name for path in left.parent.iterdir()}, {"report.html", "report.json"})

    def test_pictures_come_from_a_folder(self):
        uploads = self.folder / "uploads"
        uploads.mkdir()
        (uploads / "harbour.jpg").write_bytes(factories.picture_bytes(400, 300))
        with self.assertNumQueries(0):
            said, report = self.dry_run(OWN, "--media-dir", uploads)
        self.assertIn("Pictures: 1 new", said)
        self.assertEqual(report["sum"]["results"]["imported"], 20)
        said, report = self.run_it(OWN, "--media-dir", uploads)
        self.assertIn("Pictures: 1 new", said)
        self.assertEqual(report["pictures"]["with_note"], 1)
        with self.assertRaisesMessage(CommandError, "cannot be opened as a folder"):
            self.run_it(OWN, "--media-dir", uploads / "none")

    def test_where_files_come_from_is_said_in_one_way(self):
        for words, message in (
            (["--media", "fetch", "--dry-run"], "A dry run fetches nothing"),
            (["--media", "dir"], "Say with --media-dir where the folder is"),
            (["--media", "none", "--media-dir", str(self.folder)], "Say with --media-dir"),
            (["--retry-media"], "--retry-media goes together with --media fetch"),
            (["--media", "fetch", "--media-host", "http://cdn.test/"], "is no host"),
        ):
            with self.subTest(words), self.assertRaisesMessage(CommandError, message):
                self.run_it(OWN, *words)
        said, _ = self.run_it(OWN)
        self.assertIn("No files were taken over; --media-dir FOLDER", said)
        said, _ = self.run_it(OWN, "--media", "none")
        self.assertNotIn("No files were taken over", said)

    def test_two_imports_do_not_fetch_at_once(self):
        with override_settings(VAR_DIR=self.folder):
            state = State(self.folder / "wordpress-media")
            with self.assertRaisesMessage(CommandError, "Another import is fetching files"):
                self.run_it(OWN, "--media", "fetch")
            state.close()

    def test_sections_have_the_slugs_that_they_would_get(self):
        _, report = self.dry_run(OWN)
        slugs = {each["slug"]: each.get("was") for each in report["sections"]}
        self.assertEqual(slugs["2016-section"], "2016")
        self.assertIsNone(slugs["news"])

    def test_what_the_operator_asks_for(self):
        words = "--timezone Asia/Tokyo --trash --publish-due --type podcast=article".split()
        _, report = self.dry_run(OWN, *words)
        self.assertEqual(report["zones"][0]["used"], "Asia/Tokyo")
        self.assertEqual(report["articles"]["withdrawn"], 1)
        self.assertEqual(report["articles"]["published"], 12)
        self.assertNotIn("missed schedule", report["held_back"])

    def test_parts_in_any_packing_are_one_run(self):
        whole = written(self.folder, export(item(id=1)), "a.xml")
        packed = written(self.folder, gzip.compress(export(item(id=2))), "b.xml.gz")
        _, report = self.dry_run(packed, whole)
        self.assertEqual([each["id"] for each in report["items"]], ["2", "1"])

    def test_a_bad_file_leaves_no_report_and_nothing_else(self):
        bad = written(self.folder, export(item())[:-20], "bad.xml")
        with self.assertRaisesMessage(CommandError, "bad.xml: is not well-formed: unclosed token (line"):
            self.dry_run(OWN, bad)
        self.assertEqual(list((self.folder / "report").iterdir()), [])

    def test_wrong_words_are_named(self):
        for words, message in (
            (["--dry-run", "--timezone", "Berlin"], "'Berlin' is no time zone"),
            (["--dry-run", "--type", "podcast"], "'podcast' is no mapping"),
        ):
            with self.subTest(words), self.assertRaisesMessage(CommandError, message):
                call_command("import_wordpress", str(OWN), *words)

    def test_without_it_the_export_is_taken_over(self):
        said, report = self.run_it(OWN)
        self.assertIn("19 imported", said)
        self.assertEqual(Article.objects.count(), 17)
        self.assertFalse(report["dry_run"])
        said, _ = self.run_it(OWN)
        self.assertIn("19 unchanged", said)

    def test_a_run_is_taken_back_by_its_number(self):
        said, _ = self.run_it(OWN)
        number = ImportRun.objects.get().pk
        self.assertIn(f"--undo {number}", said)
        out = StringIO()
        call_command("import_wordpress", "--undo", str(number), stdout=out)
        self.assertIn("19 articles and pages were removed. 0 were kept", out.getvalue())
        with self.assertRaisesMessage(CommandError, f"There is no run {number + 1}. There are: {number}."):
            call_command("import_wordpress", "--undo", str(number + 1))

    def test_without_files_it_asks_for_them(self):
        with self.assertRaisesMessage(CommandError, "Name the files of the export."):
            call_command("import_wordpress")

    def test_without_a_terminal_it_says_how_far_it_is_in_lines(self):
        err = StringIO()
        with mock.patch.object(import_wordpress, "PAUSE", 0):
            told = import_wordpress.Told(OutputWrapper(err), 1)
            told.at(1000, None)
            told.at(500, 1000)
            told.end()
        first, second = err.getvalue().splitlines()
        self.assertRegex(first, r"^1000 items read for the first time, \d+ a second, \d+ MB$")
        self.assertRegex(second, r"^500 of 1000 items, \d+ a second, about \d+ s left, \d+ MB$")

    def test_who_stops_it_is_told_how_to_go_on(self):
        stopped = mock.patch.object(import_wordpress, "import_all", side_effect=KeyboardInterrupt)
        with stopped, self.assertRaisesMessage(CommandError, "Give the same command again for the rest."):
            self.run_it(OWN)
