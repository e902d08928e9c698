import datetime
import json
import random
import time

import pytest

from tests import corpora
from tests.servers import Failed, ask
from tests.waiting import wait_until

from .healing import LISTS, Edition, assert_healed, on_the_shelf, printing
from .readers import Readers

ROUNDS = 4 if corpora.is_full else 2
SOON = 15  # seconds: stories are published and printed, and the database stopped, on a machine with all else to do


@pytest.fixture
def postgres(site):
    yield site.postgres
    if not site.postgres.is_running():
        site.postgres.start()


class TestPostgresIsKilled:
    def test_in_the_middle_of_publishing_what_was_acknowledged_is_printed(self, site, postgres):
        edition, dice = Edition(site, "killed database"), random.Random(4)  # noqa: S311 - moments
        for _ in range(3):
            edition.publish()
        with printing(site) as press:
            site.wait_for_press(site.editors)
            with Readers(site.port, never=edition.never) as readers:
                readers.know(*LISTS, *(story.address for story in edition.stories))
                for _ in range(ROUNDS):
                    publish_until(edition, time.monotonic() + dice.uniform(0.1, 0.8))
                    postgres.kill()
                    with pytest.raises(Failed):
                        edition.publish()
                    postgres.start()
            assert readers.faults == []
            assert press.poll() is None, "the press gave up"
            edition.publish()
            site.wait_for_press(site.editors)
        assert_healed(site, edition)


def publish_until(edition, moment):
    while time.monotonic() < moment:
        edition.publish()
        edition.change()


class TestPostgresIsAway:
    def test_what_came_due_meanwhile_is_printed_when_it_is_back(self, site, postgres):
        edition = Edition(site, "away database")
        edition.publish()
        with printing(site) as press:
            later = edition.publish(after=SOON)
            going = edition.publish(until=SOON)
            due = time.monotonic() + SOON
            site.wait_for_press(site.editors)
            assert not on_the_shelf(site, later.address)
            assert on_the_shelf(site, going.address)
            postgres.stop()
            with Readers(site.port) as readers:
                readers.know(*LISTS, edition.stories[0].address)
                time.sleep(max(0.0, due + 1 - time.monotonic()))
                # Nobody can say that it is public, so nobody prints it.
                assert not on_the_shelf(site, later.address)
                postgres.start()
                wait_until(lambda: on_the_shelf(site, later.address))
                wait_until(lambda: not on_the_shelf(site, going.address))
            assert readers.faults == []
            assert press.poll() is None, "the press gave up"
        edition.stories.remove(going)
        assert ask(site.port, going.address).status == 410
        assert_healed(site, edition)

    def test_for_an_hour_of_publishing_time_it_catches_up(self, site, postgres):
        """The press saw nothing for an hour; in it one story came due, one expired, others were changed."""
        edition = Edition(site, "lost hour")
        kept = edition.publish()
        with printing(site):
            site.wait_for_press(site.editors)
        due = edition.publish(after=1800)
        going = edition.publish(until=1800)
        with printing(site):
            site.wait_for_press(site.editors)
        assert on_the_shelf(site, going.address)
        assert not on_the_shelf(site, due.address)
        an_hour_passes(site, due, going)
        edition.change()
        edition.retract()
        assert ask(site.port, kept.address).status == 200
        with printing(site):
            wait_until(lambda: on_the_shelf(site, due.address))
            wait_until(lambda: not on_the_shelf(site, going.address))
        edition.stories.remove(going)
        assert_healed(site, edition)


def an_hour_passes(site, *stories):
    """What waits for its time, and how far the press had come, lie an hour further back."""
    hour, numbers = "- interval '1 hour'", [story.number for story in stories]
    with site.postgres.connect("newsroom") as connection:
        connection.execute(
            f"UPDATE articles_article SET publish_at = publish_at {hour}, expires_at = expires_at {hour}"  # noqa: S608 - our own words
            " WHERE id = ANY(%s)",
            [numbers],
        )
        connection.execute(f"UPDATE articles_outboxentry SET due_at = due_at {hour}")  # noqa: S608 - our own words
    note = site.shelf / "position.json"
    said = json.loads(note.read_text())
    clock = datetime.datetime.fromisoformat(said["clock"]) - datetime.timedelta(hours=1)
    note.write_text(json.dumps({**said, "clock": clock.isoformat()}))
