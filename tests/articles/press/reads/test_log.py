"""nginx's log of opened articles is read line by line, each once, whatever becomes of the file."""

import os
from collections import Counter

import pytest

from articles.press.reads import log as module
from articles.press.reads.log import HOUR, Log
from articles.press.reads.worker import in_log

NOW = 1_764_450_000.0
STORIES = ("/a/", "/b/")


class Reader:
    def __init__(self, folder):
        self.path = folder / "reads.log"
        self.found = []

    def write(self, *words, at=NOW, end="\n", path=None):
        with (path or self.path).open("ab") as log:
            log.write(b"".join(f"{at:.3f} /read{word}{end}".encode() for word in words))

    def take(self, now=NOW):
        """What is new, over all hours."""
        log, total = (
            Log(self.path, lambda spelt: in_log(spelt) if in_log(spelt) in STORIES else None),
            Counter(),
        )
        self.hours = {}

        def act(found):
            for hour, counts in found.items():
                self.hours.setdefault(hour, Counter()).update(counts)
                total.update(counts)

        while log.take(now, act):
            pass
        return dict(total)


@pytest.fixture
def reader(tmp_path):
    return Reader(tmp_path)


class TestLines:
    def test_are_counted_once(self, reader):
        assert reader.take() == {}
        reader.write("/a/", "/b/", "/a/")
        assert reader.take() == {"/a/": 2, "/b/": 1}
        assert reader.take() == {}
        reader.write("/a/?utm_source=x")
        assert reader.take() == {"/a/": 1}

    def test_that_are_not_finished_are_read_when_they_are(self, reader):
        reader.write("/a/", end="")
        assert reader.take() == {}
        reader.write("", end="\n", at=0)
        assert reader.take() == {}
        reader.write("/b/")
        assert reader.take() == {"/b/": 1}

    def test_a_line_in_two_pieces_is_one(self, reader):
        reader.path.write_bytes(f"{NOW} /rea".encode())
        assert reader.take() == {}
        with reader.path.open("ab") as log:
            log.write(b"d/a/\n")
        assert reader.take() == {"/a/": 1}

    def test_garbage_is_passed_over(self, reader):
        reader.path.write_bytes(
            b"\x00\xff\n\n   \nnan /read/a/\ninf /read/a/\n-1 /read/a/\nx /read/a/\n1764450000.0\n"
            + os.urandom(2000).replace(b"\n", b"")
            + b"\n"
            + f"{NOW} /read/{'a' * 5000}/\n{NOW} /other/a/\n{NOW} /read/invented/\n{NOW} /read/a/\n".encode()
        )
        assert reader.take() == {"/a/": 1}

    def test_count_for_their_hour(self, reader):
        reader.write("/a/", at=NOW - 3 * HOUR)
        reader.write("/a/")
        reader.take()
        assert [int(NOW) // HOUR - hour // HOUR for hour in sorted(reader.hours)] == [3, 0]

    def test_of_yesterday_and_of_tomorrow_do_not_count(self, reader):
        reader.write("/a/", at=NOW - 25 * HOUR)
        reader.write("/a/", at=NOW + 2 * HOUR)
        assert reader.take() == {}


class TestTheFile:
    def test_that_was_renamed_is_read_to_its_end(self, reader):
        reader.write("/a/")
        reader.take()
        reader.write("/a/")
        old = reader.path.rename(reader.path.with_name("reads.log.1"))
        reader.write("/a/", path=old)
        assert reader.take() == {}
        reader.write("/b/")
        assert reader.take() == {"/a/": 2, "/b/": 1}
        assert reader.take() == {}

    def test_that_was_renamed_and_deleted_is_given_up(self, reader):
        reader.write("/a/")
        reader.take()
        reader.path.unlink()
        reader.path.with_name("other").write_text("takes the number of the old file")
        reader.write("/b/")
        assert reader.take() == {"/b/": 1}

    def test_that_was_emptied_is_read_from_its_beginning(self, reader):
        reader.write("/a/", "/a/", "/a/")
        reader.take()
        os.truncate(reader.path, 0)
        reader.write("/b/")
        assert reader.take() == {"/b/": 1}

    def test_is_read_in_pieces(self, reader, monkeypatch):
        monkeypatch.setattr(module, "AT_ONCE", 100)
        monkeypatch.setattr(module, "MOST_BEHIND", 10**6)
        reader.write(*["/a/"] * 50)
        assert reader.take() == {"/a/": 50}

    def test_that_is_far_ahead_is_passed_over(self, reader, monkeypatch):
        monkeypatch.setattr(module, "MOST_BEHIND", 100)
        reader.write(*["/a/"] * 50)
        assert 0 < reader.take()["/a/"] < 5

    def test_is_not_noted_as_read_if_the_numbers_were_not_taken(self, reader):
        reader.write("/a/")

        def fails(found):
            raise OSError

        with pytest.raises(OSError):
            Log(reader.path, in_log).take(NOW, fails)
        assert reader.take() == {"/a/": 1}

    def test_is_read_by_one_press_at_a_time(self, reader):
        reader.write("/a/")
        log = Log(reader.path, in_log)
        with log.alone():
            assert reader.take() == {}
        assert reader.take() == {"/a/": 1}

    def test_a_note_of_nothing_begins_anew(self, reader):
        reader.write("/a/")
        reader.path.with_name("reads.log.read").write_text("{")
        assert reader.take() == {"/a/": 1}

    def test_many_invented_addresses_take_bounded_memory(self, reader, monkeypatch):
        monkeypatch.setattr(module, "MOST", 100)
        asked = []
        reader.write(*(f"/{number}/" for number in range(1000)))
        Log(reader.path, lambda spelt: asked.append(spelt)).take(NOW, lambda found: None)
        assert len(asked) == 100

    def test_no_address_is_looked_up_twice(self, reader):
        asked = Counter()
        reader.write(*["/a/", "/b/"] * 1_000)
        Log(reader.path, lambda spelt: asked.update([spelt])).take(NOW, lambda found: None)
        assert asked == {"/read/a/": 1, "/read/b/": 1}
