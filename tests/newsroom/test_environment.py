import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.environment import (
    Said,
    as_browsers_say,
    is_local,
    keep_private,
    kept_secret,
    mistakes,
    refuse_mistakes,
    requested_host,
    writable_folder,
)

STRONG = "k3yG-mVb2Qx9rT7wZ1nL5pD8sF4hJ6cA0eU-iO_yXqW2zR9tB7vN"
PUBLIC = {
    "site_url": "https://news.example.org",
    "secret_key": STRONG,
    "debug": False,
    "hosts": ["news.example.org"],
    "time_zone": "Europe/London",
    "language": "en-gb",
    "log_level": "INFO",
    "port": 8000,
}


def said_of(**changed):
    return list(mistakes(**PUBLIC | changed))


class TestMistakes:
    def test_finds_none_in_a_public_site_that_is_set_up_well(self):
        assert said_of() == []

    def test_finds_none_in_a_local_site_that_says_nothing(self):
        assert said_of(site_url="http://localhost:8000", secret_key="", hosts=["localhost"]) == []

    def test_lets_a_local_site_run_with_debug(self):
        assert said_of(site_url="http://127.0.0.1:8000", debug=True, hosts=["127.0.0.1"]) == []

    @pytest.mark.parametrize(
        ("url", "hosts"),
        [
            ("https://News.Example.org:8443", ["www.example.org", "news.example.org"]),
            ("https://news.example.org", [".example.org"]),
            ("https://[2001:db8::1]", ["[2001:db8::1]"]),
        ],
    )
    def test_finds_the_sites_host_among_several(self, url, hosts):
        assert said_of(site_url=url, hosts=hosts) == []

    def test_says_nothing_of_hosts_where_the_site_has_none(self):
        assert len(said_of(site_url="news.example.org", secret_key=STRONG)) == 1

    @pytest.mark.parametrize(
        ("changed", "named"),
        [
            ({"site_url": "news.example.org"}, "SITE_URL"),
            ({"site_url": "http://["}, "SITE_URL"),
            ({"site_url": "ftp://news.example.org"}, "SITE_URL"),
            ({"site_url": "http://news.example.org"}, "https"),
            ({"secret_key": ""}, "SECRET_KEY"),
            ({"secret_key": "short"}, "SECRET_KEY"),
            ({"secret_key": "a" * 60}, "SECRET_KEY"),
            ({"debug": True}, "DEBUG"),
            ({"hosts": ["news.example.org", "*"]}, "ALLOWED_HOSTS"),
            ({"hosts": ["www.example.org"]}, "ALLOWED_HOSTS=www.example.org,news.example.org"),
            ({"hosts": []}, "ALLOWED_HOSTS=news.example.org"),
            ({"site_url": "https://[2001:db8::1]"}, "ALLOWED_HOSTS=news.example.org,[2001:db8::1]"),
            ({"time_zone": "Mars/Olympus"}, "TIME_ZONE"),
            ({"language": "xx"}, "LANGUAGE_CODE"),
            ({"log_level": "LOUD"}, "LOG_LEVEL"),
            ({"port": 0}, "PORT"),
            ({"port": 70000}, "PORT"),
        ],
    )
    def test_names_the_variable_that_is_wrong(self, changed, named):
        assert any(named in sentence for sentence in said_of(**changed))


class TestRefuseMistakes:
    def test_names_all_of_them_in_one_message(self):
        wrong = PUBLIC | {"secret_key": "", "debug": True, "time_zone": "Mars"}
        with pytest.raises(ImproperlyConfigured) as refused:
            refuse_mistakes(["PORT is 'x', which cannot be read."], **wrong)
        for name in ("PORT", "SECRET_KEY", "DEBUG", "TIME_ZONE"):
            assert name in str(refused.value)

    def test_lets_a_good_site_pass(self):
        refuse_mistakes([], **PUBLIC)


