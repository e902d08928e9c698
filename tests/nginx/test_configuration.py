"""docs/operating/nginx.conf says what our own server says."""

import re
import ssl
import subprocess
import urllib.request
from pathlib import Path

from articles.press.negotiation import CHOICE, OTHER_PAGES
from articles.press.shelf import KINDS, NEVER_PRINTED
from tests.servers import ask, find_nginx, free_port
from tests.servers.website import LOAD_BROTLI

TEMPLATE = Path(__file__).resolve().parent.parent.parent / "docs" / "operating" / "nginx.conf"
TEXT = TEMPLATE.read_text()


class TestTheSameRules:
    def test_names_the_same_queries(self):
        [names] = re.findall(r'"~\(\?:\^\|\[&;\]\)\(\?:([a-z_|]+)\)', TEXT)
        assert set(names.split("|")) == OTHER_PAGES

    def test_knows_the_choice_by_the_same_pattern(self):
        assert f'"~{CHOICE.pattern}" 1;' in TEXT

    def test_never_looks_for_what_is_never_printed(self):
        [words] = re.findall(r'"~\^/\(\?:([a-z|-]+)\)\(\?:/\|\$\)" none;', TEXT)
        assert set(words.split("|")) == NEVER_PRINTED

    def test_knows_every_kind_of_page(self):
        types = dict(reversed(pair) for pair in re.findall(r"^        (\S+/\S+) (\w+);$", TEXT, re.MULTILINE))
        for kind, name in KINDS.items():
            assert f"/$newsroom_tree$uri/{name}" in TEXT
            assert types[name.rpartition(".")[2]] == kind


class TestWrittenForASite:
    def test_is_taken_by_nginx(self, house):
        folder = house.site.nginx.folder
        command = [find_nginx(), "-t", "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "error.log"]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "warn" not in done.stderr

    def test_serves_https_and_leads_there(self, house, start_nginx, tmp_path):
        key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
        subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
        https = ["--certificate", str(certificate), "--key", str(key), "--listen", f"127.0.0.1:{free_port()}"]
        written = house.site.var / "nginx" / "newsroom.conf"
        plain = written.read_text()
        try:
            house.site.application.manage("nginx", *https, "--log", str(tmp_path / "readers.log"))
            text = written.read_text()
        finally:
            written.write_text(plain)
        server = start_nginx(text.replace("listen 80;", "listen 127.0.0.1:{port};"), modules=LOAD_BROTLI)
        led = ask(server.port, "/world/?a=b", host="localhost")
        assert (led.status, led.headers["location"]) == (301, "https://localhost/world/?a=b")
        trusting = ssl.create_default_context(cafile=certificate)
        with urllib.request.urlopen(
            f"https://localhost:{https[-1].split(':')[1]}/", context=trusting
        ) as answer:
            assert answer.read() == house.ask("/").body
        log = (tmp_path / "readers.log").read_text()
        assert '200 GET "/"' in log
        assert "127.0.0.1" not in log

    def test_says_what_is_missing_when_half_a_certificate_is_given(self, house):
        done = house.site.application.manage("nginx", "--certificate", "some.pem", check=False)
        assert done.returncode
        assert "--certificate and --key belong together" in done.stderr

    def test_leaves_no_word_of_the_template_open(self, house):
        assert not re.findall(r"@[A-Z_]+@", (house.site.var / "nginx" / "newsroom.conf").read_text())
