import gzip
import os
import threading
import time

import brotli
import pytest
import time_machine

from articles.press.shelf.files import PageHeld, PrintedPage, Shelf, ShelfFull, has_place

PAGE = PrintedPage(200, "text/html; charset=utf-8", b"<p>The wall is four metres high.</p>" * 20)
GONE = PrintedPage(410, "text/html; charset=utf-8", b"<p>Gone.</p>")
PATH = "/2026/11/22/sea-wall/"


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "shelf")


def files(shelf):
    return sorted(str(file.relative_to(shelf.root)) for file in shelf.root.rglob("*") if file.is_file())


class TestPut:
    def test_makes_three_files_of_the_same_page(self, shelf):
        assert shelf.put(PATH, PAGE)
        folder = shelf.pages / "2026/11/22/sea-wall"
        assert (folder / "index.html").read_bytes() == PAGE.body
        assert gzip.decompress((folder / "index.html.gz").read_bytes()) == PAGE.body
        assert brotli.decompress((folder / "index.html.br").read_bytes()) == PAGE.body
        assert len(files(shelf)) == 3

    def test_leaves_the_same_page_alone(self, shelf):
        shelf.put(PATH, PAGE)
        before = (shelf.pages / "2026/11/22/sea-wall/index.html").stat()
        assert not shelf.put(PATH, PAGE)
        after = (shelf.pages / "2026/11/22/sea-wall/index.html").stat()
        assert (before.st_ino, before.st_mtime) == (after.st_ino, after.st_mtime)

    @pytest.mark.parametrize("lost", ["index.html", "index.html.gz", "index.html.br"])
    def test_writes_anew_what_a_power_cut_left_empty(self, shelf, lost):
        shelf.put(PATH, PAGE)
        (shelf.pages / "2026/11/22/sea-wall" / lost).write_bytes(b"")
        assert shelf.put(PATH, PAGE)
        self.test_makes_three_files_of_the_same_page(Shelf(shelf.root / "other"))
        assert all((shelf.root / name).stat().st_size for name in files(shelf))

    def test_gives_a_second_print_in_the_same_second_another_time(self, shelf):
        times = []
        for letter in b"abc":
            shelf.put(PATH, PrintedPage(200, "text/html", bytes([letter]) * 100))
            times.append(shelf.printed_at(PATH))
        assert len(set(times)) == 3

    def test_a_withdrawn_page_has_its_place_apart_and_the_old_one_is_gone(self, shelf):
        shelf.put(PATH, PAGE)
        shelf.put(PATH, GONE)
        assert {name.split("/")[0] for name in files(shelf)} == {"gone"}
        assert shelf.read(PATH).status == 410

    def test_published_again_it_is_a_page_again(self, shelf):
        shelf.put(PATH, GONE)
        shelf.put(PATH, PAGE)
        assert {name.split("/")[0] for name in files(shelf)} == {"pages"}

    def test_a_disk_that_refuses_leaves_the_old_page_whole_and_says_so(self, shelf, monkeypatch):
        shelf.put(PATH, PAGE)

        def full(*_, **__):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "utime", full)
        with pytest.raises(ShelfFull, match="No space left"):
            shelf.put(PATH, PrintedPage(200, "text/html", b"new"))
        monkeypatch.undo()
        assert shelf.read(PATH).body == PAGE.body
        assert len(files(shelf)) == 3

    def test_the_front_has_its_place(self, shelf):
        shelf.put("/", PAGE)
        assert shelf.read("/").body == PAGE.body

    def test_a_reader_never_finds_half_a_page(self, shelf):
        pages = [PrintedPage(200, "text/html", bytes([letter]) * 200_000) for letter in b"ab"]
        shelf.put(PATH, pages[0])
        stop, seen = threading.Event(), set()

        def read():
            while not stop.is_set():
                body = (shelf.pages / "2026/11/22/sea-wall/index.html").read_bytes()
                seen.add((len(body), len(set(body))))

        reader = threading.Thread(target=read)
        reader.start()
        for turn in range(100):
            shelf.put(PATH, pages[turn % 2])
        stop.set()
        reader.join()
        assert seen == {(200_000, 1)}


