"""A whole run whose files are fetched from a server that misbehaves: the run goes on, and says what was missing."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.test import TestCase

from articles.importers.wordpress.media.fetching import Fetcher, Limits, State, only_public
from articles.models import Document, Image
from tests import factories
from tests.articles.importers.wordpress.exports import export, written
from tests.articles.importers.wordpress.media.web_server import WebServer, drips, header, leads_to, reply
from tests.articles.importers.wordpress.writing.test_pictures import attachment, post
from tests.articles.importers.wordpress.writing.test_run import imported

HOST = "lantern.test"


class FetchedTest(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.server = WebServer()
        self.addCleanup(self.server.close)

    def resolve(self, host, port, **more):
        if host == HOST:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", self.server.port))]
        return socket.getaddrinfo(host, port, **more, flags=socket.AI_NUMERICHOST)

    def judge(self, address, port):
        """Only this test admits the port of its own server."""
        return (str(address), port) == ("127.0.0.1", self.server.port) or only_public(address, port)

    def run_it(self, *parts, hosts=()):
        source = Fetcher(
            State(self.folder / "media"),
            hosts=frozenset(hosts),
            limits=Limits(connect=1, silence=0.5, answer=1),
            judge=self.judge,
            resolve=self.resolve,
            wait=lambda seconds: None,
        )
        try:
            return imported([written(self.folder, export(*parts))], self.folder, media=source)
        finally:
            source.close()

    def parts(self, *names):
        uploads = f"https://{HOST}/wp-content/uploads/".replace("https", "http")
        library = [
            attachment(name, id=number, attachment_url=None)[:-8]
            + f"<wp:attachment_url>{uploads}{name}</wp:attachment_url></item>"
            for number, name in enumerate(names, 10)
        ]
        body = "".join(f'<p><img src="{uploads}{name}" alt="x"></p>' for name in names if "jpg" in name)
        return [post(body), *library]

    def test_a_misbehaving_server_stops_nothing(self):
        place = "/wp-content/uploads/"
        self.server.routes |= {
            f"{place}good.jpg": reply(200, factories.picture_bytes(400, 300)),
            f"{place}page.jpg": reply(200, b"<html>Not found"),
            f"{place}broken.jpg": reply(200, b"\xff\xd8\xff no picture"),
            f"{place}secret.jpg": leads_to("http://169.254.169.254/"),
            f"{place}own.jpg": leads_to(f"http://127.0.0.1:{self.server.port}/secret"),
            f"{place}slow.jpg": drips(b"HTTP/1.1 200 OK\r\n\r\n", every=0.3),
            f"{place}talk.mp3": reply(200, b"ID3\x04 talk"),
            f"{place}report.pdf": reply(200, b"<!doctype html>Log in"),
        }
        names = [
            "good.jpg",
            "page.jpg",
            "broken.jpg",
            "secret.jpg",
            "own.jpg",
            "slow.jpg",
            "talk.mp3",
            "report.pdf",
        ]
        report = self.run_it(*self.parts(*names))
        self.assertEqual(report["pictures"]["results"], {"new": 1, "missing": 5})
        self.assertEqual(report["documents"]["results"], {"new": 1, "missing": 1})
        self.assertEqual((Image.objects.count(), Document.objects.get().kind), (1, "mp3"))
        self.assertNotIn("/secret", self.server.paths)
        reasons = {
            each["address"].rpartition("/")[2]: each["reason"] for each in report["pictures"]["missing"]
        }
        self.assertEqual(reasons["page.jpg"], "its server sends a page instead of it")
        self.assertIn("its host is not the old site's: 169.254.169.254", reasons["secret.jpg"])
        self.assertIn("its host is not the old site's: 127.0.0.1", reasons["own.jpg"])
        self.assertEqual(self.client.get(f"{place}good-300x200.jpg").status_code, 301)
        self.assertEqual(
            self.client.get(f"{place}talk.mp3")["Location"], Document.objects.get().get_absolute_url()
        )

    def test_a_second_run_asks_for_nothing_that_is_there(self):
        self.server.routes["/wp-content/uploads/good.jpg"] = reply(200, factories.picture_bytes(400, 300))
        parts = self.parts("good.jpg", "none.jpg")
        self.run_it(*parts)
        before = len(self.server.requests)
        report = self.run_it(*parts)
        self.assertEqual(len(self.server.requests), before)
        self.assertEqual(report["pictures"]["results"], {"there already": 1, "missing": 1})

    def test_of_another_host_nothing_is_fetched_unless_the_operator_names_it(self):
        address = f"http://{HOST}:{self.server.port}/boat.jpg"
        self.server.routes["/boat.jpg"] = reply(200, factories.picture_bytes(400, 300))
        foreign = attachment("boat.jpg", id=10).replace(HOST, "cdn.test")
        report = self.run_it(post(f'<img src="http://cdn.test/boat.jpg" alt="">{address}'), foreign)
        self.assertEqual(self.server.requests, [])
        (missing,) = report["pictures"]["missing"]
        self.assertIn("--media-host cdn.test allows it", missing["reason"])
        self.assertEqual(report["not_imported"], {"picture: its host is not the old site's": 1})


KILLED = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
import sys, socket
from pathlib import Path
from articles.importers.wordpress.media import NotToBeHad
from articles.importers.wordpress.media.fetching import Fetcher, State
from articles.importers.wordpress.media.source import Wanted
port, folder = int(sys.argv[1]), Path(sys.argv[2])
place = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
fetcher = Fetcher(State(folder), hosts=frozenset(["media.test"]), judge=lambda address, port: True,
                  resolve=lambda *asked, **more: place, wait=lambda seconds: None)
for number in range(int(sys.argv[3])):
    address = f"http://media.test:{port}/{number}.bin"
    with fetcher.open(Wanted("", (), addresses=(address,)), most=10**8) as found:
        print(number, found.file.read() == number.to_bytes(2, "big") * 500_000, flush=True)
"""


class KilledTest(TestCase):
    def test_a_fetch_that_is_killed_goes_on_where_it_was(self):
        """Killed in the middle of each file: in the end each is whole, and no byte was asked for twice."""
        server = WebServer()
        self.addCleanup(server.close)
        for number in range(6):
            server.routes[f"/{number}.bin"] = half_at_first(number.to_bytes(2, "big") * 500_000)
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", KILLED, str(server.port), folder, "6"]
            for done in range(6):
                process = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ)
                for _ in range(done):
                    process.stdout.readline()
                self.wait_for_half(Path(folder))
                process.send_signal(signal.SIGKILL)
                process.communicate()
            said = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout
        self.assertEqual(said.splitlines(), [f"{number} True" for number in range(6)])
        asked = [header(request, "range") for request in server.requests]
        self.assertEqual(asked.count("bytes=400000-"), 6, asked)
        self.assertEqual(len(asked), 12, asked)

    def wait_for_half(self, folder):
        deadline = time.monotonic() + 120
        while not any(part.stat().st_size == 400_000 for part in folder.rglob("*.part")):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)


def half_at_first(body):
    """Sends 400,000 bytes, and then nothing more, until the rest is asked for."""

    def send(connection, request):
        asked = header(request, "range")
        start = int(asked[6:-1]) if asked else 0
        more = {"content_range": f"bytes {start}-{len(body) - 1}/{len(body)}"} if start else {}
        head = reply(206 if start else 200, b"", etag='"1"', **more, content_length=len(body) - start)
        if start:
            connection.sendall(head + body[start:])
        else:
            connection.sendall(head + body[:400_000])
            connection.recv(1)

    return send
