"""What readers get when there is nobody behind nginx."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from selectolax.lexbor import LexborHTMLParser

from articles.http.content_policy import OF_PAGES
from tests.articles.own_policy import own_policy
from tests.servers import ask
from tests.servers.asking import read_answer

SLOW_FORM = (
    b"POST /site-version/ HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nversion="
)


@pytest.fixture(scope="module")
def alone(house):
    """nginx without the application, and so without press and database."""
    house.site.application.kill()
    yield house
    house.site.application.start()


class TestOtherHosts:
    def test_get_no_answer(self, house):
        for host in ("canary.example", "localhost.canary.example", "canary.example:80"):
            assert ask(house.site.port, "/", host=host).status == 0

    def test_ours_is_answered_under_each_of_its_names(self, house):
        for host in (f"localhost:{house.site.port}", "LOCALHOST", "127.0.0.1"):
            assert ask(house.site.port, "/", host=host).status == 200


class TestAReaderWhoHoldsAForm:
    def test_keeps_no_thread_of_the_application_and_is_let_go(self, house):
        """Two hundred of them. Fifteen seconds between two pieces of a form are plenty."""
        held = [holding(house, SLOW_FORM) for _ in range(200)]
        begun = time.monotonic()
        try:
            for _ in range(3):
                answer = house.ask("/site-version/", method="POST", body=b"version=mobile", timeout=5)
                assert answer.status == 303
                assert house.ask("/search/?q=sea", timeout=5).status == 200
            held[0].settimeout(60)
            assert read_answer(held[0]).status == 0
            assert time.monotonic() - begun > 5
        finally:
            for connection in held:
                connection.close()


class TestTheApplicationIsAway:
    @pytest.mark.parametrize("accepted", ["", "gzip", "br"])
    def test_all_that_was_printed_is_read_as_ever(self, alone, accepted):
        paths = list(alone.addresses())
        assert len(paths) >= 9
        for path in paths:
            answer = alone.ask(path, accept_encoding=accepted)
            assert answer.status == 200, path
            assert answer.is_whole, path

    def test_a_withdrawn_story_stays_away(self, alone):
        answer = alone.ask(alone.withdrawn, if_none_match="*")
        assert answer.status == 410
        assert b"as it never was" not in answer.body

    def test_what_was_never_printed_is_asked_for_later(self, alone):
        for path in (
            "/world/2001/01/",
            "/search/?q=sea",
            "/admin/",
            "/?p=12",
            "/media/renditions/1/x/1x1.jpg",
        ):
            answer = alone.ask(path)
            assert answer.status == 503, path
            assert answer.is_whole
            assert b"Back in a moment" in answer.body
            assert answer.headers["cache-control"] == "no-store"
            assert int(answer.headers["retry-after"]) > 0
            assert answer.headers["content-security-policy"] == OF_PAGES
            own_policy(LexborHTMLParser(answer.body.decode()))

    def test_a_form_that_is_sent_is_told_so_too(self, alone):
        answer = alone.ask("/site-version/", method="POST", body=b"site_version=desktop&next=/")
        assert answer.status == 503
        assert b"Back in a moment" in answer.body

    def test_a_reader_with_a_choice_gets_the_printed_page(self, alone):
        for path in ("/", alone.story):
            answer = alone.ask(path, cookie="site_version=desktop", accept_encoding="gzip")
            assert answer.status == 200
            assert answer.body == alone.ask(path).body
            # Its script reads the cookie and applies the choice.
            assert b"site_version" in answer.body

    def test_a_reader_with_a_choice_gets_no_withdrawn_story(self, alone):
        assert alone.ask(alone.withdrawn, cookie="site_version=desktop").status == 410

    def test_a_reader_with_a_choice_is_told_to_wait_for_what_was_never_printed(self, alone):
        assert alone.ask("/world/2001/01/", cookie="site_version=desktop").status == 503

    def test_pictures_and_styles_come_as_ever(self, alone):
        page = alone.ask(alone.story).body.decode()
        assert alone.ask("/static/icons/icon.svg").status == 200
        start = page.index("/media/renditions/")
        assert alone.ask(page[start:].split()[0].split('"')[0].rstrip(",")).status == 200


def in_its_place(alone, server):
    """The application's own children may hold its port for a moment after it was killed."""
    deadline = time.monotonic() + 10
    while True:
        try:
            return server(("127.0.0.1", alone.site.application.port))
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


class TestTheApplicationHangs:
    def test_a_reader_with_a_choice_gets_the_printed_page_after_a_while(self, alone):
        """Somebody listens where the application was, and never says a word."""
        with in_its_place(alone, socket.create_server):
            answer = alone.ask(alone.story, cookie="site_version=desktop", timeout=15)
        assert answer.status == 200
        assert answer.is_whole


class Busy(BaseHTTPRequestHandler):
    """An application that has no time for anything."""

    def do_GET(self):
        self.send_response(503)
        self.send_header("Retry-After", "7")
        self.send_header("Content-Length", "14")
        self.end_headers()
        self.wfile.write(b"Busy just now.")

    def log_message(self, *words):
        pass


class TestTheApplicationIsBusy:
    @pytest.fixture
    def busy(self, alone):
        with in_its_place(alone, lambda place: ThreadingHTTPServer(place, Busy)) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            yield alone
            server.shutdown()
            thread.join()

    @pytest.mark.parametrize("cookie", ["", "site_version=desktop"])
    def test_what_it_says_of_a_search_is_for_every_reader(self, busy, cookie):
        for path in ("/search/?q=sea", "/search/suggestions/?q=sea"):
            answer = busy.ask(path, cookie=cookie)
            assert (answer.status, answer.body) == (503, b"Busy just now.")
            assert answer.headers["retry-after"] == "7"

    def test_a_reader_with_a_choice_gets_the_printed_page(self, busy):
        assert busy.ask(busy.story, cookie="site_version=desktop").status == 200


class TestAReaderWhoHoldsAConnection:
    def test_does_not_keep_others_waiting(self, alone):
        held = [slow_reader(alone) for _ in range(300)]
        try:
            for path in list(alone.addresses()) * 3:
                assert alone.ask(path, timeout=5).status == 200
        finally:
            for connection in held:
                connection.close()

    def test_is_let_go(self, alone):
        """Ten seconds for the head of a request are plenty."""
        connection = slow_reader(alone)
        connection.settimeout(20)
        started = time.monotonic()
        assert read_answer(connection).status == 0
        assert 5 < time.monotonic() - started < 20


def slow_reader(house):
    return holding(house, f"GET {house.story} HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".encode())


def holding(house, sent):
    """A connection on which no more comes."""
    connection = socket.create_connection(("127.0.0.1", house.site.port))
    connection.sendall(sent)
    return connection
