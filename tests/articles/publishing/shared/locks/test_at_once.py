"""Verbs on PostgreSQL, by real threads and row by row: nobody waits for one who waits for them."""

import json

import pytest

from tests import corpora, forks
from tests.servers import Application

ROUNDS = 30 if corpora.is_full else 6


@pytest.fixture(scope="module")
def site(postgres, new_database, tmp_path_factory):
    """An application on an empty database."""
    site = Application(tmp_path_factory.mktemp("at_once"), database_url=new_database(postgres, "at_once"))
    site.var.mkdir()
    return site


def program(site, name, **pipes):
    """One of this folder, on the site's database."""
    command = ["-m", f"tests.articles.publishing.shared.locks.{name}"]
    return forks.start(command, env=site.environment(), stdout=forks.PIPE, **pipes)


@pytest.fixture(scope="module")
def duel(site):
    """Call it with a duel's name; answers what came of each round."""
    with program(site, "at_once", stdin=forks.PIPE) as duels:

        def fight(name, rounds=ROUNDS):
            duels.stdin.write(f"{name} {rounds}\n")
            duels.stdin.flush()
            return json.loads(duels.stdout.readline())

        yield fight


# What every page shows: the list of sections, and the paper's own pages.
ON_EVERY_PAGE = {
    "save_section",
    "order_sections",
    "move_sections",
    "remove_section",
    "save_page",
    "remove_page",
}


@pytest.fixture(scope="module")
def verbs(postgres, new_database, tmp_path_factory):
    """Every verb, each done once."""
    site = Application(tmp_path_factory.mktemp("verbs"), database_url=new_database(postgres, "verbs"))
    site.var.mkdir()
    with program(site, "lock_order") as process:
        *verbs, untried = [json.loads(line) for line in process.stdout]
    assert process.returncode == 0
    assert untried == {"untried": [], "tasks left": 0}
    return verbs


class TestEveryVerb:
    def test_locks_rows_in_the_one_order(self, verbs):
        assert {verb["verb"]: verb["wrong"] for verb in verbs if verb["wrong"]} == {}
        locked = {verb["verb"]: {kind for kind, _ in verb["locked"]} for verb in verbs}
        # What the record itself has to see: else it would find no fault with anything.
        assert locked["publish"] == {"section", "author", "tag", "image", "article"}
        assert {"tag", "article"} <= locked["save_tag"]

    def test_has_all_pages_printed_only_for_what_every_page_shows(self, verbs):
        assert {verb["verb"] for verb in verbs if verb["everything"]} == ON_EVERY_PAGE


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
        rounds = duel("tasks_worked_off", ROUNDS // 3)
        assert [sum(map(int, slices)) for slices in rounds] == [2] * (ROUNDS // 3)


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


class TestDeadlocks:
    def test_whoever_opened_the_transaction_does_all_of_it_again(self, postgres, new_database, tmp_path):
        """The deadlocks are real: PostgreSQL finds each, and breaks off the one who is tried."""
        site = Application(tmp_path, database_url=new_database(postgres, "deadlocks"), DEBUG="true")
        site.var.mkdir()
        with program(site, "deadlocks") as process:
            tried = [json.loads(line) for line in process.stdout]
        assert process.returncode == 0
        assert len(tried) == 15
        assert {name: came for name, *came in tried} == dict.fromkeys([name for name, *_ in tried], [1, True])
