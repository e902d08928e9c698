import http.server
import json
import socket
import threading
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest

from articles.conf import PurgeSettings
from articles.press.purge.stores import CdnPurger, HttpPurger, PurgeFailed, Purges, Purging, absolute, purgers
from articles.press.shelf.files import FolderShelf
from articles.press.shelf.notes import FolderNotes
from tests.servers import Missing
from tests.servers.fixtures import skip_or_fail
from tests.servers.varnish import Varnish
from tests.waiting import wait_until

STORY = "http://localhost:8000/2026/11/22/sea-wall/"


class Store(http.server.ThreadingHTTPServer):
    """A real small server that keeps what it was asked, and answers with `status`."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked, self.status, self.page, self.location = [], 200, "one", ""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Asked(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        said = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.command, self.path, self.headers, said))
        body = self.server.page.encode()
        self.send_response(self.server.status)
        self.send_header("Cache-Control", "public, max-age=0, must-revalidate")
        self.send_header("Content-Length", str(len(body)))
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PURGE = answer

    def log_message(self, *_):
        pass


@pytest.fixture
def store():
    server = Store()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class TestHttpPurger:
    def test_asks_the_store_for_each_address_with_the_sites_host(self, store):
        HttpPurger(store.url).purge([STORY, "http://localhost:8000/tag/k%C3%BCste/"])
        assert [(asked[0], asked[1], asked[2]["Host"]) for asked in store.asked] == [
            ("PURGE", "/2026/11/22/sea-wall/", "localhost:8000"),
            ("PURGE", "/tag/k%C3%BCste/", "localhost:8000"),
        ]

    def test_a_store_that_has_no_such_page_is_content(self, store):
        store.status = 404
        HttpPurger(store.url).purge([STORY])

    @pytest.mark.parametrize("status", [403, 405, 500])
    def test_says_so_when_a_store_refuses(self, store, status):
        store.status = status
        with pytest.raises(PurgeFailed, match=str(status)):
            HttpPurger(store.url).purge([STORY])

    def test_says_so_when_a_store_is_away(self):
        with pytest.raises(PurgeFailed, match="does not answer"):
            HttpPurger("http://127.0.0.1:9").purge([STORY])

    def test_says_so_when_its_name_is_not_known(self):
        """No name server answers, or none knows it."""
        with pytest.raises(PurgeFailed, match="does not answer"):
            HttpPurger("http://cache.invalid").purge([STORY])
        with pytest.raises(PurgeFailed):
            CdnPurger("https://cdn.invalid/purge", "token").purge([STORY])


class TestCdnPurger:
    def test_posts_thirty_addresses_at_a_time_with_its_token(self, store):
        CdnPurger(f"{store.url}/purge", "secret").purge([f"{STORY}{number}/" for number in range(70)])
        assert [len(json.loads(asked[3])["files"]) for asked in store.asked] == [30, 30, 10]
        command, path, headers, said = store.asked[0]
        assert (command, path) == ("POST", "/purge")
        assert headers["Authorization"] == "Bearer secret"
        assert json.loads(said)["files"][0] == f"{STORY}0/"

    @pytest.mark.parametrize("status", [401, 429, 503])
    def test_says_so_when_the_cdn_refuses_and_keeps_the_token_to_itself(self, store, status):
        store.status = status
        with pytest.raises(PurgeFailed) as refusal:
            CdnPurger(store.url, "secret").purge([STORY])
        assert str(status) in str(refusal.value)
        assert "secret" not in str(refusal.value)

    def test_takes_its_token_nowhere_else(self, store):
        store.status, store.location = 302, f"{store.url}/elsewhere"
        with pytest.raises(PurgeFailed, match="302"):
            CdnPurger(store.url, "secret").purge([STORY])
        assert [asked[0] for asked in store.asked] == ["POST"]


class TestPurgers:
    def test_are_those_that_the_settings_name(self):
        assert purgers(PurgeSettings()) == []
        both = purgers(PurgeSettings(("http://127.0.0.1:6081",), "https://cdn.example/purge", "secret"))
        assert [type(each) for each in both] == [HttpPurger, CdnPurger]

    def test_are_one_for_each_address_however_often_it_is_named(self):
        first, second = "http://127.0.0.1:6081", "http://10.0.0.7:6081"
        found = purgers(PurgeSettings((first, second, first)))
        assert [each.address for each in found] == [first, second]

    def test_of_pictures_are_told_of_them_under_their_host_and_of_no_page(self, store, tmp_path):
        pictures = "https://pictures.example.org"
        of_both = purgers(
            PurgeSettings((store.url,)),
            PurgeSettings((store.url,), f"{store.url}/purge", "secret", pictures_host=pictures),
        )
        purges = Purges(FolderShelf(tmp_path), of_both)
        purges.note(["/world/"])
        purges.note_pictures(["/media/küste.avif"])
        purges.work_off()
        purged = [(asked[2]["Host"], asked[1]) for asked in store.asked if asked[0] == "PURGE"]
        picture = "/media/k%C3%BCste.avif"
        assert purged == [
            *(("localhost:8000", path) for path in ("/world/", picture)),
            ("pictures.example.org", picture),
        ]
        posted = [json.loads(asked[3]) for asked in store.asked if asked[0] == "POST"]
        assert posted == [{"files": [pictures + picture]}]


class TestPurging:
    def test_what_a_store_did_not_take_is_offered_again(self, store, tmp_path):
        purges = Purges(FolderShelf(tmp_path), [HttpPurger(store.url)])
        store.status = 500
        purges.note(["/world/", "/"])
        with pytest.raises(PurgeFailed):
            purges.work_off()
        store.status = 200
        store.asked.clear()
        purges.work_off()
        assert [asked[1] for asked in store.asked] == ["/world/", "/"]
        store.asked.clear()
        purges.work_off()
        assert store.asked == []

    def test_goes_on_by_itself_when_the_store_is_back(self, store, tmp_path):
        queue, stop = FolderNotes(tmp_path), threading.Event()
        store.status = 503
        purging = Purging(queue, HttpPurger(store.url), stop)
        queue.add("/world/")
        thread = threading.Thread(target=purging.run)
        thread.start()
        wait_until(lambda: store.asked)
        store.status = 200
        wait_until(lambda: not queue.oldest(1))
        stop.set()
        thread.join(5)
        assert not thread.is_alive()

    def test_a_store_that_is_away_holds_up_no_other(self, store, tmp_path):
        purges = Purges(
            FolderShelf(tmp_path), [HttpPurger("http://127.0.0.1:9"), CdnPurger(store.url, "secret")]
        )
        stop = threading.Event()
        purges.open(stop)
        purges.note(["/world/"])
        wait_until(lambda: store.asked)
        stop.set()
        assert json.loads(store.asked[0][3]) == {"files": ["http://localhost:8000/world/"]}


def waiting(purges):
    """What waits for each store, by its address."""
    return {store.address: [path for _, path in queue.oldest(10)] for queue, store in purges.stores}


class TestPurges:
    """The queues of several stores in front of one shelf."""

    AWAY = "http://127.0.0.1:9"

    def test_one_that_is_away_keeps_no_other_from_being_told(self, store, tmp_path):
        purges = Purges(FolderShelf(tmp_path), [HttpPurger(self.AWAY), HttpPurger(store.url)])
        purges.note(["/world/", "/"])
        with pytest.raises(PurgeFailed, match="127.0.0.1:9 does not answer"):
            purges.work_off()
        assert [asked[1] for asked in store.asked] == ["/world/", "/"]
        assert waiting(purges) == {self.AWAY: ["/world/", "/"], store.url: []}

    def test_all_that_failed_are_named(self, store, tmp_path):
        store.status = 403
        purges = Purges(FolderShelf(tmp_path), [HttpPurger(self.AWAY), HttpPurger(store.url)])
        purges.note(["/"])
        with pytest.raises(PurgeFailed, match="127.0.0.1:9 does not answer.*; .*answered 403"):
            purges.work_off()

    def test_one_that_takes_the_connection_and_says_nothing_delays_no_other(self, store, tmp_path):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            silent_store = HttpPurger(f"http://127.0.0.1:{silent.getsockname()[1]}")
            purges, stop = (
                Purges(FolderShelf(tmp_path), [silent_store, HttpPurger(store.url)]),
                threading.Event(),
            )
            purges.note(["/world/"])
            purges.open(stop)
            wait_until(lambda: waiting(purges)[store.url] == [])
            stop.set()
        assert waiting(purges)[silent_store.address] == ["/world/"]

    def test_what_waited_in_the_release_before_is_taken_over_by_each_store(self, tmp_path):
        shelf, paths = FolderShelf(tmp_path), ["/world/", "/" + "长" * 70 + "/", "/"]
        for path in paths:
            shelf.notes("purges/HttpPurger").add(path)
        shelf.notes("purges/CdnPurger").add("/tag/coast/")
        stores = [
            HttpPurger("http://one:1"),
            HttpPurger("http://two:1"),
            CdnPurger("https://cdn/x", "secret"),
        ]
        purges = Purges(shelf, stores)
        purges.tidy_up()
        assert list(waiting(purges).values()) == [paths, paths, ["/tag/coast/"]]
        assert {folder.name for folder in (tmp_path / "purges").iterdir()} == {
            queue.folder.name for queue, _ in purges.stores
        }

    def test_what_waits_for_a_store_that_is_no_longer_named_is_dropped(self, tmp_path, store):
        shelf = FolderShelf(tmp_path)
        Purges(shelf, [HttpPurger(self.AWAY), HttpPurger(store.url)]).note(["/world/"])
        fewer = Purges(shelf, [HttpPurger(store.url)])
        fewer.open(stop := threading.Event())
        wait_until(lambda: store.asked)
        stop.set()
        again = Purges(shelf, [HttpPurger(self.AWAY), HttpPurger(store.url)])
        assert waiting(again)[self.AWAY] == []

    def test_a_new_token_leaves_the_store_the_same(self, tmp_path, store):
        Purges(FolderShelf(tmp_path), [CdnPurger(store.url, "old")]).note(["/world/"])
        Purges(FolderShelf(tmp_path), [CdnPurger(store.url, "new")]).work_off()
        assert store.asked[0][2]["Authorization"] == "Bearer new"


@pytest.fixture
def varnish(store, tmp_path):
    try:
        server = Varnish(tmp_path / "varnish", store.server_port)
    except Missing as missing:
        skip_or_fail(missing)
    with server:
        yield server


class TestVarnish:
    def get(self, varnish, path="/2026/11/22/sea-wall/", **headers):
        request = urllib.request.Request(varnish.url + path, headers={"Host": "localhost:8000", **headers})
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.read().decode()

    def test_keeps_a_page_until_it_is_purged_by_its_address(self, store, varnish):
        assert self.get(varnish) == self.get(varnish, "/world/") == "one"
        store.page = "two"
        assert self.get(varnish) == "one"
        HttpPurger(varnish.url).purge([STORY])
        assert self.get(varnish) == "two"
        assert self.get(varnish, "/world/") == "one"

    def test_one_purge_reaches_the_page_whatever_query_it_was_asked_with(self, store, varnish):
        assert self.get(varnish, "/world/?utm_source=feed") == "one"
        store.page = "two"
        assert self.get(varnish, "/world/?fbclid=7") == "one"
        HttpPurger(varnish.url).purge(["http://localhost:8000/world/"])
        assert self.get(varnish, "/world/?utm_source=feed") == "two"

    def test_keeps_nothing_under_a_name_that_no_purge_says(self, store, varnish):
        spellings = ["w%61ll", "sea%2Dwall", "sea%2dwall", "%E9%95%b7", "%e3%81%82", "%7Esea", "sea+wall"]
        names = [(f"/{word}/", "localhost:8000") for word in spellings]
        names += [("/sea-wall/", host) for host in ("localhost.:8000", "localhost.", "www.localhost:8000")]
        for path, host in names:
            self.get(varnish, path, Host=host)
        store.page = "two"
        assert [name for name in names if self.get(varnish, name[0], Host=name[1]) != "two"] == []

    def test_keeps_and_purges_a_page_as_the_press_spells_it(self, store, varnish):
        urls = [absolute(path) for path in ("/tag/küste/", "/tag/長い~1_a.b/", "/author/o'hara (jr)/")]
        paths = [urlsplit(url).path for url in urls]
        assert {self.get(varnish, path) for path in paths} == {"one"}
        store.page = "two"
        assert {self.get(varnish, path) for path in paths} == {"one"}
        HttpPurger(varnish.url).purge(urls)
        assert {self.get(varnish, path) for path in paths} == {"two"}

    def test_keeps_nothing_of_the_api(self, store, varnish):
        """Its lists go by their queries, and no purge says which of them have changed."""
        paths = ("/api/v1/articles", "/api/v1/articles?section=world", "/api/v1/tags/coast")
        assert {self.get(varnish, path) for path in paths} == {"one"}
        store.page = "two"
        assert {self.get(varnish, path) for path in paths} == {"two"}

    def test_takes_a_host_in_capitals_for_the_same(self, store, varnish):
        self.get(varnish)
        store.page = "two"
        assert self.get(varnish, Host="LocalHost:8000") == "one"
        HttpPurger(varnish.url).purge([STORY.replace("localhost", "LOCALHOST")])
        assert self.get(varnish) == "two"

    def test_is_purged_while_another_one_is_down_which_is_told_when_it_is_back(
        self, store, varnish, tmp_path
    ):
        with Varnish(tmp_path / "other", store.server_port) as other:
            assert self.get(varnish) == self.get(other) == "one"
            store.page, stop = "two", threading.Event()
            purges = Purges(FolderShelf(tmp_path / "shelf"), [HttpPurger(other.url), HttpPurger(varnish.url)])
            other.stop()
            purges.open(stop)
            purges.note([urlsplit(STORY).path])
            wait_until(lambda: waiting(purges)[varnish.url] == [])
            assert self.get(varnish) == "two"
            assert waiting(purges)[other.url] == [urlsplit(STORY).path]
            other.start()
            wait_until(lambda: waiting(purges)[other.url] == [])
            stop.set()
            assert self.get(other) == "two"

    def test_a_reader_with_a_choice_is_answered_by_the_site(self, store, varnish):
        assert self.get(varnish) == "one"
        store.page = "two"
        assert self.get(varnish, Cookie="site_version=desktop") == "two"
        assert self.get(varnish, "/?p=12") == "two"
