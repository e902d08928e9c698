"""Files are fetched from the old server, and from nowhere else, whatever an export or that server says."""

import os
import resource
import socket
import ssl
import subprocess
import sys
import time
from dataclasses import replace
from email.utils import formatdate
from ipaddress import ip_address

import pytest

from articles.importers.wordpress.media import NotToBeHad
from articles.importers.wordpress.media.fetching import (
    Fetcher,
    InUse,
    Limits,
    State,
    is_public,
    only_public,
)
from articles.importers.wordpress.media.source import Wanted

from .web_server import WebServer, drips, floods, header, leads_to, reply

HOST = "media.test"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40
QUICK = Limits(connect=2, silence=0.5, answer=1.5)
MOST = 1_000_000


class Site:
    """The server, and fetchers that may connect to it and to nothing else on this machine."""

    def __init__(self, folder, monkeypatch):
        self.folder, self.server, self.opened = folder, WebServer(), []
        self.connected, self.asked_names, self.waited = [], [], []
        self.names = {HOST: ["127.0.0.1"]}
        original = socket.socket.connect

        def connect(own, place):
            self.connected.append(place[:2])
            return original(own, place)

        monkeypatch.setattr(socket.socket, "connect", connect)

    def resolve(self, host, port, **more):
        self.asked_names.append(host)
        if host not in self.names:
            return socket.getaddrinfo(host, port, **more, flags=socket.AI_NUMERICHOST)
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in self.names[host]
        ]

    def judge(self, address, port):
        return (str(address), port) == ("127.0.0.1", self.server.port) or only_public(address, port)

    def fetcher(self, *, hosts=(HOST,), judge=None, limits=QUICK):
        self.close()
        fetcher = Fetcher(
            State(self.folder),
            hosts=frozenset(hosts),
            limits=limits,
            judge=judge or self.judge,
            resolve=self.resolve,
            wait=self.waited.append,
        )
        self.opened.append(fetcher)
        return fetcher

    def address(self, path, host=HOST):
        return f"http://{host}:{self.server.port}{path}"

    def get(self, *paths, fetcher=None, most=MOST, **more):
        fetcher = fetcher or self.fetcher(**more)
        addresses = tuple(path if "://" in path else self.address(path) for path in paths)
        with fetcher.open(Wanted(addresses[0], (), addresses=addresses), most=most) as found:
            return found.file.read()

    def refusal(self, *paths, **more):
        with pytest.raises(NotToBeHad) as caught:
            self.get(*paths, **more)
        return str(caught.value)

    def close(self):
        while self.opened:
            self.opened.pop().close()

    def nothing_left(self):
        """Whether each connection was to the server itself."""
        return set(self.connected) <= {("127.0.0.1", self.server.port)}


@pytest.fixture
def site(tmp_path, monkeypatch):
    site = Site(tmp_path / "media", monkeypatch)
    yield site
    site.close()
    site.server.close()


def test_a_file_is_fetched_once(site):
    site.server.routes["/a%20b.jpg"] = reply(200, JPEG)
    assert site.get("/a b.jpg") == JPEG
    assert site.get("/a%20b.jpg") == JPEG
    (request,) = site.server.requests
    assert header(request, "host") == f"{HOST}:{site.server.port}"
    assert header(request, "accept-encoding") == "identity"
    assert header(request, "user-agent").startswith("Newsroom-Import/")
    assert header(request, "cookie") is None


