import gzip
import itertools
import os
import threading
import time
from dataclasses import replace

import brotli
import pytest
import time_machine

from articles.press.shelf.addresses import has_place, is_past
from articles.press.shelf.files import FolderShelf
from articles.press.shelf.interface import PageHeld, PrintedPage, ShelfFull

PAGE = PrintedPage(200, "text/html", b"<p>The wall is four metres high.</p>" * 20)
GONE = PrintedPage(410, "text/html", b"<p>Gone.</p>")
MOVED = PrintedPage(301, "text/html", b"<p>Moved.</p>", "/world/k%C3%BCste/")
PATH = "/2026/11/22/sea-wall/"


@pytest.fixture
def shelf(tmp_path):
    return FolderShelf(tmp_path / "shelf")


def files(shelf):
    return sorted(str(file.relative_to(shelf.root)) for file in shelf.root.rglob("*") if file.is_file())


class TestPut:
    def test_makes_three_files_of_the_same_page(self, shelf):
        assert shelf.put(PATH, PAGE)
        folder = shelf.root / "pages" / "2026/11/22/sea-wall"
        assert (folder / "index.html").read_bytes() == PAGE.body
        assert gzip.decompress((folder / "index.html.gz").read_bytes()) == PAGE.body
        assert brotli.decompress((folder / "index.html.br").read_bytes()) == PAGE.body
        assert len(files(shelf)) == 3

    def test_leaves_the_same_page_alone(self, shelf):
        shelf.put(PATH, PAGE)
        before = (shelf.root / "pages" / "2026/11/22/sea-wall/index.html").stat()
        assert not shelf.put(PATH, PAGE)
        after = (shelf.root / "pages" / "2026/11/22/sea-wall/index.html").stat()
        assert (before.st_ino, before.st_mtime) == (after.st_ino, after.st_mtime)

    def test_of_a_story_and_of_its_twin_do_not_meet(self, shelf):
        twin = PrintedPage(200, "text/markdown", b"# The wall")
        shelf.put(PATH, PAGE)
        shelf.put(f"{PATH}index.md", twin)
        assert (shelf.read(PATH), shelf.read(f"{PATH}index.md")) == (PAGE, twin)
        assert list(shelf.walk("/2026/")) == [PATH, f"{PATH}index.md"]
        assert shelf.stored(PATH, "br").content_type == "text/html"
        assert shelf.remove(PATH)
        assert shelf.status_at(PATH) is None
        assert shelf.stored(PATH, "") is None
        assert shelf.read(f"{PATH}index.md") == twin

    @pytest.mark.parametrize("lost", ["index.html", "index.html.gz", "index.html.br"])
    def test_writes_anew_what_a_power_cut_left_empty(self, shelf, lost):
        shelf.put(PATH, PAGE)
        (shelf.root / "pages" / "2026/11/22/sea-wall" / lost).write_bytes(b"")
        assert shelf.put(PATH, PAGE)
        self.test_makes_three_files_of_the_same_page(FolderShelf(shelf.root / "other"))
        assert all((shelf.root / name).stat().st_size for name in files(shelf))

    def test_gives_a_second_print_in_the_same_second_another_time(self, shelf):
        times = []
        for letter in b"abc":
            shelf.put(PATH, PrintedPage(200, "text/html", bytes([letter]) * 100))
            times.append(shelf.stored(PATH, "").modified)
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
                body = (shelf.root / "pages" / "2026/11/22/sea-wall/index.html").read_bytes()
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


class TestRemove:
    def test_takes_away_the_page_and_its_410(self, shelf):
        shelf.put(PATH, PAGE)
        assert shelf.remove(PATH)
        assert not shelf.remove(PATH)
        assert files(shelf) == []


class TestMoved:
    def test_says_where_it_leads_without_a_look_into_the_page(self, shelf):
        shelf.put(PATH, MOVED)
        assert shelf.read(PATH) == MOVED
        for coding in ("", "gzip", "br"):
            stored = shelf.stored(PATH, coding)
            assert (stored.status, stored.leads_to) == (301, "/world/k%C3%BCste/")

    def test_is_another_page_when_it_leads_elsewhere(self, shelf):
        shelf.put(PATH, MOVED)
        before = shelf.stored(PATH, "br")
        assert not shelf.put(PATH, MOVED)
        elsewhere = replace(MOVED, leads_to="/culture/")
        assert shelf.put(PATH, elsewhere)
        assert shelf.read(PATH) == elsewhere
        assert shelf.stamp(before.place) != before.stamp

    def test_leaves_nothing_behind_when_it_is_a_page_again(self, shelf):
        shelf.put(PATH, MOVED)
        shelf.put(PATH, PAGE)
        assert {name.split("/")[0] for name in files(shelf)} == {"pages"}
        assert shelf.read(PATH).leads_to == ""


