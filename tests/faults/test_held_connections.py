"""Clients that hold their connections open, against granian with two workers and no nginx: readers are answered beside."""

import contextlib
import os
import selectors
import shutil
import socket
import time

import pytest

from tests.servers import Application, Desk, ask

MANY = 200
WORKERS, THREADS = 2, 8
READERS_SLOTS, DESKS_SLOTS = WORKERS * THREADS // 4, WORKERS * THREADS // 2
MORE_THAN_THREADS = WORKERS * THREADS + 8
PATIENCE = 30  # seconds for what comes at once on an idle machine
PICTURE, STYLE_SHEET = 600_000, 6_000_000  # bytes; the second is more than a kernel keeps for a slow reader
COOKIE = f"Cookie: csrftoken={'a' * 32}\r\n"
FORM = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n"


class Attacked(Application):
    """`pages`, `picture` and `style_sheet` are addresses."""

    def head(self, line, more=""):
        return f"{line} HTTP/1.1\r\nHost: localhost:{self.port}\r\n{more}\r\n".encode()

    def send(self, path, body):
        form = "application/x-www-form-urlencoded"
        return ask(self.port, path, method="POST", body=body, content_type=form, timeout=PATIENCE).status

    def wait_until_free(self):
        """The server has noticed that connections were closed: more forms than there are slots get through."""
        deadline = time.monotonic() + PATIENCE
        for path in ("/site-version/", "/admin/login/"):
            while 503 in [self.send(path, b"version=mobile") for _ in range(MORE_THAN_THREADS)]:
                assert time.monotonic() < deadline, "Slots are not given back."

    def assert_serves_readers(self):
        paths = [*self.pages, self.picture, "/health/live"]
        assert {path: ask(self.port, path, timeout=PATIENCE).status for path in paths} == dict.fromkeys(
            paths, 200
        )


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory):
    site = Attacked(tmp_path_factory.mktemp("attacked"), workers=WORKERS, THREADS=THREADS)
    static = site.var / "static"
    static.mkdir(parents=True)
    for entry in (prepared.var / "static").iterdir():
        (static / entry.name).symlink_to(entry)
    (static / "large.css").write_bytes(os.urandom(STYLE_SHEET))
    shutil.copy(prepared.var / "newsroom.sqlite3", site.var)
    site.picture, site.style_sheet = f"/media/renditions/1/{'0' * 20}/1600x900.jpg", "/static/large.css"
    picture = site.var / site.picture.lstrip("/")
    picture.parent.mkdir(parents=True)
    picture.write_bytes(os.urandom(PICTURE))
    with site:
        desk = Desk(site)
        site.pages = ["/", "/world/", desk.do("publish", words="read beside")["address"]]
        # Whoever asks first has each of them printed.
        site.assert_serves_readers()
        yield site
        desk.close()


@contextlib.contextmanager
def held(site, request, *, number=MANY, window=None):
    """That many connections that have sent these bytes and go on waiting."""
    with contextlib.ExitStack() as open_ones:
        connections = []
        for _ in range(number):
            connection = open_ones.enter_context(socket.socket())
            if window:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
            connection.connect(("127.0.0.1", site.port))
            connection.sendall(request)
            connections.append(connection)
        yield connections


def heard(connections, *, number):
    """What the server said to as many of them as are expected to hear from it, and to no more."""
    said, waiting = [], selectors.DefaultSelector()
    for connection in connections:
        waiting.register(connection, selectors.EVENT_READ)
    deadline = time.monotonic() + PATIENCE
    while len(said) < number and time.monotonic() < deadline:
        for key, _ in waiting.select(timeout=1):
            waiting.unregister(key.fileobj)
            said.append(key.fileobj.recv(65536).decode())
    # Whoever is held hears nothing, however long: a moment shows those that are answered after all.
    if number < len(connections):
        said += [key.fileobj.recv(65536).decode() for key, _ in waiting.select(timeout=0.5)]
    waiting.close()
    return said


def statuses(answers):
    return {int(answer.split()[1]) for answer in answers}


class TestHeldConnections:
    def test_slow_heads(self, site):
        with held(site, b"GET / HTTP/1.1\r\nHost: local"):
            site.assert_serves_readers()

    def test_silent_ones(self, site):
        with held(site, b""):
            site.assert_serves_readers()


