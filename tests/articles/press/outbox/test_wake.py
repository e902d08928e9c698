import os
import threading
import time

import pytest

from articles.press.outbox.wake import NAME, WakeUp, nudge
from tests import factories


@pytest.fixture
def ear(tmp_path):
    ear = WakeUp(tmp_path)
    yield ear
    ear.close()


def waits(ear, seconds):
    started = time.monotonic()
    ear.wait(seconds)
    return time.monotonic() - started


class TestEar:
    def test_hears_a_nudge_that_came_before_and_each_once(self, ear, tmp_path):
        nudge(tmp_path), nudge(tmp_path)
        assert waits(ear, 60) < 60
        assert waits(ear, 0.05) >= 0.05

    def test_is_woken_while_it_waits(self, ear, tmp_path):
        threading.Timer(0.05, nudge, [tmp_path]).start()
        assert waits(ear, 60) < 60

    def test_goes_on_with_a_pipe_that_is_there(self, ear, tmp_path):
        again = WakeUp(tmp_path)
        nudge(tmp_path)
        assert waits(again, 60) < 60
        again.close()

    @pytest.mark.parametrize("make", [lambda path: path.write_text("x"), lambda path: path.mkdir()])
    def test_waits_by_the_clock_where_there_can_be_no_pipe(self, make, tmp_path):
        make(tmp_path / NAME)
        ear = WakeUp(tmp_path)
        nudge(tmp_path)
        assert waits(ear, 0.05) >= 0.05
        ear.close()


class TestNudge:
    def test_of_nobody_is_no_matter(self, tmp_path):
        nudge(tmp_path)
        nudge(tmp_path / "no shelf")
        os.mkfifo(tmp_path / NAME)
        nudge(tmp_path)

    def test_does_not_wait_when_nobody_listens_for_long(self, ear, tmp_path):
        for _ in range(100_000):
            nudge(tmp_path)
        assert waits(ear, 60) < 60

    @pytest.mark.django_db(transaction=True)
    def test_comes_with_each_published_story(self, settings, ear, tmp_path):
        settings.PRESS = {**settings.PRESS, "SHELF": tmp_path}
        factories.published_article()
        assert waits(ear, 60) < 60