def test_no_proxy_of_the_environment_is_asked(site, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.server.routes["/a.jpg"] = reply(200, JPEG)
    assert site.get("/a.jpg") == JPEG


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - to be refused
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "fec0::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "2002:7f00:1::1",
        "2002:a9fe:a9fe::1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::808:808",
        "64:ff9b::a9fe:a9fe",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "2001:db8::1",
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_public_addresses_at_the_ports_of_the_web(address):
    assert only_public(ip_address(address), 443)
    assert not only_public(ip_address(address), 22)


BAD = [
    "http://127.0.0.1/secret",
    "http://127.1/secret",
    "http://2130706433/secret",
    "http://0x7f.0.0.1/secret",
    "http://localhost/secret",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/secret",
    "http://[::ffff:127.0.0.1]/secret",
    "http://[::ffff:a9fe:a9fe]/secret",
    "http://10.0.0.1/",
    "http://media.test@127.0.0.1/secret",
    "http://media.test:22/",
    "http://other.test/a.jpg",
    "//127.0.0.1/secret",
    "https://127.0.0.1/secret",
    "file:///etc/passwd",
    "gopher://127.0.0.1/_x",
    "ftp://media.test/a.jpg",
    "http://",
    "http://[::1",
    "http://media.test:99999/",
    "",
]


@pytest.mark.parametrize("location", BAD)
@pytest.mark.parametrize("status", [301, 303, 307, 308])
def test_no_redirect_leads_elsewhere(site, location, status):
    site.server.routes["/a.jpg"] = leads_to(location, status)
    assert site.refusal("/a.jpg", limits=replace(QUICK, redirects=2))
    assert set(site.server.paths) == {"/a.jpg"}
    assert site.nothing_left()


@pytest.mark.parametrize("address", [each for each in BAD if each and not each.startswith("//")])
def test_no_address_of_an_export_leads_elsewhere(site, address):
    assert site.refusal(address)
    assert site.connected == []


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://169.254.169.254/", "http://[::1]/", "http://10.0.0.1/", "http://127.1/"],
)
def test_not_even_if_the_operator_names_such_a_host(site, address):
    hosts = {"127.0.0.1", "169.254.169.254", "::1", "10.0.0.1", "127.1"}
    assert "not public" in site.refusal(address, hosts=hosts, judge=only_public)
    assert site.connected == []


def test_a_name_is_resolved_once_for_each_request(site):
    """A second answer, which would lead to this machine's secrets, is not asked for."""
    site.server.routes |= {"/a.jpg": reply(200, JPEG), "/b.jpg": leads_to("/a.jpg")}
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    original = site.resolve

    def changing(host, port, **more):
        site.names[HOST] = answers.pop(0)
        return original(host, port, **more)

    site.resolve = changing
    assert site.get("/a.jpg") == JPEG
    assert site.asked_names == [HOST]
    # With the other answer, a redirect to the same host is refused.
    answers[:0] = [["127.0.0.1"]]
    assert "not public" in site.refusal("/b.jpg")
    assert site.nothing_left()


def test_a_name_that_has_one_private_address_among_others_is_not_asked(site):
    site.names["mixed.test"] = ["8.8.8.8", "169.254.169.254"]
    assert "not public" in site.refusal(
        site.address("/a.jpg", "mixed.test"), hosts=["mixed.test"], judge=only_public
    )
    assert "not public" in site.refusal("http://mixed.test/", hosts=["mixed.test"], judge=only_public)
    assert site.connected == []


def test_redirects_end(site):
    site.server.routes["/a.jpg"] = leads_to("/a.jpg")
    assert site.refusal("/a.jpg") == "it is redirected more than 5 times"
    assert len(site.server.requests) == 6


def test_redirects_on_the_host_are_followed(site):
    site.server.routes |= {"/a.jpg": leads_to("b.jpg"), "/b.jpg": leads_to(site.address("/c.jpg"), 308)}
    site.server.routes["/c.jpg"] = reply(200, JPEG)
    assert site.get("/a.jpg") == JPEG


def test_a_safe_connection_is_not_left_for_an_unsafe_one_on_another_host():
    from articles.importers.wordpress.media.fetching.targets import redirected, target_of

    target = target_of("https://media.test/a.jpg")
    assert redirected(target, "http://media.test/a.jpg").scheme == "http"
    with pytest.raises(NotToBeHad, match="unsafe"):
        redirected(target, "http://cdn.test/a.jpg")


