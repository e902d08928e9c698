"""The numbers of all processes of a host are added up, also of those that have ended."""

import json
import os
import threading
import time

import pytest

from articles.metrics import files
from articles.metrics.counts import Counts
from articles.metrics.files import ENDED, ENDED_AFTER, OwnFile, total
from tests.waiting import wait_until

PAGES = ("pages", "printed")


class Process:
    def __init__(self, folder):
        self.counts = Counts()
        self.file = OwnFile(folder, self.counts)

    def count(self, number):
        self.counts.add(*PAGES, by=number)
        self.file.write()

    def fell_silent(self, seconds):
        at = time.time() - seconds
        os.utime(self.file.path, (at, at))


@pytest.fixture
def processes(tmp_path):
    return [Process(tmp_path) for _ in range(3)]


def test_the_sum_is_that_of_all_processes(tmp_path, processes):
    for number, process in enumerate(processes, 1):
        process.count(number)
    assert total(tmp_path, time.time()) == {PAGES: 6}


def test_nobody_has_written_yet(tmp_path):
    assert total(tmp_path / "none", time.time()) == {}


def test_the_sum_keeps_what_processes_have_counted_that_ended(tmp_path, processes):
    for process in processes:
        process.count(10)
    processes[0].fell_silent(ENDED_AFTER + 60)
    processes[1].fell_silent(ENDED_AFTER - 60)
    for _ in range(3):
        assert total(tmp_path, time.time()) == {PAGES: 30}
    assert not processes[0].file.path.exists()
    assert processes[1].file.path.exists()


def test_one_that_was_taken_for_ended_and_goes_on_is_counted_once(tmp_path, processes):
    """Its disk was full for ten minutes, or the clock has leapt."""
    process = processes[0]
    process.count(10)
    process.fell_silent(ENDED_AFTER + 60)
    assert total(tmp_path, time.time()) == {PAGES: 10}
    for _ in range(2):
        process.count(5)
    assert total(tmp_path, time.time()) == {PAGES: 20}
    process.fell_silent(ENDED_AFTER + 60)
    assert total(tmp_path, time.time()) == {PAGES: 20}


def test_a_full_disk_on_which_all_fall_silent_keeps_no_number_back(tmp_path, processes, caplog):
    for process in processes:
        process.count(10)
        process.fell_silent(ENDED_AFTER + 60)
    # In the place of a file it can't be written.
    (tmp_path / ENDED).mkdir()
    for _ in range(2):
        assert total(tmp_path, time.time()) == {PAGES: 30}
    assert "put away later" in caplog.text
    (tmp_path / ENDED).rmdir()
    for _ in range(2):
        assert total(tmp_path, time.time()) == {PAGES: 30}


def test_nothing_is_counted_twice_after_a_kill_between_adding_and_deleting(tmp_path, processes):
    for process in processes:
        process.count(10)
    name = processes[0].file.path.name
    (tmp_path / ENDED).write_text(json.dumps([[[*PAGES, 10]], [name]]))
    assert total(tmp_path, time.time()) == {PAGES: 30}
    assert not processes[0].file.path.exists()
    assert total(tmp_path, time.time()) == {PAGES: 30}


@pytest.mark.parametrize("text", ["", "{", "null", '[["pages", "printed", "many"]]', "[1]"])
def test_a_file_of_somebody_else_is_passed_over(tmp_path, processes, text):
    processes[0].count(10)
    (tmp_path / "other.json").write_text(text)
    (tmp_path / ENDED).write_text(text)
    assert total(tmp_path, time.time()) == {PAGES: 10}


def test_a_file_is_written_only_if_a_number_has_changed_or_as_a_sign_of_life(processes, monkeypatch):
    process = processes[0]
    process.count(1)
    process.file.path.unlink()
    process.file.write()
    assert not process.file.path.exists()
    monkeypatch.setattr(files, "SIGN_OF_LIFE", 0.0)
    process.file.write()
    assert process.file.path.exists()


def test_a_disk_that_takes_nothing_ends_nothing(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(files, "EVERY", 0.01)
    process, stop = Process(tmp_path / "no-folder"), threading.Event()
    (tmp_path / "no-folder").write_text("a file where a folder should be")
    thread = threading.Thread(target=files._write_until, args=[stop, process.file])
    thread.start()
    wait_until(lambda: "Numbers are written later" in caplog.text)
    process.counts.add(*PAGES)
    (tmp_path / "no-folder").unlink()
    wait_until(process.file.path.exists)
    stop.set()
    thread.join()
    assert total(tmp_path / "no-folder", time.time()) == {PAGES: 1}
