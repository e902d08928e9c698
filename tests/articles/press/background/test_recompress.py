import os
import threading

import brotli
import pytest

from articles.press.background.recompress import recompress
from articles.press.background.worker import BackgroundWorker
from articles.press.shelf.files import FolderShelf
from articles.press.shelf.port import PrintedPage

PATH = "/2026/11/22/sea-wall/"
BODY = b"".join(b"<p>Sentence %d of the harbour's price.</p>" % number for number in range(800))


@pytest.fixture
def shelf(tmp_path):
    shelf = FolderShelf(tmp_path / "shelf")
    shelf.put(PATH, PrintedPage(200, "text/html", BODY))
    return shelf


def file(shelf, path=PATH):
    return shelf.folder(path) / "index.html.br"


class TestPolish:
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


@pytest.mark.django_db
class TestBackRoom:
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
            "articles.press.background.worker.recompress", lambda _, path: recompressed.append(path)
        )
        for path in ("/", "/world/", "/", PATH, "/"):
            room.recompress(path)
        room.work_off(threading.Event())
        assert recompressed == [PATH, "/world/", "/"]

    def test_forgets_the_oldest_of_too_many(self, shelf, monkeypatch):
        monkeypatch.setattr("articles.press.background.worker.MOST_TO_RECOMPRESS", 2)
        room, recompressed = BackgroundWorker(shelf), []
        monkeypatch.setattr(
            "articles.press.background.worker.recompress", lambda _, path: recompressed.append(path)
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
