"""Processes that convert texts beside the one that reads and writes."""

import os
import signal
import subprocess
import sys
import time

import pytest

from articles.importers.wordpress.planning.workers import WorkerLost, Workers

PROGRAM = """
import os, sys, time
from articles.importers.wordpress.planning.workers import Workers

workers = Workers(lambda seconds: time.sleep(seconds) or os.getpid(), begin=lambda: None, number=2)
waits = [workers.begin([0]), workers.begin([0.2])]
print(*{number for wait in waits for number in wait()}, flush=True)
workers.begin([0.5])
time.sleep(600)
"""


def is_there(number):
    """Whether a process runs that has not ended."""
    try:
        with open(f"/proc/{number}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class TestWorkers:
    def test_do_what_this_process_would_do_in_the_same_order(self):
        begun = []
        workers = Workers(lambda number: (number * 2, list(begun)), begin=lambda: begun.append(1), number=2)
        try:
            waits = [workers.begin([1, 2]), workers.begin([]), workers.begin([3])]
            assert [wait() for wait in waits] == [[(2, [1]), (4, [1])], [], [(6, [1])]]
        finally:
            workers.close()
        assert not begun

    def test_raise_here_what_is_raised_there(self):
        workers = Workers(lambda number: 1 / number, begin=lambda: None, number=1)
        try:
            with pytest.raises(ZeroDivisionError):
                workers.begin([1, 0])()
        finally:
            workers.close()

    def test_that_are_lost_are_told_of(self):
        workers = Workers(lambda number: os._exit(number), begin=lambda: None, number=1)
        try:
            with pytest.raises(WorkerLost):
                workers.begin([3])()
        finally:
            workers.close()

    @pytest.mark.parametrize("number", [1, 2, 3])
    def test_take_and_give_more_than_a_pipe_holds(self, number):
        workers = Workers(str.upper, begin=lambda: None, number=number)
        try:
            texts = [letter * 300_000 for letter in "abcdefgh"]
            waits = [workers.begin([text]) for text in texts]
            assert [wait() for wait in waits] == [[text.upper()] for text in texts]
        finally:
            workers.close()

    @pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
    def test_end_with_the_process_that_has_begun_them(self, sign):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        numbers = [int(number) for number in process.stdout.readline().split()]
        assert numbers
        assert all(map(is_there, numbers))
        if sign == signal.SIGINT:
            # As at a terminal, where all of them get it. The one that works may finish first.
            process.send_signal(sign)
            time.sleep(0.2)
        process.kill()
        process.wait()
        deadline = time.monotonic() + 20
        while any(map(is_there, numbers)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(is_there, numbers))
        process.stdout.close()


def test_a_copy_of_this_process_knows_what_it_knows():
    known = {"number": 7}
    workers = Workers(lambda number: (known["number"] + number, os.getpid()), begin=lambda: None, number=1)
    try:
        ((found, process),) = workers.begin([1])()
    finally:
        workers.close()
    assert (found, process != os.getpid()) == (8, True)
