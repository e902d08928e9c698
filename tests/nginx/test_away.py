"""What readers get when there is nobody behind nginx."""

import socket
import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from articles.content_policy import OF_PAGES
from tests.articles.own_policy import own_policy
from tests.servers import ask
from tests.servers.asking import read_answer


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


class TestTheApplicationHangs:
    def test_a_reader_with_a_choice_gets_the_printed_page_after_a_while(self, alone):
        """Somebody listens where the application was, and never says a word."""
        with socket.create_server(("127.0.0.1", alone.site.application.port)):
            answer = alone.ask(alone.story, cookie="site_version=desktop", timeout=15)
        assert answer.status == 200
        assert answer.is_whole


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
    connection = socket.create_connection(("127.0.0.1", house.site.port))
    connection.sendall(f"GET {house.story} HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".encode())
    return connection
