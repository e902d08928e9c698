import os
import threading
import time

import pytest

from articles.press.shelf.files import FolderShelf


@pytest.fixture
def shelf(tmp_path):
    return FolderShelf(tmp_path)


@pytest.fixture
def ear(shelf):
    ear = shelf.listen()
    yield ear
    ear.close()


def waits(ear, seconds):
    started = time.monotonic()
    ear.wait(seconds)
    return time.monotonic() - started


class TestListening:
    def test_hears_a_nudge_that_came_before_and_each_once(self, ear, shelf):
        shelf.nudge(), shelf.nudge()
        assert waits(ear, 60) < 60
        assert waits(ear, 0.05) >= 0.05

    def test_is_woken_while_it_waits(self, ear, shelf):
        threading.Timer(0.05, shelf.nudge).start()
        assert waits(ear, 60) < 60

    def test_goes_on_with_a_pipe_that_is_there(self, ear, shelf):
        again = shelf.listen()
        shelf.nudge()
        assert waits(again, 60) < 60
        again.close()

    @pytest.mark.parametrize("make", [lambda path: path.write_text("x"), lambda path: path.mkdir()])
    def test_waits_by_the_clock_where_there_can_be_no_pipe(self, make, shelf):
        make(shelf.root / "nudge")
        ear = shelf.listen()
        shelf.nudge()
        assert waits(ear, 0.05) >= 0.05
        ear.close()


class TestNudge:
    def test_of_nobody_is_no_matter(self, shelf, tmp_path):
        shelf.nudge()
        FolderShelf(tmp_path / "no shelf").nudge()
        os.mkfifo(shelf.root / "nudge")
        shelf.nudge()

    def test_does_not_wait_when_nobody_listens_for_long(self, ear, shelf):
        for _ in range(100_000):
            shelf.nudge()
        assert waits(ear, 60) < 60
