"""The server with a site that is in memory in part: its threads, over the wire."""

import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.servers import ServerProcess, ask

THREADS = 4
IDLE = 5  # seconds after which granian ends a thread; it takes no fewer
LONG = 3  # seconds


class Server(ServerProcess):
    def command(self):
        options = ["--interface=wsgi", "--workers=1", "--http=1", "--no-ws", f"--port={self.port}"]
        options += [f"--blocking-threads={THREADS}", f"--blocking-threads-idle-timeout={IDLE}"]
        site = "tests.articles.press.serve.fast_and_slow:application"
        return [sys.executable, "-m", "articles.press.serve.server", *options, site]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("server")) as server:
        yield server


def ask_all(server, paths):
    with ThreadPoolExecutor(len(paths)) as pool:
        return [answer.raw for answer in pool.map(lambda path: ask(server.port, path), paths)]


class TestServer:
    def test_answers_from_memory_while_all_threads_but_one_are_busy(self, server):
        busy = [threading.Thread(target=ask, args=[server.port, f"/{LONG}"]) for _ in range(THREADS - 1)]
        for thread in busy:
            thread.start()
        time.sleep(0.3)
        started = time.monotonic()
        assert ask_all(server, ["/"] * 50) == [b"fast"] * 50
        assert time.monotonic() - started < LONG - 1, "they waited for the slow ones"
        for thread in busy:
            thread.join()

    def test_answers_as_many_slow_ones_at_once_as_it_has_threads(self, server):
        ask_all(server, ["/"] * 50)
        started = time.monotonic()
        assert ask_all(server, ["/1"] * THREADS) == [b"slow"] * THREADS
        assert time.monotonic() - started < 2

    def test_answers_any_mixture(self, server):
        paths = ["/", "/0.01", "/", "/", "/0.002"] * 60
        assert ask_all(server, paths) == [b"fast" if path == "/" else b"slow" for path in paths]

    def test_goes_on_after_its_threads_have_ended_for_want_of_work(self, server):
        for _ in range(2):
            assert ask_all(server, ["/", "/0.2"] * THREADS) == [b"fast", b"slow"] * THREADS
            time.sleep(IDLE + 1)
        assert ask_all(server, ["/", "/0.2"] * THREADS) == [b"fast", b"slow"] * THREADS

    def test_reads_what_is_sent_slowly_and_answers_others_meanwhile(self, server):
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            head = f"POST /0 HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Length: 10\r\n\r\nfirst"
            connection.sendall(head.encode())
            time.sleep(0.3)
            assert ask_all(server, ["/", "/0"]) == [b"fast", b"slow"]
            connection.sendall(b", then")
            assert connection.recv(65536).endswith(b"first, the")

    def test_an_error_of_the_site_is_answered_and_harms_nobody(self, server):
        for _ in range(THREADS * 2):
            assert ask(server.port, "/fails").status == 500
        assert ask_all(server, ["/", "/0"]) == [b"fast", b"slow"]