class TestHeldBodies:
    def assert_held(self, site, request, *, slots, others, number=MANY):
        """Only so many of them hold a thread, and the others are answered at once."""
        site.wait_until_free()
        with held(site, request, number=number) as connections:
            answers = heard(connections, number=number - slots)
            assert len(answers) == number - slots
            assert statuses(answers) == {others}
            site.assert_serves_readers()
        return answers

    def test_of_readers_take_a_quarter_of_the_threads(self, site):
        request = site.head("POST /site-version/", FORM) + b"version="
        for answer in self.assert_held(site, request, slots=READERS_SLOTS, others=503):
            assert "retry-after: 2" in answer.lower()
            assert "send it again" in answer

    def test_of_the_desk_take_slots_of_their_own(self, site):
        request = site.head("POST /admin/login/", COOKIE + FORM) + b"username="
        self.assert_held(site, request, slots=DESKS_SLOTS, others=503)
        site.wait_until_free()
        with held(site, site.head("POST /site-version/", FORM) + b"version=") as connections:
            heard(connections, number=MANY - READERS_SLOTS)
            assert site.send("/admin/login/", b"username=ana") == 403
            site.assert_serves_readers()

    def test_give_their_slots_back(self, site):
        with held(site, site.head("POST /site-version/", FORM) + b"version="):
            site.assert_serves_readers()
        site.wait_until_free()
        assert site.send("/site-version/", b"version=mobile") == 303

    def test_that_wait_to_be_asked_for_are_asked_of_as_many_as_have_slots(self, site):
        site.wait_until_free()
        request = site.head("POST /site-version/", FORM + "Expect: 100-continue\r\n")
        with held(site, request) as connections:
            answers = heard(connections, number=MANY)
            assert sum(answer.startswith("HTTP/1.1 100 ") for answer in answers) == READERS_SLOTS
            assert statuses(answers) == {100, 503}
            site.assert_serves_readers()

    def test_at_other_public_addresses_are_not_read(self, site):
        """With a cookie of a token's shape Django would look for the token in the body."""
        for path, status in (
            ("/", 403),
            (site.pages[-1], 403),
            ("/no/such/page.html", 404),
            (site.picture, 403),
        ):
            request = site.head(f"POST {path}", COOKIE + FORM) + b"version="
            self.assert_held(site, request, slots=0, others=status, number=MORE_THAN_THREADS)

    @pytest.mark.parametrize("path", ["/", "/site-version/", "/admin/login/"])
    def test_of_other_methods_are_not_read(self, site, path):
        for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
            number = MANY if method == "PUT" else MORE_THAN_THREADS
            request = site.head(f"{method} {path}", COOKIE + FORM) + b"version="
            with held(site, request, number=number) as connections:
                assert len(heard(connections, number=number)) == number
                site.assert_serves_readers()

    @pytest.mark.parametrize("method", ["POST", "GET", "PUT"])
    @pytest.mark.parametrize("path", ["/", "/site-version/", "/admin/login/"])
    def test_of_unknown_length_are_refused_unread(self, site, method, path):
        request = site.head(f"{method} {path}", COOKIE + "Transfer-Encoding: chunked\r\n") + b"5\r\nversi"
        number = MANY if method == "POST" else MORE_THAN_THREADS
        self.assert_held(site, request, slots=0, others=411, number=number)

    def test_that_are_too_large_are_refused_unread(self, site):
        for path, length in (("/site-version/", 70_000), ("/", 70_000), ("/admin/login/", 300_000_000)):
            request = site.head(f"POST {path}", f"{COOKIE}Content-Length: {length}\r\n") + b"version="
            self.assert_held(site, request, slots=0, others=413, number=MORE_THAN_THREADS)


class TestSlowReaders:
    def test_of_a_picture(self, site):
        with held(site, site.head(f"GET {site.picture}"), window=2048):
            site.assert_serves_readers()

    def test_of_a_page(self, site):
        # Asked for again and again: more than the kernel keeps for them.
        with held(site, site.head(f"GET {site.pages[-1]}") * 20, window=2048):
            site.assert_serves_readers()

    def test_of_a_large_file(self, site):
        with held(site, site.head(f"GET {site.style_sheet}"), number=MORE_THAN_THREADS, window=2048):
            site.assert_serves_readers()
