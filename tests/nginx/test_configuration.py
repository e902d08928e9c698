"""docs/operating/nginx.conf says what our own server says."""

import re
import signal
import socket
import ssl
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from articles.press.serve.negotiation import CHOICE, OTHER_PAGES
from tests.servers import ask, find_nginx, free_port
from tests.servers.website import LOAD_BROTLI

TEMPLATE = Path(__file__).resolve().parent.parent.parent / "docs" / "operating" / "nginx.conf"
TEXT = TEMPLATE.read_text()
VARNISH = TEMPLATE.with_name("varnish.vcl")


def files_for_nginx(house):
    """Without the log of what was read, at which a press may be just now."""
    files = (house.site.var / "nginx").iterdir()
    return {file.name: file.read_bytes() for file in files if not file.name.startswith("reads.log")}


class TestTheSameRules:
    def test_names_the_same_queries(self):
        [names] = re.findall(r'"~\(\?:\^\|\[&;\]\)\(\?:([a-z_|]+)\)', TEXT)
        assert set(names.split("|")) == OTHER_PAGES
        [names] = re.findall(r'"\[\?&;\]\(([a-z_|]+)\)', VARNISH.read_text())
        assert set(names.split("|")) == OTHER_PAGES

    def test_knows_the_choice_by_the_same_pattern(self):
        assert f'"~{CHOICE.pattern}" 1;' in TEXT