@pytest.mark.parametrize(
    "route",
    [
        drips(b"HTTP/1.1 200 OK\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nX: "),
        drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", piece=b"1\r\nx\r\n"),
        drips(b"", piece=b"HTTP/1.1 100 Continue\r\n\r\n"),
        drips(b"", every=1, piece=b""),
        floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, most=10**6),
    ],
)
def test_a_server_that_is_slow_or_never_ends(site, route):
    site.server.routes["/a.jpg"] = route
    begun = time.monotonic()
    assert site.refusal("/a.jpg", limits=replace(QUICK, tries=1))
    # Only that it ends by its own limits, which the loaded machine may stretch.
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        ("", b"x" * 65536),
        ("Transfer-Encoding: chunked\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
        ("Content-Length: 999999999999\r\n", b"x" * 65536),
        (f"X: {'x' * 70000}\r\n", b"x"),
        ("X: x\r\n" * 5000, b"x"),
    ],
)
def test_more_than_the_limit_is_neither_read_nor_kept(site, head, piece):
    site.server.routes["/a.jpg"] = floods(f"HTTP/1.1 200 OK\r\n{head}\r\n".encode(), piece)
    assert site.refusal("/a.jpg", limits=replace(QUICK, tries=1))
    assert sum(path.stat().st_size for path in site.folder.rglob("*") if path.suffix == ".part") <= MOST


def test_what_all_files_take_is_limited(site):
    site.server.routes |= {"/a.jpg": reply(200, JPEG), "/b.jpg": reply(200, JPEG)}
    limits = replace(QUICK, total=15_000)
    assert site.get("/a.jpg", limits=limits) == JPEG
    assert site.refusal("/b.jpg", limits=limits).startswith("all files together are larger than")


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "9" * 5000, "5, 5"])
def test_a_length_that_is_none(site, length):
    """Nothing but a reason, or the file."""
    site.server.routes["/a.jpg"] = reply(200, JPEG, content_length=length)
    try:
        assert site.get("/a.jpg") == JPEG
    except NotToBeHad as error:
        assert str(error)


def test_a_file_is_as_long_as_was_said(site):
    site.server.routes["/a.jpg"] = reply(200, JPEG + b"more", content_length=len(JPEG))
    assert site.get("/a.jpg") == JPEG


@pytest.mark.parametrize("body", [b"<!doctype html><title>Not found", b"  <html>", b"<!-- x --><p>Log in"])
def test_a_page_with_status_200_is_no_file(site, body):
    site.server.routes["/a.jpg"] = reply(200, body, content_type="image/jpeg")
    assert site.refusal("/a.jpg") == "its server sends a page instead of it"
    assert not list(site.folder.rglob("*.part"))


def test_what_the_server_says_of_the_type_does_not_count(site):
    site.server.routes["/a.jpg"] = reply(200, JPEG, content_type="text/html")
    assert site.get("/a.jpg") == JPEG


def test_an_empty_file_and_one_that_is_packed(site):
    site.server.routes["/a.jpg"] = reply(200, b"")
    site.server.routes["/b.jpg"] = reply(200, b"x", content_encoding="gzip")
    assert site.refusal("/a.jpg") == "it is empty"
    assert "packed" in site.refusal("/b.jpg")


class Breaks:
    """Sends so many bytes of what was asked for, and then closes the connection."""

    def __init__(self, *lengths, etag='"1"', **headers):
        self.lengths, self.etag, self.headers = list(lengths), etag, headers

    def __call__(self, connection, request):
        asked, known = header(request, "range"), header(request, "if-range")
        start = int(asked[6:-1]) if asked and known in (self.etag, self.headers.get("last_modified")) else 0
        length = self.lengths.pop(0) if self.lengths else len(JPEG)
        headers = {"etag": self.etag, **self.headers}
        if start:
            headers["content_range"] = f"bytes {start}-{len(JPEG) - 1}/{len(JPEG)}"
        whole = reply(
            206 if start else 200,
            b"",
            content_length=len(JPEG) - start,
            **{name: value for name, value in headers.items() if name != "content_length"},
        )
        connection.sendall(whole + JPEG[start : start + length])


