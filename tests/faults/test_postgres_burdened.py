"""PostgreSQL answers, but late, or has no connection left, or somebody holds what others wait for."""

import contextlib
import shutil
import threading
import time

import psycopg

from tests.servers import ask
from tests.waiting import wait_until

from .healing import LISTS, Edition, assert_healed, printing
from .readers import Readers

# Seconds in which the database does nothing, and in which it works, in turn.
FROZEN, AT_WORK = 0.4, 0.05
OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'newsroom'"
TAKEN = "UPDATE articles_article SET headline = headline WHERE id = %s"


@contextlib.contextmanager
def slow(postgres):
    """As on a disk that is overburdened: nine tenths of the time nothing happens."""
    stop = threading.Event()

    def freeze():
        while not stop.is_set():
            with postgres.silent():
                time.sleep(FROZEN)
            time.sleep(AT_WORK)

    thread = threading.Thread(target=freeze)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextlib.contextmanager
def used_up(postgres):
    """Every connection that PostgreSQL has is somebody else's, those of the site too."""
    with contextlib.ExitStack() as held:

        def take():
            with contextlib.suppress(psycopg.OperationalError):
                while True:
                    held.enter_context(postgres.connect("postgres"))

        first = held.enter_context(postgres.connect("postgres"))
        take()
        first.execute(OTHERS)
        # The site tries to get some back meanwhile, and may be quicker with a few.
        for _ in range(20):
            take()
            first.execute(OTHERS)
        yield


class TestPostgresIsSlow:
    def test_printed_pages_come_as_ever_and_what_is_published_is_printed(self, site):
        edition = Edition(site, "slow database")
        story = edition.publish()
        with printing(site) as press:
            site.wait_for_press(site.editors)
            with Readers(site.port, never=edition.never) as readers:
                readers.know(*LISTS, story.address)
                with slow(site.postgres):
                    late = edition.publish()
                    site.wait_for_press(site.editors, seconds=60)
                    assert late.words.encode() in ask(site.port, late.address).body
            assert readers.faults == []
            assert readers.pages
            assert press.poll() is None, "the press gave up"
        assert_healed(site, edition)


class TestConnectionsAreUsedUp:
    def test_readers_get_what_is_printed_and_are_told_of_the_rest(self, site):
        edition = Edition(site, "no connection")
        story = edition.publish()
        with printing(site) as press:
            site.wait_for_press(site.editors)
            with Readers(site.port, never=edition.never) as readers:
                readers.know("/", "/world/", story.address)
                with used_up(site.postgres):
                    shutil.rmtree(site.shelf / "pages/tag/coast")
                    assert ask(site.port, "/tag/coast/", timeout=60).status == 503
                    assert ask(site.application.port, "/health/ready", timeout=60).status == 503
                wait_until(lambda: ask(site.port, "/tag/coast/", timeout=60).status == 200)
            assert readers.faults == []
            assert press.poll() is None, "the press gave up"
            wait_until(lambda: ask(site.application.port, "/health/ready", timeout=60).status == 200)
        assert_healed(site, edition)


class TestATransactionIsOpenForLong:
    def test_holds_up_nobody_but_who_changes_the_same_story(self, site):
        edition = Edition(site, "long transaction")
        held, other = edition.publish(), edition.publish()
        with printing(site), site.postgres.connect("newsroom") as connection:
            site.wait_for_press(site.editors)
            with Readers(site.port, never=edition.never) as readers:
                readers.know(*LISTS, held.address, other.address)
                with connection.transaction():
                    connection.execute(TAKEN, [held.number])
                    late = edition.publish()
                    site.wait_for_press(site.editors)
                    assert late.words.encode() in ask(site.port, "/").body
            assert readers.faults == []
        assert_healed(site, edition)