class TestWrittenForASite:
    def test_is_taken_by_nginx(self, house):
        folder = house.site.nginx.folder
        command = [find_nginx(), "-t", "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "error.log"]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "warn" not in done.stderr

    def test_serves_https_and_leads_there(self, house, start_nginx, tmp_path):
        certificate, key = make_certificate(tmp_path)
        port = free_port()
        more = ("--listen", f"127.0.0.1:{port}", "--log", str(tmp_path / "readers.log"))
        text = written_with(house, "--certificate", certificate, "--key", key, *more)
        server = start_nginx(at_a_free_port(text), modules=LOAD_BROTLI)
        led = ask(server.port, "/world/?a=b", host="localhost")
        assert (led.status, led.headers["location"]) == (301, "https://localhost/world/?a=b")
        assert ask(server.port, "/api/v1/docs", host="localhost").status == 301
        program = ask(server.port, "/api/v1/articles", host="localhost")
        assert (program.status, program.headers["content-type"]) == (403, "application/json")
        assert b"Ask by https" in program.body
        trusting = ssl.create_default_context(cafile=certificate)
        with urllib.request.urlopen(f"https://localhost:{port}/", context=trusting) as answer:
            assert answer.read() == house.ask("/").body
        log = (tmp_path / "readers.log").read_text()
        assert '200 GET "/"' in log
        assert "127.0.0.1" not in log

    def test_offers_no_cipher_without_forward_secrecy(self, house, start_nginx, tmp_path):
        certificate, key = make_certificate(tmp_path)
        port = free_port()
        more = ("--certificate", certificate, "--key", key, "--listen", f"127.0.0.1:{port}", "--log", "off")
        start_nginx(at_a_free_port(written_with(house, *more)), modules=LOAD_BROTLI)
        assert cipher_with(port, certificate, "ECDHE:!SHA").startswith("ECDHE-RSA-")
        for weak in ("AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA"):
            with pytest.raises(ssl.SSLError):
                cipher_with(port, certificate, weak)

    def test_serves_the_certificate_that_a_renewal_has_put_behind_the_link(
        self, house, start_nginx, tmp_path
    ):
        """As certbot does it: live/fullchain.pem leads to archive/fullchain1.pem, then to fullchain2.pem."""
        links = tmp_path / "fullchain.pem", tmp_path / "privkey.pem"
        first, second = make_certificate(tmp_path / "1"), make_certificate(tmp_path / "2")
        point(links, first)
        port = free_port()
        text = written_with(
            house,
            "--certificate",
            links[0],
            "--key",
            links[1],
            "--listen",
            f"127.0.0.1:{port}",
            "--log",
            "off",
        )
        server = start_nginx(at_a_free_port(text), modules=LOAD_BROTLI)
        assert ssl.get_server_certificate(("127.0.0.1", port)) == first[0].read_text()
        point(links, second)
        server.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 20
        while (served := ssl.get_server_certificate(("127.0.0.1", port))) == first[0].read_text():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert served == second[0].read_text()

    def test_listens_at_no_other_address_than_it_is_told(self, house, start_nginx, tmp_path):
        certificate, key = make_certificate(tmp_path)
        ports = free_port(), free_port()
        told = ("--listen", f"127.0.0.1:{ports[0]}", "--listen", f"[::1]:{ports[1]}")
        text = written_with(house, "--certificate", certificate, "--key", key, *told, "--log", "off")
        assert sorted(set(re.findall(r"listen (\S+?)(?: ssl.*)?;", text))) == sorted(
            [f"127.0.0.1:{ports[0]}", f"[::1]:{ports[1]}", "127.0.0.1:80", "[::1]:80"]
        )
        server = start_nginx(at_a_free_port(text), modules=LOAD_BROTLI)
        led = ask(server.port, "/", host="localhost")
        assert led.headers["location"] == "https://localhost/"
        for address, port in zip(("127.0.0.1", "::1"), ports, strict=True):
            assert ssl.get_server_certificate((address, port)) == certificate.read_text()
        other = "::1" if socket.has_ipv6 else "127.0.0.2"
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((other, ports[0]), timeout=5)

    def test_listens_at_every_address_when_it_is_told_a_port(self, house, start_nginx, tmp_path):
        port = free_port()
        text = written_with(house, "--listen", str(port), "--log", "off")
        start_nginx(text, modules=LOAD_BROTLI, port=port)
        for address in ("127.0.0.1", "127.0.0.2", "::1"):
            socket.create_connection((address, port), timeout=5).close()

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--certificate", "some.pem"], "--certificate and --key belong together"),
            (["--certificate", "/none.pem", "--key", "/none.key"], "/none.pem cannot be read (No such file"),
            (["--listen", "nonsense"], "'nonsense' is no place to listen at; write one like 443"),
            (["--application", "8000"], "write one like 127.0.0.1:8000"),
            (["--log", "access.log"], "access.log can be no log; write a whole path"),
            (["--log", "/none/access.log"], "/none/access.log can be no log"),
        ],
    )
    def test_says_what_is_wrong_and_leaves_what_was_written(self, house, arguments, said):
        before = files_for_nginx(house)
        done = house.site.application.manage("nginx", *arguments, check=False)
        assert done.returncode
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert files_for_nginx(house) == before

    def test_leaves_no_word_of_the_template_open(self, house):
        assert not re.findall(r"@[A-Z_]+@", (house.site.var / "nginx" / "newsroom.conf").read_text())


def cipher_with(port, certificate, offered):
    """What is spoken with a client that has TLS 1.2 and these ciphers."""
    context = ssl.create_default_context(cafile=certificate)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(offered)
    plain = socket.create_connection(("127.0.0.1", port), timeout=5)
    with plain, context.wrap_socket(plain, server_hostname="localhost") as spoken:
        return spoken.cipher()[0]


def make_certificate(folder):
    """One for localhost and its key."""
    folder.mkdir(exist_ok=True)
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key


def point(links, files):
    for link, file in zip(links, files, strict=True):
        link.unlink(missing_ok=True)
        link.symlink_to(file)


def written_with(house, *arguments):
    """The configuration that the command writes; the house's own stays."""
    folder = house.site.var / "nginx"
    before = {file: file.read_bytes() for file in folder.iterdir()}
    try:
        house.site.application.manage("nginx", *map(str, arguments))
        return (folder / "newsroom.conf").read_text()
    finally:
        for file, content in before.items():
            file.write_bytes(content)


def at_a_free_port(text):
    """Port 80 may be somebody else's; {port} is nginx's own in the tests."""
    return text.replace("listen 127.0.0.1:80;", "listen 127.0.0.1:{port};").replace("listen [::1]:80;", "")