class TestStored:
    @pytest.mark.parametrize("coding", ["", "gzip", "br"])
    def test_is_current_until_the_page_is_another_or_gone(self, shelf, coding):
        shelf.put(PATH, PAGE)
        stored = shelf.stored(PATH, coding)
        assert shelf.stamp(stored.place) == stored.stamp
        shelf.put(PATH, PrintedPage(200, "text/html", b"new"))
        assert shelf.stamp(stored.place) not in (stored.stamp, None)
        shelf.put(PATH, GONE)
        assert shelf.stamp(stored.place) is None
        assert shelf.stored(PATH, coding).status == 410

    def test_is_another_when_it_is_compressed_better(self, shelf):
        shelf.put(PATH, PAGE)
        stored = shelf.stored(PATH, "br")
        assert not shelf.put_smaller(PATH, PAGE, coding="br", body=stored.body)
        assert shelf.put_smaller(PATH, PAGE, coding="br", body=b"x")
        assert shelf.stamp(stored.place) != stored.stamp
        assert shelf.stored(PATH, "br").modified == stored.modified

    def test_of_no_page_is_nothing(self, shelf):
        assert shelf.stored(PATH, "") is None
        assert shelf.status_at(PATH) is None


class TestWalk:
    # In the order in which they are walked.
    PATHS = (
        "/",
        "/world/",
        "/world/2026/11/",
        "/world/2026/02/",
        "/robots.txt",
        "/2026/11/",
        "/2026/11/22/sea-wall/",
        "/2026/11/22/gone/",
        "/2026/02/28/moved/",
        "/2019/12/31/last/",
    )

    @pytest.fixture(autouse=True)
    def filled(self, shelf):
        pages = {"/2026/11/22/gone/": GONE, "/2026/02/28/moved/": MOVED}
        for path in sorted(self.PATHS):
            shelf.put(path, pages.get(path, PAGE))

    def test_comes_to_every_address_of_whatever_status_the_newest_first(self, shelf):
        assert tuple(shelf.walk()) == self.PATHS
        assert [shelf.status_at(path) for path in self.PATHS[-4:-1]] == [200, 410, 301]

    def test_goes_on_after_any_of_them_and_after_one_that_is_no_more(self, shelf):
        for number, path in enumerate(self.PATHS, start=1):
            assert tuple(shelf.walk(after=path)) == self.PATHS[number:]
        shelf.remove("/2026/11/")
        assert tuple(shelf.walk(after="/2026/11/")) == self.PATHS[6:]

    def test_can_be_of_what_is_below_an_address(self, shelf):
        assert list(shelf.walk("/2026/11/22/")) == ["/2026/11/22/sea-wall/", "/2026/11/22/gone/"]
        assert list(shelf.walk("/2026/", after="/world/")) == list(self.PATHS[5:9])
        assert list(shelf.walk("/2026/", after="/2026/11/22/sea-wall/")) == list(self.PATHS[7:9])
        assert list(shelf.walk("/world/", after="/2026/")) == []
        assert list(shelf.walk("/no/such/")) == []

    def test_leaves_out_addresses_with_all_below_them(self, shelf):
        found = shelf.walk(without=lambda path: path in ("/2026/11/", "/world/2026/"))
        assert tuple(found) == ("/", "/world/", "/robots.txt", *self.PATHS[-2:])

    def test_has_the_order_by_which_two_addresses_are_compared(self):
        for before, after in itertools.combinations(self.PATHS, 2):
            assert is_past(after, before)
            assert not is_past(before, after)

    def test_looks_into_one_folder_at_a_time(self, shelf, monkeypatch):
        """So a shelf of a million pages takes no more memory than its fullest folder."""
        looked, scandir = [], os.scandir
        monkeypatch.setattr(os, "scandir", lambda folder: looked.append(folder) or scandir(folder))
        walk = shelf.walk()
        next(walk)
        assert len(looked) == 3


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
        monkeypatch.setattr("articles.press.shelf.locks.LONGEST_PRINT", 0.02)
        with shelf.lock(PATH), pytest.raises(PageHeld, match="sea-wall"), shelf.lock(PATH):
            pytest.fail("Two had it.")
        monkeypatch.setattr("articles.press.shelf.locks.LONGEST_PRINT", 60)
        # Nor is it waited for again by the next of its pages, until somebody has given it up.
        other = FolderShelf(shelf.root)
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
        "path",
        [
            *("/", "/world/", PATH, "/tag/küste/", "/2026/11/22/سد-البحر/", f"{PATH}index.md", "/llms.txt"),
            *("/robots.txt", "/favicon.ico", "/apple-touch-icon.png", "/site.webmanifest", "/sw.js"),
            *("/.well-known/security.txt", "/हिंदी-में/"),
        ],
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
            "/.well-known/",
            "/.well-known/x/y.txt",
            "/.well-known/../x.txt",
            "/.well-known.txt",
            "/index.md/",
            f"{PATH}favicon.ico",
            f"{PATH}index.md/x/",
            "/x/y.txt",
            "/icon.svg",
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
        shelf = FolderShelf(tmp_path)
        assert shelf.folder("/world/2026/11/").is_relative_to(tmp_path / "pages")
