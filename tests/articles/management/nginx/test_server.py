import subprocess
from argparse import ArgumentTypeError

import pytest

from articles.management.nginx.server import (
    CannotServe,
    Server,
    check_certificate,
    check_words,
    place_of_application,
    place_to_listen,
    places,
    read_server,
)


class TestPlaceToListen:
    @pytest.mark.parametrize(
        ("said", "written"),
        [
            ("443", "443"),
            ("192.0.2.7:8443", "192.0.2.7:8443"),
            ("[2001:DB8::7]:443", "[2001:db8::7]:443"),
            ("localhost:8080", "127.0.0.1:8080"),
        ],
    )
    def test_is_a_port_or_an_address_with_one(self, said, written):
        assert place_to_listen(said) == written

    @pytest.mark.parametrize(
        "said",
        ["", "nonsense", "0", "99999", "192.0.2.7", "192.0.2.7:", "192.0.2.300:80", "2001:db8::7:443"]
        + [
            "[2001:db8::7]",
            "[192.0.2.7]:80",
            "[2001:db8::7:443",
            "news.example.org:443",
            "443;",
            "unix:/run/n",
        ],
    )
    def test_is_nothing_else(self, said):
        with pytest.raises(ArgumentTypeError, match="write one like 443"):
            place_to_listen(said)


class TestPlaceOfApplication:
    @pytest.mark.parametrize("said", ["127.0.0.1:8000", "[::1]:8000", "app_1.internal:8000"])
    def test_is_a_host_with_a_port(self, said):
        assert place_of_application(said) == said

    @pytest.mark.parametrize("said", ["8000", "app", "app:", "app:0", "http://app:8000", "a b:80", "a;:80"])
    def test_is_nothing_else(self, said):
        with pytest.raises(ArgumentTypeError):
            place_of_application(said)


class TestPlaces:
    def test_are_the_usual_port_at_every_address(self):
        assert places(None, https=True) == ("443", "[::]:443")
        assert places(None, https=False) == ("80", "[::]:80")

    def test_are_those_alone_that_are_said(self):
        assert places(["192.0.2.7:443", "[::1]:443", "192.0.2.7:443"], https=True) == (
            "192.0.2.7:443",
            "[::1]:443",
        )

    def test_keep_port_80_for_those_who_are_led_to_https(self):
        with pytest.raises(CannotServe, match="listen at another port"):
            places(["192.0.2.7:80"], https=True)


class TestServer:
    HTTPS = Server(
        listen=("192.0.2.7:8443", "[::1]:443"), application="a:1", certificate=("/c d", "/k"), log="off"
    )

    def test_listens_with_tls_at_each_place(self):
        assert self.HTTPS.directives(" default_server") == (
            "listen 192.0.2.7:8443 ssl http2 default_server;\n    listen [::1]:443 ssl http2 default_server;"
        )

    def test_leads_to_https_from_the_same_addresses(self):
        assert self.HTTPS.plain_directives() == "listen 192.0.2.7:80;\n    listen [::1]:80;"
        everywhere = Server(listen=("443", "[::]:443"), application="a:1")
        assert everywhere.plain_directives() == "listen 80;\n    listen [::]:80;"

    def test_is_read_as_it_was_kept(self, tmp_path):
        (tmp_path / "server.json").write_text(self.HTTPS.as_json())
        assert read_server(tmp_path / "server.json") == self.HTTPS

    @pytest.mark.parametrize("kept", ["", "{}", "[]", '{"certificate": null, "listen": [], "other": 1}'])
    def test_is_none_where_another_version_kept_something(self, tmp_path, kept):
        (tmp_path / "server.json").write_text(kept)
        assert read_server(tmp_path / "server.json") is None
        assert read_server(tmp_path / "none.json") is None

    def test_knows_the_command_that_it_came_of(self):
        assert self.HTTPS.command() == (
            "python manage.py nginx --listen=192.0.2.7:8443 '--listen=[::1]:443' --application=a:1 "
            "'--certificate=/c d' --key=/k --log=off"
        )


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """Two certificates with their keys, and a key that asks for a password."""
    folder = tmp_path_factory.mktemp("certificates")
    made = []
    for name in ("a", "b"):
        made.append((folder / f"{name}.pem", folder / f"{name}.key"))
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
        subprocess.run([*make, "-out", made[-1][0], "-keyout", made[-1][1]], check=True, capture_output=True)
    closed = folder / "closed.key"
    encrypt = ["openssl", "rsa", "-aes128", "-passout", "pass:word", "-in", made[0][1], "-out", closed]
    subprocess.run(encrypt, check=True, capture_output=True)
    return *made, closed


class TestCheckCertificate:
    def test_passes_a_certificate_with_its_key(self, pairs):
        check_certificate(*pairs[0])

    def test_names_a_file_that_is_not_there(self, pairs, tmp_path):
        link = tmp_path / "link.pem"
        link.symlink_to(tmp_path / "gone.pem")
        for certificate, key in ((link, pairs[0][1]), (pairs[0][0], link), (tmp_path, pairs[0][1])):
            with pytest.raises(CannotServe, match="cannot be read"):
                check_certificate(certificate, key)

    def test_refuses_what_does_not_belong_together(self, pairs):
        (first, its_key), (second, _), closed = pairs
        for certificate, key in ((second, its_key), (its_key, first), (first, closed)):
            with pytest.raises(CannotServe, match="are no certificate and its key"):
                check_certificate(certificate, key)


class TestCheckWords:
    def test_passes_what_nginx_reads_between_quotes(self):
        check_words(["/srv/w#1 100%;{}'/é"])

    @pytest.mark.parametrize("word", ['/a"b', "/a$b", "/a\\b", "/a\nb"])
    def test_names_what_would_end_them(self, word):
        with pytest.raises(CannotServe, match="nginx cannot read"):
            check_words(["/srv", word])
