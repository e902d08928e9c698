"""Everything on three hosts is killed again and again; readers of printed pages notice nothing, and nothing published is lost.

KILLS_SECONDS says for how long, KILLS_SEED which kills: docs/operating/faults.md.
"""

import os
import random
import time

import pytest

from tests import corpora
from tests.servers import Missing
from tests.servers.fixtures import postgres_of_its_own, skip_or_fail

from .paper import LISTS, Editors, Model, Paper, Readers, are_printed, seconds_until_all_agree

SECONDS = float(os.environ.get("KILLS_SECONDS", 3600 if corpora.is_full else 20))
SEED = int(os.environ.get("KILLS_SEED", 4))
VERBS = 6  # at least


@pytest.fixture
def paper(prepared, new_database, tmp_path):
    with postgres_of_its_own() as postgres:
        url = new_database(postgres, "hour_of_kills")
        try:
            paper = Paper(tmp_path, postgres, url, prepared.var / "static", random.Random(SEED))  # noqa: S311
        except Missing as missing:
            skip_or_fail(missing)
        try:
            yield paper.start()
        finally:
            paper.stop()


class TestHourOfKills:
    def test_no_reader_sees_an_error_nothing_is_lost_and_all_hosts_agree(self, paper):
        model, healed, rounds = Model(), [], 0
        for number in range(3):
            model.publish(paper.desk, f"hour of kills before {number}.")
        seconds_until_all_agree(paper, model)
        editors = Editors(paper.desk, model, random.Random(SEED))  # noqa: S311
        with Readers(paper.hosts) as readers:
            readers.known = [*model.words, *LISTS]
            editors.start()
            end = time.monotonic() + SECONDS
            # On a busy machine few verbs come to their end in that time.
            while time.monotonic() < end or (editors.error is None and (rounds < 2 or model.done < VERBS)):
                chosen = paper.break_and_mend()
                with editors.rests:
                    healed.append((seconds_until_all_agree(paper, model), chosen))
                rounds += 1
                readers.known = [path for path in (*model.words, *LISTS) if are_printed(paper, [path])]
                assert not readers.faults, (SEED, chosen, readers.faults[:5])
            editors.ended.set()
            editors.join()
        told = [
            f"seed {SEED}: {rounds} rounds, kills {paper.kills}",
            f"{model.done} verbs, {model.failed} that failed",
            f"{readers.pages} pages read, {readers.again} asked of another host",
            *(f"all agree after {seconds:.1f} s: {', '.join(chosen)}" for seconds, chosen in sorted(healed)),
        ]
        print(*told, sep="\n")
        assert editors.error is None
        assert not readers.faults
        assert readers.pages > 100
        assert model.done >= VERBS
        assert rounds > 1
