import datetime
import gzip
import io
import re
import threading
import time
from unittest import mock
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from articles.http.content_policy import OF_PAGES
from articles.press.render.printer import DatabaseAway
from articles.press.serve.application import PrintedPages
from articles.press.shelf.files import FolderShelf
from articles.press.shelf.interface import PrintedPage
from articles.publishing import withdraw
from tests import factories
from tests.articles.press.printed_newsroom import PrintedNewsroom

PATH = "/2026/11/22/sea-wall/"
BODY = b"<p>The wall is four metres high.</p>" * 30
PAGE = PrintedPage(200, "text/html", BODY)
GONE = PrintedPage(410, "text/html", b"<p>Gone.</p>")
MOVED = PrintedPage(301, "text/html", b"<p>Moved.</p>", "/tag/k%C3%BCste/?a=1&b=2")


class Answer:
    """What a reader gets from a WSGI application."""

    def __init__(self, application, path=PATH, *, method="GET", query="", **headers):
        environ = environ_of(path, method=method, query=query, **headers)
        parts = application(environ, self.start_response)
        self.body = b"".join(parts)

    def start_response(self, status, headers, exc_info=None):
        self.status = int(status[:3])
        self.headers = {name.lower(): value for name, value in headers}


def environ_of(path, *, method="GET", query="", **headers):
    environ = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REQUEST_METHOD": method,
        "HTTP_HOST": "localhost",
    }
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    setup_testing_defaults(environ)
    return environ | {"wsgi.input": io.BytesIO()}


def application(environ, start_response):
    """Django's place: it says that it was asked."""
    start_response("299 Asked", [])
    return [b"the application"]


@pytest.fixture
def site(tmp_path):
    shelf = FolderShelf(tmp_path / "shelf")
    shelf.put(PATH, PAGE)
    shelf.put("/world/", PAGE)
    return PrintedPages(application, shelf)