@pytest.mark.parametrize(
    "headers", [{}, {"etag": 'W/"1"', "last_modified": formatdate(0, usegmt=True)}, {"etag": 'W/"1"'}]
)
def test_an_answer_that_breaks_off_is_gone_on_with(site, headers):
    site.server.routes["/a.jpg"] = Breaks(3000, 4000, **headers)
    assert site.get("/a.jpg") == JPEG
    ranges = [header(request, "range") for request in site.server.requests]
    # A weak ETag is no promise that the bytes are the same: then it is begun anew.
    is_safe = headers.get("last_modified") or "etag" not in headers
    assert ranges == ([None, "bytes=3000-", "bytes=7000-"] if is_safe else [None, None, None])


def test_also_in_another_run(site):
    site.server.routes["/a.jpg"] = Breaks(3000)
    assert site.refusal("/a.jpg", limits=replace(QUICK, tries=1)) == "it ends early"
    assert site.get("/a.jpg") == JPEG
    assert header(site.server.requests[-1], "range") == "bytes=3000-"


def test_another_version_is_begun_anew(site):
    site.server.routes["/a.jpg"] = Breaks(3000)
    site.refusal("/a.jpg", limits=replace(QUICK, tries=1))
    site.server.routes["/a.jpg"] = reply(200, JPEG[::-1], etag='"2"')
    assert site.get("/a.jpg") == JPEG[::-1]


@pytest.mark.parametrize("said", ["bytes 0-9/10", "bytes 5-9/10", "bytes */10", "x", None])
def test_another_piece_than_was_asked_for_is_not_mixed_in(site, said):
    site.server.routes["/a.jpg"] = Breaks(3000)
    site.refusal("/a.jpg", limits=replace(QUICK, tries=1))
    site.server.routes["/a.jpg"] = reply(206, b"evil", content_range=said)
    assert "another piece" in site.refusal("/a.jpg")
    site.server.routes["/b.jpg"] = reply(206, b"evil", content_range="bytes 0-3/4")
    assert "another piece" in site.refusal("/b.jpg")


def test_a_server_that_is_busy_gets_its_pause(site):
    answers = [reply(429, retry_after=7), reply(503), reply(200, JPEG)]
    site.server.routes["/a.jpg"] = lambda connection, request: connection.sendall(answers.pop(0))
    assert site.get("/a.jpg") == JPEG
    assert site.waited == [7, 5]


@pytest.mark.parametrize(
    "pause", [3600, formatdate(time.time() + 9000, usegmt=True), "9" * 400], ids=["seconds", "date", "digits"]
)
def test_but_no_longer_one_than_two_minutes(site, pause):
    site.server.routes["/a.jpg"] = reply(503, retry_after=pause)
    assert "pause" in site.refusal("/a.jpg")
    assert site.waited == []
    assert len(site.server.requests) == 1


def test_three_tries_in_all_runs_together(site):
    site.server.routes["/a.jpg"] = reply(500)
    fetcher = site.fetcher()
    assert site.refusal("/a.jpg", fetcher=fetcher) == "its server answers 500"
    assert site.refusal("/a.jpg", fetcher=fetcher) == "its server answers 500"
    assert len(site.server.requests) == 1
    for _ in range(5):
        assert site.refusal("/a.jpg") == "its server answers 500"
    assert len(site.server.requests) == 3
    site.server.routes["/a.jpg"] = reply(200, JPEG)
    assert site.refusal("/a.jpg")
    fetcher = site.fetcher()
    fetcher.state.again()
    assert site.get("/a.jpg", fetcher=fetcher) == JPEG


def test_what_is_not_there_is_asked_for_once(site):
    for _ in range(3):
        assert site.refusal("/a.jpg") == "its server answers 404"
    assert len(site.server.requests) == 1


def test_a_host_that_does_not_answer_is_left_alone_and_no_file_blamed(site):
    site.server.close()
    time.sleep(0.05)
    limits = replace(QUICK, connect=0.2)
    fetcher = site.fetcher(limits=limits)
    reasons = [site.refusal(f"/{number}.jpg", fetcher=fetcher) for number in range(8)]
    assert "left alone" in reasons[-1]
    assert len(site.connected) == 5
    assert fetcher.state.row(site.address("/1.jpg")).tries == 0