class TestSweep:
    LEFT = ("new/.new-a", "under-way/.new-b", ".new-c", "wanted/.new-d", "purges/store/.new-e")
    KEPT = ("position.json", "wanted/page", "purges/store/1 page", "press.lock")

    def test_takes_away_after_an_hour_what_a_killed_process_had_begun(self, shelf):
        for name in (*self.LEFT, *self.KEPT):
            (shelf.root / name).parent.mkdir(parents=True, exist_ok=True)
            (shelf.root / name).touch()
        shelf.put(PATH, PAGE)
        with time_machine.travel(time.time() + 3500):
            shelf.sweep()
        assert len(files(shelf)) == len([*self.LEFT, *self.KEPT]) + 3
        with time_machine.travel(time.time() + 3700):
            shelf.sweep()
        assert {name for name in files(shelf) if "pages" not in name} == set(self.KEPT)
        assert shelf.read(PATH).body == PAGE.body


class TestRemoveAndPaths:
    def test_removes_the_page_and_its_410(self, shelf):
        shelf.put(PATH, PAGE)
        assert shelf.remove(PATH)
        assert not shelf.remove(PATH)
        assert files(shelf) == []

    def test_lists_every_address(self, shelf):
        for path in ("/", "/world/", PATH):
            shelf.put(path, PAGE)
        shelf.put("/2026/11/22/gone/", GONE)
        assert set(shelf.paths()) == {"/", "/world/", PATH, "/2026/11/22/gone/"}


class TestLock:
    def test_is_had_by_one_at_a_time(self, shelf):
        held, order = threading.Event(), []

        def hold():
            with shelf.lock(PATH):
                held.set()
                order.append("first")
                threading.Event().wait(0.05)
                order.append("finished")

        thread = threading.Thread(target=hold)
        thread.start()
        held.wait()
        with shelf.lock(PATH):
            order.append("second")
        thread.join()
        assert order == ["first", "finished", "second"]

    def test_of_one_who_does_not_finish_is_not_waited_for_without_end(self, shelf, monkeypatch):
        monkeypatch.setattr("articles.press.shelf.files.LONGEST_PRINT", 0.02)
        with shelf.lock(PATH), pytest.raises(PageHeld, match="sea-wall"), shelf.lock(PATH):
            pytest.fail("Two had it.")
        monkeypatch.setattr("articles.press.shelf.files.LONGEST_PRINT", 60)
        # Nor is it waited for again by the next of its pages, until somebody has given it up.
        other = Shelf(shelf.root)
        with other.lock(PATH), pytest.raises(PageHeld), shelf.lock(PATH):
            pytest.fail("Two had it.")
        with shelf.lock(PATH):
            pass
        self.is_waited_for(shelf, other)

    def is_waited_for(self, shelf, other):
        held = threading.Event()

        def hold():
            with other.lock(PATH):
                held.set()
                threading.Event().wait(0.05)

        thread = threading.Thread(target=hold)
        thread.start()
        held.wait()
        with shelf.lock(PATH):
            pass
        thread.join()


class TestHasPlace:
    @pytest.mark.parametrize(
        "path", ["/", "/world/", PATH, "/tag/küste/", "/robots.txt", "/2026/11/22/سد-البحر/"]
    )
    def test_for_addresses_of_the_site(self, path):
        assert has_place(path)

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "world/",
            "/world",
            "//",
            "//evil.example/",
            "/../etc/",
            "/./",
            "/world/../../x/",
            "/a\x00b/",
            "/a;b/",
            "/a b/",
            "/a\\b/",
            "/a%2e/",
            "/index.html/",
            "/.git/",
            "/x.html",
            "/admin/x/",
            "/admin/",
            "/preview/8/",
            "/media/x/",
            "/search/",
            "/" + "a/" * 8,
            "/" + "a" * 121 + "/",
            "/" + "海" * 100 + "/",
            "/a\n/",
        ],
    )
    def test_for_nothing_else(self, path):
        assert not has_place(path)

    def test_the_folder_of_a_place_is_inside_the_shelf(self, tmp_path):
        shelf = Shelf(tmp_path)
        assert shelf.folder("/world/2026/11/").is_relative_to(tmp_path / "pages")
