"""Verbs on PostgreSQL, by real threads and row by row: nobody waits for one who waits for them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import corpora
from tests.servers import Application

ROOT = Path(__file__).resolve().parents[4]
ROUNDS = 30 if corpora.is_full else 10


@pytest.fixture(scope="module")
def site(postgres, new_database, tmp_path_factory):
    """An application on an empty database."""
    site = Application(tmp_path_factory.mktemp("at_once"), database_url=new_database(postgres, "at_once"))
    site.var.mkdir()
    return site


def program(site, name, **pipes):
    """One of this folder, on the site's database."""
    command = [sys.executable, "-m", f"tests.articles.publishing.locks.{name}"]
    return subprocess.Popen(
        command, env=site.environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True, **pipes
    )


@pytest.fixture(scope="module")
def duel(site):
    """Call it with a duel's name; answers what came of each round."""
    with program(site, "at_once", stdin=subprocess.PIPE) as duels:

        def fight(name, rounds=ROUNDS):
            duels.stdin.write(f"{name} {rounds}\n")
            duels.stdin.flush()
            return json.loads(duels.stdout.readline())

        yield fight


class TestOrderOfLocks:
    def test_every_verb_locks_rows_in_the_one_order(self, site):
        """The first of this file, on the database that is empty still."""
        with program(site, "lock_order") as process:
            *verbs, untried = [json.loads(line) for line in process.stdout]
        assert process.returncode == 0
        assert untried == {"untried": [], "tasks left": 0}
        assert {verb["verb"]: verb["wrong"] for verb in verbs if verb["wrong"]} == {}
        locked = {verb["verb"]: {kind for kind, _ in verb["locked"]} for verb in verbs}
        # What the record itself has to see: else it would find no fault with anything.
        assert locked["publish"] == {"section", "author", "tag", "image", "article"}
        assert {"tag", "article"} <= locked["save_tag"]


class TestAtOnce:
    def test_two_of_one_headline_and_day_are_both_published(self, duel):
        assert duel("same_headline") == [
            [f"harbour-towns-weigh-the-price-{number}", f"harbour-towns-weigh-the-price-{number}-2"]
            for number in range(ROUNDS)
        ]

    @pytest.mark.parametrize("name", ["tag_renamed", "new_tags", "sections_ordered"])
    def test_neither_of_two_waits_for_the_other_who_waits_for_it(self, duel, name):
        assert duel(name) == [["done", "done"]] * ROUNDS


class TestTasks:
    def test_no_slice_is_done_twice_however_many_presses_work(self, duel):
        rounds = duel("tasks_worked_off", ROUNDS // 5)
        assert [sum(map(int, slices)) for slices in rounds] == [2] * (ROUNDS // 5)


class TestScheduledChanges:
    def test_go_out_once_however_many_presses_come_to_them(self, duel):
        assert duel("two_presses") == [["0", "1"]] * ROUNDS

    def test_are_held_back_once_however_many_presses_come_to_them(self, duel):
        assert duel("two_presses_refused") == [["1", "1"]] * ROUNDS

    def test_either_go_out_or_are_cancelled(self, duel):
        for both in duel("press_and_editor"):
            assert both in (["cancelled", "published 0"], ["published 1", "refused"])

    def test_whose_row_somebody_holds_keep_no_press_waiting(self, duel):
        assert duel("row_held", 2) == [["at first 0", "later 1"]] * 2
