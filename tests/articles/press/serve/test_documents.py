"""Documents from their files, as our own server sends them."""

import io
import os
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings

from articles.documents import KINDS, stored_name
from articles.http.content_policy import OF_DOCUMENTS
from articles.press.serve.documents import StoredDocuments

LARGE = bytes(range(256)) * 4096 * 3


@pytest.fixture
def stored(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path

    def store(data, ending="pdf"):
        name = stored_name("a b", KINDS[ending], secret="abcdefghijklmnop")
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
        return f"/media/{name}"

    return store


class Answer:
    def __init__(self, path, site=None, *, method="GET", **headers):
        site = site or StoredDocuments(lambda environ, start: start("404 Not Found", []) or [b"ours"])
        environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "wsgi.input": io.BytesIO()}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        self.parts = site(environ, self.start)

    def start(self, status, headers):
        self.status, self.headers = int(status[:3]), dict(headers)
        assert len(self.headers) == len(headers)

    @property
    def body(self):
        return b"".join(self.parts)


def test_the_whole_file(stored):
    answer = Answer(stored(b"%PDF-1.7"))
    assert (answer.status, answer.body) == (200, b"%PDF-1.7")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == "8"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == OF_DOCUMENTS
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize("ending", ["html", "svg", "xml", "bin", "txt", "zip"])
def test_what_browsers_should_not_show_is_saved(stored, ending):
    answer = Answer(stored(b"<script>", ending))
    assert answer.headers["Content-Disposition"] == "attachment"
    assert "html" not in answer.headers["Content-Type"]
    assert "xml" not in answer.headers["Content-Type"]


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-", 0, len(LARGE)), ("bytes=100-199", 100, 200), ("bytes=-7", len(LARGE) - 7, len(LARGE))],
)
def test_a_piece(stored, asked, start, end):
    answer = Answer(stored(LARGE, "mp4"), range=asked)
    assert answer.status == 206
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(LARGE)}"
    assert answer.headers["Content-Length"] == str(end - start)
    assert answer.body == LARGE[start:end]


def test_a_piece_behind_the_end(stored):
    answer = Answer(stored(b"12345"), range="bytes=5-")
    assert (answer.status, answer.headers["Content-Range"], answer.body) == (416, "bytes */5", b"")


def test_the_rest_of_another_version_is_not_sent(stored):
    path = stored(b"12345")
    etag = Answer(path).headers["ETag"]
    modified = Answer(path).headers["Last-Modified"]
    assert Answer(path, range="bytes=2-", if_range=etag).status == 206
    assert Answer(path, range="bytes=2-", if_range=modified).status == 206
    for other in ('"other"', "Mon, 01 Jan 2001 00:00:00 GMT", "nonsense"):
        answer = Answer(path, range="bytes=2-", if_range=other)
        assert (answer.status, answer.body) == (200, b"12345")


def test_what_the_reader_has_is_not_sent_again(stored):
    path = stored(b"12345")
    answer = Answer(path, if_none_match=Answer(path).headers["ETag"])
    assert (answer.status, answer.body) == (304, b"")


def test_head(stored):
    answer = Answer(stored(LARGE, "mp3"), method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(LARGE))


@pytest.mark.parametrize(
    "path",
    [
        "/media/documents/ab/abcdefghijklmnop/none.pdf",
        "/media/documents/ab/abcdefghijklmnop/../../../secret.txt",
        "/media/masters/ab/abcdefghijklmnop.jpg",
        "/media/documents/",
    ],
)
def test_all_else_goes_to_the_application(stored, path):
    stored(b"12345")
    (Path(settings.MEDIA_ROOT) / "secret.txt").write_bytes(b"secret")
    assert Answer(path).body == b"ours"


def test_slow_readers_of_large_files_leave_threads_for_pages(stored):
    path = stored(LARGE, "mp4")
    with mock.patch("articles.press.serve.documents.threads", return_value=4):
        site = StoredDocuments(None)
    first, second = Answer(path, site), Answer(path, site)
    busy = Answer(path, site)
    assert (busy.status, busy.headers["Retry-After"]) == (503, "5")
    # A small piece needs no slot.
    assert Answer(path, site, range="bytes=0-99").status == 206
    next(first.parts)
    first.parts.close()
    assert Answer(path, site).status == 200
    assert second.body == LARGE


def test_no_file_stays_open(stored):
    path = stored(LARGE, "mp4")
    before = len(os.listdir("/proc/self/fd"))
    for more in ({}, {"method": "HEAD"}, {"range": "bytes=99999999-"}, {"range": "bytes=0-9"}):
        answer = Answer(path, **more)
        assert answer.status in (200, 206, 416)
        del answer
    assert len(os.listdir("/proc/self/fd")) == before
