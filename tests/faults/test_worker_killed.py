import contextlib
import os
import signal
import time
from pathlib import Path

import pytest

from tests import corpora
from tests.servers import ask

from .healing import LISTS, Edition, assert_healed
from .readers import Readers

# In two rounds each of the two workers is killed once.
ROUNDS = 4 if corpora.is_full else 2
# granian gives up on a worker that dies a second time within so many seconds: then something is wrong with the site.
CRASH_LOOP = 5.5
PATIENCE = 40  # seconds for a new worker to come up on a busy machine


@pytest.fixture
def embedded(site):
    """The application with two workers, of which one leads the press, as `make run` has it."""
    application = site.application
    before = application.workers, dict(application.variables)
    application.kill()
    application.workers = 2
    application.variables["PRESS_EMBEDDED"] = "1"
    application.start()
    yield site
    application.kill()
    application.workers, application.variables = before
    application.start()


def workers(application):
    """The process numbers of granian's workers: its children that load the site."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == application.process.pid:
                line = (status.parent / "cmdline").read_bytes()
                found += [int(status.parent.name)] if b"resource_tracker" not in line else []
    return sorted(found)


class TestAWorkerIsKilled:
    def test_others_read_and_print_on(self, embedded):
        site, edition = embedded, Edition(embedded, "killed worker")
        for _ in range(3):
            edition.publish()
        site.wait_for_press(site.editors)
        with Readers(site.port, never=edition.never[:1]) as readers:
            readers.know(*LISTS, *(story.address for story in edition.stories))
            for _ in range(ROUNDS):
                started = time.monotonic()
                kill_the_oldest(site.application)
                edition.publish()
                edition.change()
                # Whoever led may be the one that is gone: another worker leads now.
                site.wait_for_press(site.editors, seconds=PATIENCE)
                time.sleep(max(0.0, started + CRASH_LOOP / 2 + 0.5 - time.monotonic()))
        assert readers.faults == []
        assert readers.pages > ROUNDS
        assert ask(site.application.port, "/health/ready", timeout=PATIENCE).status == 200
        site.application.kill()
        assert_healed(site, edition)


def kill_the_oldest(application):
    deadline = time.monotonic() + PATIENCE
    while len(found := workers(application)) < 2:
        assert time.monotonic() < deadline, f"No new worker came:\n{application.log()[-2000:]}"
        time.sleep(0.05)
    os.kill(found[0], signal.SIGKILL)
