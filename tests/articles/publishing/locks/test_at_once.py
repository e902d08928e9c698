"""Verbs on PostgreSQL, by real threads and row by row: nobody waits for one who waits for them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import Application

ROOT = Path(__file__).resolve().parents[4]
ROUNDS = 30


@pytest.fixture(scope="module")
def site(postgres, tmp_path_factory):
    """An application on an empty database."""
    site = Application(tmp_path_factory.mktemp("at_once"), database_url=postgres.create_database("at_once"))
    site.manage("migrate", "--verbosity=0")
    return site


@pytest.fixture
def lines(site):
    """Runs a program of this folder; what it prints, line by line."""

    def run(program, *arguments):
        done = subprocess.run(
            [sys.executable, "-m", f"tests.articles.publishing.locks.{program}", *arguments],
            env=site.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


class TestOrderOfLocks:
    def test_every_verb_locks_rows_in_the_one_order(self, lines):
        """The first of this file, on the database that is empty still."""
        *verbs, untried = lines("lock_order")
        assert untried == {"untried": [], "tasks left": 0}
        assert {verb["verb"]: verb["wrong"] for verb in verbs if verb["wrong"]} == {}
        locked = {verb["verb"]: {kind for kind, _ in verb["locked"]} for verb in verbs}
        # What the record itself has to see: else it would find no fault with anything.
        assert locked["publish"] == {"section", "author", "tag", "image", "article"}
        assert {"tag", "article"} <= locked["save_tag"]


class TestAtOnce:
    def test_two_of_one_headline_and_day_are_both_published(self, lines):
        assert lines("at_once", "same_headline", str(ROUNDS)) == [
            [f"harbour-towns-weigh-the-price-{number}", f"harbour-towns-weigh-the-price-{number}-2"]
            for number in range(ROUNDS)
        ]

    @pytest.mark.parametrize("duel", ["tag_renamed", "new_tags", "sections_ordered"])
    def test_neither_of_two_waits_for_the_other_who_waits_for_it(self, lines, duel):
        assert lines("at_once", duel, str(ROUNDS)) == [["done", "done"]] * ROUNDS


class TestTasks:
    def test_no_slice_is_done_twice_however_many_presses_work(self, lines):
        rounds = lines("at_once", "tasks_worked_off", "5")
        assert [sum(map(int, slices)) for slices in rounds] == [2] * 5


class TestScheduledChanges:
    def test_go_out_once_however_many_presses_come_to_them(self, lines):
        assert lines("at_once", "two_presses", str(ROUNDS)) == [["0", "1"]] * ROUNDS

    def test_are_held_back_once_however_many_presses_come_to_them(self, lines):
        assert lines("at_once", "two_presses_refused", str(ROUNDS)) == [["1", "1"]] * ROUNDS

    def test_either_go_out_or_are_cancelled(self, lines):
        for both in lines("at_once", "press_and_editor", str(ROUNDS)):
            assert both in (["cancelled", "published 0"], ["published 1", "refused"])

    def test_whose_row_somebody_holds_keep_no_press_waiting(self, lines):
        assert lines("at_once", "row_held", "2") == [["at first 0", "later 1"]] * 2
