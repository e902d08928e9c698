import socket
import time

import pytest

from tests.servers import ask

from .healing import LISTS, Edition, assert_healed, printing

HELD = 200


@pytest.fixture
def down(site):
    """Application, press and database are stopped; what is left is nginx and its files."""
    edition = Edition(site, "all down")
    with printing(site):
        for _ in range(5):
            edition.publish()
        site.wait_for_press(site.editors)
        site.moved = edition.stories[0].address
        edition.stories[0].address = site.editors.do(
            "move", number=edition.stories[0].number, slug="moved-on"
        )["address"]
        site.wait_for_press(site.editors)
    public = site.editors.do("public")
    printed = [path for path in site.editors.do("addresses") if path in public or path in LISTS]
    site.application.kill()
    site.postgres.kill()
    yield printed
    site.postgres.start()
    site.application.start()
    assert_healed(site, edition)


class TestAllIsDown:
    def test_nginx_answers_all_that_was_published(self, site, down):
        answers = {path: ask(site.port, path, accept_encoding="gzip, br") for path in down}
        assert len(answers) >= 9
        assert [path for path, answer in answers.items() if answer.status != 200] == []
        assert [path for path, answer in answers.items() if not answer.is_whole] == []
        chosen = {path: ask(site.port, path, cookie="site_version=desktop") for path in down}
        assert [path for path, answer in chosen.items() if answer.status != 200 or not answer.is_whole] == []

    def test_what_has_moved_leads_to_where_it_is(self, site, down):
        for cookie in ("", "site_version=desktop"):
            answer = ask(site.port, site.moved, cookie=cookie)
            assert answer.status == 200
            assert b'content="0; url=/2026/' in answer.body
            assert b"/moved-on" in answer.body
        # As it is asked for and not as it was: another query is still the same page.
        assert b"/moved-on" in ask(site.port, f"{site.moved}?utm_source=mail").body


class TestReadersWhoHoldTheirConnection:
    def test_keep_nobody_waiting_without_nginx_either(self, site):
        """Heads that never end, and pages that are asked for and never taken."""
        edition = Edition(site, "held connections")
        story = edition.publish()
        with printing(site):
            site.wait_for_press(site.editors)
        held = [hold(site.application.port, story.address, number % 2) for number in range(HELD)]
        try:
            started = time.monotonic()
            for path in (*LISTS, story.address) * 5:
                answer = ask(site.application.port, path, timeout=10)
                assert answer.status == 200
                assert answer.is_whole
            assert time.monotonic() - started < 10
        finally:
            for connection in held:
                connection.close()
        assert_healed(site, edition)


def hold(port, path, is_asked):
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    connection.connect(("127.0.0.1", port))
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n"
    connection.sendall(((head + "\r\n") * 20 if is_asked else head).encode())
    return connection
