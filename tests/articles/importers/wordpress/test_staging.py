"""Runs that report into one folder at the same moment."""

import datetime
import json
from contextlib import suppress

from articles.importers.wordpress.dry_run import Settings, dry_run
from articles.importers.wordpress.staging import STAGING, move_out, staging_in
from tests.articles.importers.wordpress.exports import OWN, export, item, written

NOW = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
SETTINGS = Settings(is_reserved=lambda word: False, address_of=lambda path: None)


def report_of(folder):
    return json.loads((folder / "report.json").read_text())


class TestStaging:
    def test_is_gone_at_the_end_and_its_files_stay(self, tmp_path):
        with staging_in(tmp_path) as staging:
            (staging / "report.json").write_text("{}")
            move_out(staging, tmp_path, "report.json", "never-written.jsonl")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json"]

    def test_of_a_killed_run_is_removed_and_that_of_a_living_one_is_not(self, tmp_path):
        killed = tmp_path / f"{STAGING}killed"
        killed.mkdir()
        (killed / "report.json").write_text("half of")
        with staging_in(tmp_path) as first, staging_in(tmp_path) as second:
            assert first != second
            assert sorted(tmp_path.iterdir()) == sorted([first, second])

    def test_takes_over_what_is_kept_of_a_run_that_was_stopped_and_of_no_living_one(self, tmp_path):
        kept = ("survey", "scratch")
        with suppress(KeyboardInterrupt), staging_in(tmp_path, kept=kept) as stopped:
            for name in (*kept, "report.json"):
                (stopped / name).write_text(name)
            raise KeyboardInterrupt
        assert sorted(path.name for path in stopped.iterdir()) == sorted(kept)
        with staging_in(tmp_path, kept=kept) as first, staging_in(tmp_path, kept=kept) as second:
            assert not stopped.exists()
            assert {path.name for path in first.iterdir()} >= {*kept}
            assert not {path.name for path in second.iterdir()} & {*kept}
        assert not list(tmp_path.iterdir())

    def test_takes_over_nothing_of_a_run_that_has_not_kept_all(self, tmp_path):
        kept = ("survey", "scratch")
        with suppress(KeyboardInterrupt), staging_in(tmp_path, kept=kept) as stopped:
            (stopped / "scratch").write_text("half of")
            raise KeyboardInterrupt
        assert not list(tmp_path.iterdir())


class TestTwoRuns:
    def test_each_writes_its_own_report(self, tmp_path):
        """The second begins and ends while the first is in the middle of its report."""
        others = written(tmp_path, export(item(id=1), item(id=2)))
        report = tmp_path / "report"
        between = []

        def meanwhile(done, total):
            if total and done == total // 2 and not between:
                dry_run([others], report, settings=SETTINGS, now=NOW)
                between.append(report_of(report))

        first = dry_run([OWN], report, settings=SETTINGS, now=NOW, on_progress=meanwhile)
        assert [each["sum"]["read"] for each in (*between, report_of(report))] == [2, 31]
        assert first.is_whole
        alone = dry_run([OWN], tmp_path / "alone", settings=SETTINGS, now=NOW).report.parent
        names = sorted(path.name for path in alone.iterdir())
        assert sorted(path.name for path in report.iterdir()) == names
        for name in names:
            assert (report / name).read_bytes() == (alone / name).read_bytes(), name
