import random
import time

from tests import corpora

from .healing import LISTS, Edition, assert_healed, printing
from .readers import Readers

# Moments at which a press is killed.
ROUNDS = 1000 if corpora.is_full else 7
LONGEST = 0.6  # seconds that one gets


class TestThePressIsKilled:
    def test_at_any_moment_nothing_is_torn_and_nothing_is_lost(self, site):
        edition, dice = Edition(site, "killed press"), random.Random(3)  # noqa: S311 - moments
        for _ in range(5):
            edition.publish()
        with printing(site):
            site.wait_for_press(site.editors)
        with Readers(site.port, never=edition.never[:1]) as readers:
            readers.know(*LISTS, *(story.address for story in edition.stories))
            for number in range(ROUNDS):
                press = site.press()
                edit(edition, number)
                time.sleep(dice.uniform(0, LONGEST))
                site.kill_press(press)
        assert readers.faults == []
        assert readers.pages > ROUNDS
        assert_healed(site, edition)


def edit(edition, number):
    edition.change()
    if number % 10 == 0:
        edition.publish()
    if number % 10 == 3:
        edition.draft()
    if number % 10 == 6:
        edition.retract()