class TestSaid:
    @pytest.fixture
    def said(self, tmp_path):
        return Said(tmp_path / ".env")

    def test_reads_values_with_their_types(self, said, monkeypatch):
        monkeypatch.setenv("THREADS", "12")
        monkeypatch.setenv("DEBUG", "yes")
        assert said.int("THREADS", 8) == 12
        assert said.bool("DEBUG", False) is True
        assert said.mistakes == []

    def test_keeps_what_it_cannot_read_and_goes_on_with_the_default(self, said, monkeypatch):
        monkeypatch.setenv("THREADS", "many")
        monkeypatch.setenv("DEBUG", "maybe")
        assert said.int("THREADS", 8) == 8
        assert said.bool("DEBUG", False) is False
        assert [sentence.split()[0] for sentence in said.mistakes] == ["THREADS", "DEBUG"]

    def test_goes_on_with_the_default_database_when_the_url_is_none(self, said, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "nonsense")
        assert said.dj_db_url("DATABASE_URL", "sqlite:///kept.sqlite3")["NAME"] == "kept.sqlite3"
        assert "DATABASE_URL" in said.mistakes[0]


class TestIsLocal:
    @pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000"])
    def test_is_true_of_this_computer(self, url):
        assert is_local(url)

    @pytest.mark.parametrize(
        "url", ["https://news.example.org", "http://localhost.example.org", "http://[", ""]
    )
    def test_is_false_of_all_else(self, url):
        assert not is_local(url)


class TestRequestedHost:
    @pytest.mark.parametrize(
        ("url", "host"),
        [("https://News.example.org:8443/", "news.example.org"), ("https://[::1]:8000", "[::1]"), ("", "")],
    )
    def test_is_spelt_as_requests_spell_it(self, url, host):
        assert requested_host(url) == host


class TestAsBrowsersSay:
    @pytest.mark.parametrize(
        ("said", "asked"),
        [
            ("https://News.example.org:443/", "https://news.example.org"),
            ("http://news.example.org:80", "http://news.example.org"),
            ("https://news.example.org:8443", "https://news.example.org:8443"),
            ("http://news.example.org:443", "http://news.example.org:443"),
            ("http://[::1]:80/", "http://[::1]"),
            (" http://localhost:8000 ", "http://localhost:8000"),
            ("https://news.example.org:", "https://news.example.org"),
            ("ftp://news.example.org", "ftp://news.example.org"),
            ("https://news.example.org:port", "https://news.example.org:port"),
            ("", ""),
        ],
    )
    def test_a_host_has_one_spelling(self, said, asked):
        assert as_browsers_say(said) == asked


class TestKeptSecret:
    def test_is_made_once_for_its_owner_only(self, tmp_path):
        path = tmp_path / "var" / "secret-key.txt"
        first = kept_secret(path)
        assert kept_secret(path) == first
        assert len(first) >= 50
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_leaves_nothing_else_behind(self, tmp_path):
        kept_secret(tmp_path / "secret-key.txt")
        assert [path.name for path in tmp_path.iterdir()] == ["secret-key.txt"]

    def test_is_a_sentence_where_nothing_can_be_written(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(ImproperlyConfigured, match="VAR_DIR"):
            kept_secret(tmp_path / "file" / "secret-key.txt")


class TestKeepPrivate:
    def test_makes_a_database_that_only_its_owner_reads(self, tmp_path):
        keep_private(tmp_path / "newsroom.sqlite3")
        assert stat.S_IMODE((tmp_path / "newsroom.sqlite3").stat().st_mode) == 0o600

    def test_leaves_a_database_in_memory_and_one_that_is_there(self, tmp_path):
        (tmp_path / "there").write_bytes(b"kept")
        keep_private(tmp_path / "there")
        keep_private(":memory:")
        assert (tmp_path / "there").read_bytes() == b"kept"
        assert not Path(":memory:").exists()


class TestWritableFolder:
    def test_is_made_with_its_parents(self, tmp_path):
        assert writable_folder(tmp_path / "a" / "b").is_dir()

    def test_is_a_sentence_where_a_file_stands_in_its_way(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(ImproperlyConfigured, match="cannot be written to"):
            writable_folder(tmp_path / "file" / "var")