def test_a_host_that_is_always_busy_does_not_make_the_run_endless(site):
    for number in range(9):
        site.server.routes[f"/{number}.jpg"] = reply(503, retry_after=120)
    fetcher = site.fetcher()
    reasons = [site.refusal(f"/{number}.jpg", fetcher=fetcher) for number in range(9)]
    assert "left alone" in reasons[-1]
    assert len(site.server.requests) == 5
    assert sum(site.waited) <= 5 * 120


def test_the_next_address_is_tried_if_the_first_has_nothing(site):
    site.server.routes["/b.jpg"] = reply(200, JPEG)
    assert site.get("/a.jpg", "/b.jpg") == JPEG
    assert site.server.paths == ["/a.jpg", "/b.jpg"]


def test_no_address_becomes_a_path_or_a_line_of_its_own(site):
    site.server.routes["/a.jpg"] = reply(200, JPEG)
    for path in ("/../../x.jpg", "/a\r\nX: y.jpg", "/a b\x00c.jpg", "/" + "x" * 9000 + ".jpg", "/ü.jpg"):
        site.refusal(path)
    for request in site.server.requests:
        assert header(request, "x") is None
        assert request.isascii()
    names = [path.name for path in site.folder.rglob("*") if path.is_file()]
    assert all(len(name) <= 80 and ".." not in name for name in names), names


def test_two_runs_do_not_fetch_at_once(site):
    site.fetcher()
    with pytest.raises(InUse):
        State(site.folder)


def test_a_full_disk_is_said(site, monkeypatch):
    site.server.routes["/a.jpg"] = reply(200, JPEG)
    fetcher = site.fetcher()
    part = fetcher.state.part(fetcher.state.row(site.address("/a.jpg")))
    part.symlink_to("/dev/full")
    monkeypatch.setattr(type(part), "unlink", lambda own, **more: None)
    assert "cannot be written" in site.refusal("/a.jpg", fetcher=fetcher)


def test_a_safe_connection_has_the_name_and_checks_the_certificate(site, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + ["-keyout", key, "-out", certificate, "-days", "2", "-subj", f"/CN={HOST}"]
        + ["-addext", f"subjectAltName=DNS:{HOST}"],
        check=True,
        capture_output=True,
    )
    named = []
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    tls.sni_callback = lambda connection, name, context: named.append(name)
    site.server.close()
    site.server = WebServer(tls)
    site.server.routes["/a.jpg"] = reply(200, JPEG)
    address = f"https://{HOST}:{site.server.port}/a.jpg"
    assert "no valid certificate" in site.refusal(address)
    fetcher = site.fetcher()
    trusting = ssl.create_default_context(cafile=certificate)
    fetcher.web = replace(fetcher.web, tls=trusting)
    assert site.get(address, fetcher=fetcher) == JPEG
    assert set(named) == {HOST}
    assert header(site.server.requests[-1], "host") == f"{HOST}:{site.server.port}"


LARGE_FILE = """
import resource, sys
from articles.importers.wordpress.media.fetching import Fetcher, State
from articles.importers.wordpress.media.source import Wanted
from pathlib import Path
port = int(sys.argv[1])
place = [(2, 1, 6, "", ("127.0.0.1", port))]
fetcher = Fetcher(State(Path(sys.argv[2])), hosts=frozenset(["media.test"]), judge=lambda address, port: True,
                  resolve=lambda *asked, **more: place)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with fetcher.open(Wanted("", (), addresses=(f"http://media.test:{port}/a.bin",)), most=200_000_000) as found:
    size = found.file.seek(0, 2)
print(size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_large_file_takes_no_memory(site):
    """150 MB are fetched in less than 8 MB."""
    site.server.routes["/a.bin"] = floods(
        b"HTTP/1.1 200 OK\r\nContent-Length: 150000000\r\n\r\n", b"\x00" * 1_000_000, most=150
    )
    command = [
        sys.executable,
        "-c",
        f"import django, os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n"
        f"django.setup()\n{LARGE_FILE}",
        str(site.server.port),
        str(site.folder),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout
    size, kilobytes = map(int, said.split())
    assert size == 150_000_000
    assert kilobytes < 8_000, resource.RUSAGE_SELF