class TestPrintedPages:
    def test_answers_a_page_with_what_shared_caches_and_browsers_need(self, site):
        answer = Answer(site)
        assert (answer.status, answer.body) == (200, BODY)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-length"] == str(len(BODY))
        assert answer.headers["cache-control"] == settings.PRESS["CACHE_CONTROL"]
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["content-security-policy"] == OF_PAGES
        assert {"etag", "last-modified"} <= set(answer.headers)

    @pytest.mark.parametrize("coding", ["", "gzip", "br"])
    def test_redirects_from_where_something_has_moved(self, site, coding):
        site.shelf.put(PATH, MOVED)
        answer = Answer(site, accept_encoding=coding)
        assert (answer.status, answer.headers["location"]) == (301, "/tag/k%C3%BCste/?a=1&b=2")
        again = Answer(site, accept_encoding=coding, if_none_match=answer.headers["etag"])
        assert again.status == 301
        campaign = Answer(site, accept_encoding=coding, query="utm_source=mail")
        assert campaign.headers["location"] == "/tag/k%C3%BCste/?a=1&b=2&utm_source=mail"

    def test_asks_the_application_where_a_page_leads_that_an_older_release_has_printed(self, site):
        site.shelf.put(PATH, MOVED)
        (site.shelf.folder(PATH, 301) / "leads-to").unlink()
        assert Answer(site).status == 299

    @pytest.mark.parametrize(("coding", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
    def test_sends_the_file_of_the_accepted_coding(self, site, coding, unpack):
        answer = Answer(site, accept_encoding=coding)
        assert answer.headers["content-encoding"] == coding
        assert unpack(answer.body) == BODY
        file = site.shelf.folder(PATH) / ("index.html" + {"gzip": ".gz", "br": ".br"}[coding])
        assert answer.body == file.read_bytes()

    def test_each_coding_has_a_tag_of_its_own_made_as_nginx_makes_it(self, site):
        tags = {Answer(site, accept_encoding=coding).headers["etag"] for coding in ("", "gzip", "br")}
        assert len(tags) == 3
        found = (site.shelf.folder(PATH) / "index.html").stat()
        assert f'"{int(found.st_mtime):x}-{found.st_size:x}"' in tags

    def test_answers_304_to_who_has_the_page(self, site):
        first = Answer(site)
        for headers in (
            {"if_none_match": first.headers["etag"]},
            {"if_modified_since": first.headers["last-modified"]},
        ):
            second = Answer(site, **headers)
            assert (second.status, second.body) == (304, b"")
            assert second.headers["etag"] == first.headers["etag"]
            assert "content-length" not in second.headers

    def test_answers_head_without_a_body(self, site):
        answer = Answer(site, method="HEAD")
        assert (answer.status, answer.body) == (200, b"")
        assert answer.headers["content-length"] == str(len(BODY))

    def test_sends_the_whole_page_to_who_asks_for_a_part(self, site):
        answer = Answer(site, range="bytes=0-9")
        assert (answer.status, answer.body) == (200, BODY)

    def test_a_reprinted_page_is_seen_at_once(self, site):
        before = Answer(site, accept_encoding="gzip").headers["etag"]
        site.shelf.put(PATH, PrintedPage(200, "text/html", b"<p>Five metres.</p>"))
        after = Answer(site, accept_encoding="gzip", if_none_match=before)
        assert (after.status, gzip.decompress(after.body)) == (200, b"<p>Five metres.</p>")

    def test_a_withdrawn_page_is_gone_also_for_who_has_a_copy(self, site):
        first = Answer(site)
        site.shelf.put(PATH, GONE)
        for headers in ({}, {"if_none_match": first.headers["etag"]}, {"if_none_match": "*"}):
            answer = Answer(site, if_modified_since=first.headers["last-modified"], **headers)
            assert (answer.status, answer.body) == (410, GONE.body)

    @pytest.mark.parametrize("query", ["utm_source=feed", "fbclid=abc&gclid=1", "page=9"])
    def test_an_unknown_query_gets_the_same_page(self, site, query):
        assert Answer(site, query=query).body == BODY

    @pytest.mark.parametrize(
        "request_",
        [
            {"method": "POST"},
            {"method": "PURGE"},
            {"query": "p=12"},
            {"query": "amp=1"},
            {"cookie": "site_version=desktop"},
            {"host": "evil.example"},
            {"host": ""},
            {"path": "/admin/"},
            {"path": "/search/"},
            {"path": "//"},
            {"path": "/world"},
            {"path": "/../../etc/passwd"},
            {"path": "/world/\x00/"},
            {"path": "/world;a/"},
            {"path": "/admin/x.css"},
            {"path": "/" + "a" * 8000 + "/"},
            {"path": "/caf\xe9/"},  # latin-1: no UTF-8
            {"path": "/世界/"},  # not even bytes
        ],
    )
    def test_leaves_to_the_application_what_is_not_a_printed_page(self, site, request_):
        path = request_.pop("path", PATH)
        assert Answer(site, path, **request_).status == 299

    @pytest.mark.parametrize("path", [PATH, "/world/", "/gone/", "/moved/", "/nothing/"])
    def test_from_memory_answers_as_the_application_or_not_at_all(self, site, path):
        site.shelf.put("/gone/", GONE)
        site.shelf.put("/moved/", MOVED)
        etag = Answer(site, path).headers.get("etag", "none")
        requests = [
            {},
            *({"accept_encoding": coding} for coding in ("gzip", "br, gzip", "identity")),
            *({"if_none_match": tag} for tag in (etag, f"W/{etag}", '"another"', "*")),
            {"if_modified_since": "Wed, 21 Oct 2099 07:28:00 GMT"},
            *({"method": method} for method in ("HEAD", "POST", "PUT")),
            *({"query": query} for query in ("utm_source=a", "p=7", "s=sea")),
            *({"cookie": cookie} for cookie in ("site_version=mobile", "other=1")),
            *({"host": host} for host in ("localhost:8000", "elsewhere.example", "")),
        ]
        at_once = 0
        for request in requests:
            whole = Answer(site, path, **request)
            found = site.from_memory(environ_of(path, **request))
            if found is not None:
                status, headers, body = found
                assert (status, {name.lower(): value for name, value in headers}, body) == (
                    whole.status,
                    whole.headers,
                    whole.body,
                )
                at_once += 1
        assert at_once == (13 if path in (PATH, "/world/") else 0)

    @pytest.mark.parametrize("header", ["CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"])
    def test_what_is_sent_is_not_answered_from_memory(self, site, header):
        Answer(site)
        assert site.from_memory(environ_of(PATH))
        assert site.from_memory(environ_of(PATH) | {header: "5"}) is None

    def test_other_readers_cookies_change_nothing(self, site):
        assert Answer(site, cookie="sessionid=secret; csrftoken=x").body == BODY

    def test_what_a_proxy_says_of_the_host_changes_nothing(self, site):
        answer = Answer(site, x_forwarded_host="evil.example", x_forwarded_proto="gopher")
        assert (answer.status, answer.body) == (200, BODY)

    def test_a_plain_request_to_a_secure_site_is_sent_there_by_the_application(self, site, settings):
        settings.SECURE_SSL_REDIRECT = True
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        secure = PrintedPages(application, site.shelf)
        assert Answer(secure).status == 299
        assert Answer(secure, x_forwarded_proto="http").status == 299
        assert Answer(secure, x_forwarded_proto="https").status == 200

    def test_keeps_no_more_in_memory_than_it_may(self, tmp_path, settings):
        settings.PRESS = {**settings.PRESS, "MEMORY": 50_000}
        shelf = FolderShelf(tmp_path / "shelf")
        site = PrintedPages(application, shelf)
        for number in range(100):
            shelf.put(f"/{number}/", PrintedPage(200, "text/html", bytes([number]) * 1000))
        for _ in range(2):
            for number in range(100):
                assert Answer(site, f"/{number}/").body == bytes([number]) * 1000
        kept = sum(len(entry.body) for entry in site.entries._entries.values())
        assert 0 < kept <= 50_000

    def test_many_threads_read_while_pages_change_and_memory_is_short(self, tmp_path, settings):
        settings.PRESS = {**settings.PRESS, "MEMORY": 30_000}
        shelf, wrong = FolderShelf(tmp_path / "shelf"), []
        site = PrintedPages(application, shelf)
        for number in range(20):
            shelf.put(f"/{number}/", PrintedPage(200, "text/html", b"%03d" % number * 300))

        def read():
            for turn in range(200):
                number = turn % 20
                answer = Answer(site, f"/{number}/")
                if answer.status != 200 or answer.body[:3] not in (b"%03d" % number, b"new"):
                    wrong.append((number, answer.status))

        readers = [threading.Thread(target=read) for _ in range(8)]
        for reader in readers:
            reader.start()
        for number in range(20):
            shelf.put(f"/{number}/", PrintedPage(200, "text/html", b"new" * 300))
        for reader in readers:
            reader.join()
        assert wrong == []


class OnTheWayTest(PrintedNewsroom):
    """With the real application behind it."""

    def setUp(self):
        super().setUp()
        self.site = PrintedPages(WSGIHandler(), self.shelf)

    def test_a_page_that_is_not_printed_is_printed_on_the_way(self):
        self.shelf.remove("/world/")
        answer = Answer(self.site, "/world/", accept_encoding="gzip")
        self.assertEqual((answer.status, answer.headers["content-encoding"]), (200, "gzip"))
        self.assertEqual(self.shelf.read("/world/").body, gzip.decompress(answer.body))

    def test_a_head_prints_it_too(self):
        self.shelf.remove("/world/")
        answer = Answer(self.site, "/world/", method="HEAD")
        self.assertEqual((answer.status, answer.body), (200, b""))
        self.assertTrue(self.shelf.read("/world/"))

    def test_what_is_no_page_is_answered_and_never_stored(self):
        article = self.story(0)
        self.republish(article, slug="another")
        self.printed()
        before = set(self.shelf.walk())
        for path, status in [
            ("/no/such/", 404),
            ("/2026/13/", 404),
            (self.stories["Story 0"].get_absolute_url(), 301),
            ("/world/amp/", 301),
            ("/1999/01/", 404),
        ]:
            self.assertEqual(Answer(self.site, path).status, status, path)
            self.assertEqual(Answer(self.site, path, method="HEAD").body, b"", path)
        self.assertEqual(set(self.shelf.walk()), before)

    def test_what_is_no_page_is_compressed_for_those_who_take_it(self):
        plain, packed = (Answer(self.site, "/no/such/", accept_encoding=coding) for coding in ("", "br"))
        self.assertEqual((packed.status, packed.headers["content-encoding"]), (404, "br"))
        self.assertEqual(brotli.decompress(packed.body), plain.body)
        self.assertEqual(packed.headers["content-length"], str(len(packed.body)))

    def test_printed_and_dynamic_pages_carry_the_same_headers(self):
        article = self.story(0)
        withdraw(self.story(1), by=None)
        self.printed()
        own = {"etag", "last-modified", "content-length", "content-encoding", "cache-control"}
        for path in ("/", "/world/", "/tag/coast/", "/about/", article.get_absolute_url()):
            printed, dynamic = Answer(self.site, path), Answer(WSGIHandler(), path)
            same = [
                {name: value for name, value in answer.headers.items() if name not in own}
                for answer in (printed, dynamic)
            ]
            self.assertEqual(*same, path)
            self.assertEqual(printed.body, dynamic.body)
        gone = self.stories["Story 1"].get_absolute_url()
        self.assertEqual(Answer(self.site, gone).status, Answer(WSGIHandler(), gone).status)

    def test_a_reader_with_a_choice_gets_a_page_that_nobody_else_gets(self):
        answer = Answer(self.site, "/world/", cookie="site_version=desktop")
        self.assertIn("private", answer.headers["cache-control"])
        chosen = re.compile(rb'<html[^>]* data-site-version="desktop"')
        self.assertRegex(answer.body, chosen)
        self.assertNotRegex(Answer(self.site, "/world/").body, chosen)

    def test_a_disk_that_is_full_still_gives_the_reader_the_page(self):
        self.shelf.remove("/world/")
        self.shelf.new.rmdir()
        self.shelf.new.symlink_to("/dev/full")
        answer = Answer(self.site, "/world/")
        self.assertEqual(answer.status, 200)
        self.assertIn(b"World", answer.body)
        self.assertIsNone(self.shelf.read("/world/"))

    def test_a_database_that_does_not_answer_is_left_alone_by_readers_for_a_while(self):
        self.shelf.remove("/world/"), self.shelf.remove("/culture/")

        site = PrintedPages(WSGIHandler(), self.shelf)
        with (
            mock.patch.object(site.printer, "render", side_effect=DatabaseAway("no answer")) as asked,
            self.assertLogs("articles.press", "ERROR"),
            self.assertNumQueries(0),
        ):
            first, second = Answer(site, "/world/"), Answer(site, "/culture/")
        self.assertEqual(asked.call_count, 1)
        for answer in (first, second):
            self.assertEqual((answer.status, answer.headers["retry-after"]), (503, "30"))
            self.assertIn(b"Back in a moment", answer.body)
            self.assertIn("content-security-policy", answer.headers)
            self.assertEqual(answer.headers["cache-control"], "no-store")
        self.assertEqual(Answer(site, "/tag/coast/").status, 200)
        site.printer._outage._until = time.monotonic()
        with mock.patch("articles.press.render.printer.database_answers", return_value=True):
            self.assertEqual([Answer(site, path).status for path in ("/culture/", "/world/")], [200, 200])

    def test_while_one_tries_whether_it_is_back_the_others_do_not_wait(self):
        for path in ("/world/", "/culture/"):
            self.shelf.remove(path)
        site, answers = PrintedPages(WSGIHandler(), self.shelf), []

        def no_answer():
            # The one who tries; another reader comes meanwhile, one of them for the very same page.
            answers.extend(Answer(site, path).status for path in ("/culture/", "/world/"))
            return False

        with (
            mock.patch.object(site.printer, "render", side_effect=DatabaseAway("no answer")) as render,
            mock.patch("articles.press.render.printer.database_answers", no_answer),
            self.assertLogs("articles.press", "ERROR"),
        ):
            Answer(site, "/world/")
            site.printer._outage._until = time.monotonic()
            self.assertEqual(Answer(site, "/world/").status, 503)
        self.assertEqual((answers, render.call_count), ([503, 503], 1))

    def test_a_page_that_needs_no_database_does_not_make_it_well(self):
        self.shelf.remove("/world/")
        site = PrintedPages(WSGIHandler(), self.shelf)
        with (
            mock.patch.object(site.printer, "render", side_effect=DatabaseAway("no answer")),
            self.assertLogs("articles.press", "ERROR"),
        ):
            Answer(site, "/world/")
        site.printer._outage._until = time.monotonic()
        with (
            mock.patch("articles.press.render.printer.database_answers", return_value=False),
            self.assertLogs("articles.press", "ERROR"),
        ):
            for path in ("/no/such/page/", "/world/"):
                self.assertEqual(Answer(site, path).status, 503)

    def test_a_page_in_another_script_has_one_address(self):
        article = self.publish(slug="سد-البحر", at=datetime.datetime(2026, 6, 9, 9, 0, tzinfo=datetime.UTC))
        path = f"/{article.address_date:%Y/%m/%d}/سد-البحر/"
        self.printed()
        answer = Answer(self.site, path.encode().decode("latin-1"))
        self.assertEqual((answer.status, self.shelf.read(path).body), (200, answer.body))

    def test_pictures_of_a_page_printed_on_the_way_are_asked_of_the_press(self):
        image = factories.image(width=400, height=300)
        self.publish(lead_image=image)
        self.shelf.remove("/")
        self.assertIn(b"<picture>", Answer(self.site, "/").body)
        self.assertEqual(len(list((self.shelf.root / "wanted").iterdir())), 1)
