import threading

import pytest

from articles.press.serve.request_taker import RequestTaker

PATIENCE = 10  # seconds


class Worker(threading.Thread):
    """A thread as the server has them: it takes requests until it is told to end."""

    def __init__(self, taker):
        super().__init__(daemon=True)
        self.taker = taker
        self.takes, self.goes_on = threading.Event(), threading.Event()
        self.start()

    def run(self):
        self.taker.go_on_or_park()
        self.takes.set()
        self.goes_on.wait(PATIENCE)


@pytest.fixture
def taker():
    return RequestTaker()


@pytest.fixture
def workers(taker):
    """The first of them takes requests, the others are parked."""
    made = [Worker(taker)]
    assert made[0].takes.wait(PATIENCE)
    made += [Worker(taker), Worker(taker)]
    yield made
    for worker in made:
        worker.goes_on.set()


def taking(workers, *, seconds=0.2):
    return [worker.takes.wait(seconds) for worker in workers]


class TestRequestTaker:
    def test_one_thread_takes_requests_and_the_others_are_parked(self, workers):
        assert taking(workers) == [True, False, False]

    def test_the_one_that_takes_them_goes_on(self, taker):
        for _ in range(3):
            taker.go_on_or_park()

    def test_a_busy_thread_lets_one_other_take_them(self, taker):
        taker.go_on_or_park()
        others = [Worker(taker), Worker(taker)]
        assert taking(others) == [False, False]
        taker.let_another()
        assert sorted(taking(others, seconds=1)) == [False, True]

    def test_a_thread_that_does_not_take_them_changes_nothing_when_it_is_busy(self, taker, workers):
        taker.let_another()
        assert taking(workers) == [True, False, False]

    def test_without_another_thread_the_next_one_that_is_done_takes_them(self, taker):
        taker.go_on_or_park()
        taker.let_another()
        assert Worker(taker).takes.wait(PATIENCE)

    def test_a_thread_that_ends_lets_another_take_them(self, workers):
        workers[0].goes_on.set()
        workers[0].join(PATIENCE)
        assert sorted(taking(workers[1:], seconds=1)) == [False, True]
