import os
import threading

import brotli
import pytest

from articles.press.background.best_compression import smallest
from articles.press.background.recompress import Recompressing, is_best, recompress
from articles.press.background.worker import BackgroundWorker
from articles.press.shelf.files import FolderShelf
from articles.press.shelf.interface import PrintedPage

PATH = "/2026/11/22/sea-wall/"
BODY = b"".join(b"<p>Sentence %d of the harbour's price.</p>" % number for number in range(800))


@pytest.fixture
def shelf(tmp_path):
    shelf = FolderShelf(tmp_path / "shelf")
    shelf.put(PATH, PrintedPage(200, "text/html", BODY))
    return shelf


def file(shelf, path=PATH):
    return shelf.folder(path) / "index.html.br"


class TestRecompress:
    def test_makes_the_page_smaller_and_leaves_its_text_and_time(self, shelf):
        before = file(shelf).stat()
        assert recompress(shelf, PATH)
        after = file(shelf).stat()
        assert after.st_size < before.st_size
        assert after.st_mtime == before.st_mtime
        assert brotli.decompress(file(shelf).read_bytes()) == BODY

    def test_a_second_time_changes_nothing(self, shelf):
        recompress(shelf, PATH)
        before = file(shelf).stat().st_ino
        assert not recompress(shelf, PATH)
        assert file(shelf).stat().st_ino == before

    def test_a_page_that_has_gone_is_left_alone(self, shelf):
        shelf.remove(PATH)
        assert not recompress(shelf, PATH)
        assert not file(shelf).exists()

    def test_the_same_page_printed_again_stays_small(self, shelf):
        recompress(shelf, PATH)
        small = file(shelf).stat().st_size
        assert not shelf.put(PATH, PrintedPage(200, "text/html", BODY))
        assert file(shelf).stat().st_size == small

    def test_a_page_printed_meanwhile_is_not_overwritten(self, shelf, monkeypatch):
        compress = brotli.compress

        def slowly(body, **options):
            monkeypatch.undo()
            shelf.put(PATH, PrintedPage(200, "text/html", b"<p>Newer.</p>" * 50))
            return compress(body, **options)

        monkeypatch.setattr(brotli, "compress", slowly)
        assert not recompress(shelf, PATH)
        assert brotli.decompress(file(shelf).read_bytes()) == b"<p>Newer.</p>" * 50

    def test_knows_what_it_has_made_without_making_it_again(self, shelf, monkeypatch):
        assert not is_best(shelf.stored(PATH, "br").body)
        recompress(shelf, PATH)
        assert is_best(shelf.stored(PATH, "br").body)
        monkeypatch.setattr(brotli, "compress", None)
        assert not recompress(shelf, PATH)

    @pytest.mark.parametrize("size", [0, 1, 100, 5_000, 300_000])
    def test_knows_it_of_pages_of_any_size(self, size):
        body = os.urandom(size // 2).hex().encode()
        assert is_best(smallest(body))
        assert not is_best(brotli.compress(body, quality=5))


class TestRecompressing:
    """All that a walk has printed."""

    @pytest.fixture(autouse=True)
    def several(self, shelf):
        for path in ("/world/", "/2026/11/21/older/"):
            shelf.put(path, PrintedPage(200, "text/html", BODY))

    def best(self, shelf):
        return [path for path in shelf.walk() if is_best(shelf.stored(path, "br").body)]

    def test_goes_through_the_shelf_when_it_is_begun(self, shelf):
        assert not Recompressing(shelf).next()
        Recompressing(shelf).begin()
        while Recompressing(shelf).next():
            pass
        assert self.best(shelf) == list(shelf.walk())
        assert shelf.note("recompress").read() is None

    def test_goes_on_where_it_was_killed(self, shelf):
        Recompressing(shelf).begin()
        Recompressing(shelf).next()
        assert shelf.note("recompress").read() == "/world/"
        Recompressing(shelf).next()
        assert self.best(shelf) == ["/world/", PATH]

    def test_that_another_process_begins_anew_begins_at_the_first_page(self, shelf):
        rest = Recompressing(shelf)
        rest.begin()
        rest.next(), rest.next()
        shelf.put("/world/", PrintedPage(200, "text/html", BODY + b"more"))
        Recompressing(shelf).begin()
        rest.next()
        assert "/world/" in self.best(shelf)

    @pytest.mark.django_db
    def test_waits_until_it_is_quiet_and_nothing_else_is_noted(self, shelf):
        room, stop = BackgroundWorker(shelf), threading.Event()
        Recompressing(shelf).begin()
        room.wait_for_the_press()
        room._recompress_rest(stop)
        assert self.best(shelf) == []
        room = BackgroundWorker(shelf)
        room.recompress("/world/")
        room._recompress_rest(stop)
        assert self.best(shelf) == []
        room._next()
        room._recompress_rest(stop)
        assert self.best(shelf) == list(shelf.walk())


@pytest.mark.django_db
class TestBackgroundWorker:
    def test_recompresses_articles_before_lists(self, shelf):
        shelf.put("/world/", PrintedPage(200, "text/html", BODY))
        room, sizes = BackgroundWorker(shelf), {}
        for path in ("/world/", PATH):
            sizes[path] = os.stat(file(shelf, path)).st_size
            room.recompress(path)
        room._next()
        assert file(shelf).stat().st_size < sizes[PATH]
        assert file(shelf, "/world/").stat().st_size == sizes["/world/"]
        room.work_off(threading.Event())
        assert file(shelf, "/world/").stat().st_size < sizes["/world/"]

    def test_gives_way_while_the_press_is_printing(self, shelf, monkeypatch):
        room, before = BackgroundWorker(shelf), file(shelf).stat().st_size
        room.recompress(PATH)
        room.wait_for_the_press()
        room.work_off(threading.Event(), gives_way=True)
        assert file(shelf).stat().st_size == before
        monkeypatch.setattr("articles.press.background.worker.QUIET", 0)
        room.wait_for_the_press()
        room.work_off(threading.Event(), gives_way=True)
        assert file(shelf).stat().st_size < before

    def test_recompresses_a_page_once_that_was_printed_several_times(self, shelf, monkeypatch):
        room, recompressed = BackgroundWorker(shelf), []
        monkeypatch.setattr(
            "articles.press.background.worker.recompress", lambda _, path, compress: recompressed.append(path)
        )
        for path in ("/", "/world/", "/", PATH, "/"):
            room.recompress(path)
        room.work_off(threading.Event())
        assert recompressed == [PATH, "/world/", "/"]

    def test_forgets_the_oldest_of_too_many(self, shelf, monkeypatch):
        monkeypatch.setattr("articles.press.background.worker.MOST_TO_RECOMPRESS", 2)
        room, recompressed = BackgroundWorker(shelf), []
        monkeypatch.setattr(
            "articles.press.background.worker.recompress", lambda _, path, compress: recompressed.append(path)
        )
        for path in ("/", "/world/", "/culture/"):
            room.recompress(path)
        room.work_off(threading.Event())
        assert recompressed == ["/world/", "/culture/"]

    def test_stops_when_told(self, shelf):
        room, stop = BackgroundWorker(shelf), threading.Event()
        stop.set()
        room.recompress(PATH)
        before = file(shelf).stat().st_size
        room.work_off(stop)
        assert file(shelf).stat().st_size == before
