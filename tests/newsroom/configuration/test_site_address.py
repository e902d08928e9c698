import pytest
from environs import ValidationError

from newsroom.configuration.site_address import (
    address_mistakes,
    as_browsers_say,
    is_local,
    parse_hosts,
    requested_host,
)


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
            ("https:/news.example.org", "https:/news.example.org"),
            ("", ""),
        ],
    )
    def test_a_host_has_one_spelling(self, said, asked):
        assert as_browsers_say(said) == asked


class TestAddressMistakes:
    @pytest.mark.parametrize(
        ("url", "hosts"),
        [
            ("http://localhost:8000", ["localhost"]),
            ("https://news.example.org:8443", ["www.example.org", "news.example.org"]),
            ("https://news.example.org", [".example.org"]),
            ("https://[2001:db8::1]", ["[2001:db8::1]"]),
            ("https://[2001:db8::1]:8443", ["[2001:db8::1]"]),
        ],
    )
    def test_finds_none_in_an_address_whose_host_is_among_the_hosts(self, url, hosts):
        assert list(address_mistakes(url, hosts)) == []

    @pytest.mark.parametrize(
        ("url", "instead"),
        [
            ("news.example.org", "like https://news.example.org"),
            ("http://[", "like https://news.example.org"),
            ("ftp://news.example.org", "like https://news.example.org"),
            ("https:/news.example.org", "like https://news.example.org"),
            ("https://news.example.org:port", "like https://news.example.org"),
            ("https://news.example.org:99999", "like https://news.example.org"),
            ("https://news.example.org:0", "like https://news.example.org"),
            ("", "like https://news.example.org"),
            ("https://news.example.org/paper", "write https://news.example.org and nothing behind"),
            ("https://news.example.org:8443/a/b", "write https://news.example.org:8443 and nothing"),
            ("https://news.example.org?a=b", "write https://news.example.org and nothing behind"),
            ("https://news.example.org#top", "write https://news.example.org and nothing behind"),
            ("https://ana:word@news.example.org", "write https://news.example.org and nothing behind"),
            ("https://zürich.example", "write xn--zrich-kva.example"),
            ("https://my_paper.example", "letters, digits, dots and hyphens"),
            ("https://news.example.org.", "letters, digits, dots and hyphens"),
            ("https://news example.org", "letters, digits, dots and hyphens"),
        ],
    )
    def test_says_what_to_write_instead_of_one_that_cannot_be_used(self, url, instead):
        (said,) = address_mistakes(url, ["news.example.org"])
        assert said.startswith("SITE_URL ")
        assert instead in said

    @pytest.mark.parametrize(
        ("url", "hosts", "instead"),
        [
            ("https://news.example.org", [], "news.example.org."),
            ("https://news.example.org", ["www.example.org"], "www.example.org,news.example.org."),
            ("https://[2001:db8::1]", ["example.org"], "example.org,[2001:db8::1]."),
        ],
    )
    def test_adds_the_sites_own_host_to_the_hosts(self, url, hosts, instead):
        (said,) = address_mistakes(url, hosts)
        assert said.endswith(f"write ALLOWED_HOSTS={instead}")


class TestParseHosts:
    def test_takes_names_addresses_and_all_below_a_name(self):
        said = "News.example.org, .example.org,,127.0.0.1,[::1], "
        assert parse_hosts(said) == ["News.example.org", ".example.org", "127.0.0.1", "[::1]"]

    @pytest.mark.parametrize(
        "wrong", ["https://a.example", "a.example:8000", "a.example b.example", "a/b", "::1", "ä.example"]
    )
    def test_names_every_one_that_no_request_can_ask_for(self, wrong):
        with pytest.raises(ValidationError) as refused:
            parse_hosts(f"{wrong},news.example.org,x_y")
        assert refused.value.messages[0].startswith(f"holds {wrong!r}, 'x_y'; write host names alone")

    def test_refuses_to_answer_to_any_name(self):
        with pytest.raises(ValidationError, match="list the host names"):
            parse_hosts("a.example,*")
