"""Requests by kind, status and source; pages from memory are counted by integers alone."""

import pytest

from articles.metrics.counts import Counts
from articles.press.serve import counted_requests
from articles.press.serve.application import PrintedPages
from articles.press.serve.counted_requests import CountedRequests, kind_of
from articles.press.shelf.files import FolderShelf

from .test_application import GONE, PAGE, PATH, Answer, application, environ_of


@pytest.fixture
def counts(monkeypatch):
    counts = Counts()
    monkeypatch.setattr(counted_requests, "counted", counts)
    return counts


@pytest.fixture
def site(tmp_path, counts):
    shelf = FolderShelf(tmp_path / "shelf")
    shelf.make()
    shelf.put(PATH, PAGE)
    shelf.put("/world/feed/", PAGE)
    shelf.put("/2026/11/22/withdrawn/", GONE)
    printed = PrintedPages(application, shelf)
    counts.also(printed.entries.counted)
    return CountedRequests(printed)


def test_the_first_answer_is_read_from_the_shelf_and_the_others_come_from_memory(site, counts):
    for _ in range(3):
        Answer(site)
    assert counts.all() == {("requests", "page", "200", "shelf"): 1, ("requests", "page", "200", "memory"): 2}


def test_what_the_server_answers_at_once_is_counted_like_the_rest(site, counts):
    etag = Answer(site).headers["etag"]
    for _ in range(5):
        assert site.application.from_memory(environ_of(PATH))[0] == 200
    assert site.application.from_memory(environ_of(PATH, if_none_match=etag))[0] == 304
    Answer(site)
    found = counts.all()
    assert found["requests", "page", "200", "memory"] == 6
    assert found["requests", "page", "304", "memory"] == 1


def test_feeds_pages_that_are_gone_and_what_django_answers_are_told_apart(site, counts):
    Answer(site, "/world/feed/")
    Answer(site, "/2026/11/22/withdrawn/")
    Answer(site, "/admin/")
    assert counts.all() == {
        ("requests", "feed", "200", "shelf"): 1,
        ("requests", "page", "410", "shelf"): 1,
        ("requests", "desk", "299", "application"): 1,
    }


def test_numbers_outlive_the_pages_that_were_counted(site, counts):
    for _ in range(3):
        Answer(site)
    site.application.entries._forget((PATH, ""))
    Answer(site)
    assert counts.all()["requests", "page", "200", "memory"] == 2
    assert counts.all()["requests", "page", "200", "shelf"] == 2


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/admin/login/", "desk"),
        ("/administration/", "page"),
        ("/feed/", "feed"),
        ("/tag/x/feed/atom/", "feed"),
        ("/sitemap-news.xml", "sitemap"),
        ("/media/renditions/1/a/1x1.jpg", "picture"),
        ("/media/documents/1/a.pdf", "document"),
        ("/read/2026/11/22/sea-wall/", "read"),
        ("/search/", "search"),
        ("/static/css/a.css", "static"),
    ],
)
def test_kinds(path, kind):
    assert kind_of(path) == kind
