import pytest
from environs import ValidationError

from newsroom.configuration.stores import CACHE_CONTROL, check_api, check_token, parse_stores


class TestParseStores:
    def test_takes_addresses_of_hosts(self):
        said = "http://127.0.0.1:6081/, https://[2001:db8::1]:6081,"
        assert parse_stores(said) == ["http://127.0.0.1:6081", "https://[2001:db8::1]:6081"]

    @pytest.mark.parametrize(
        "wrong",
        ["127.0.0.1:6081", "varnish", "http://", "http://a:0", "http://a:b", "http://a b", "http://a/b"],
    )
    def test_names_every_one_that_is_none(self, wrong):
        with pytest.raises(ValidationError) as refused:
            parse_stores(f"{wrong},http://a,no")
        assert refused.value.messages[0].startswith(f"holds {wrong!r}, 'no'; write addresses")


class TestCheckApi:
    @pytest.mark.parametrize("right", ["", "https://cdn.example.org/v4/purge?zone=1"])
    def test_passes_an_address_and_none(self, right):
        check_api(right)

    def test_says_what_to_write_and_repeats_no_key(self):
        with pytest.raises(ValidationError) as refused:
            check_api("cdn.example.org/key-5f2a")
        assert refused.value.messages == ["is no address; write one like https://cdn.example.org/purge."]


class TestCheckToken:
    def test_passes_what_a_header_can_carry(self):
        check_token("aZ09-._~+/=")

    @pytest.mark.parametrize("wrong", ["two words", "ü", " "])
    def test_refuses_the_rest_and_repeats_none_of_it(self, wrong):
        with pytest.raises(ValidationError, match="^holds a space or a letter that no header can carry"):
            check_token(wrong)


class TestCacheControl:
    @pytest.mark.parametrize(
        "right", ["no-store", "public, max-age=0, must-revalidate", "public,s-maxage=60,stale-if-error=86400"]
    )
    def test_knows_what_http_knows(self, right):
        assert CACHE_CONTROL.match(right)

    @pytest.mark.parametrize(
        "wrong", ["", "max-agee=0", "max-age", "max-age=soon", 'public"; evil', "public max-age=0", "public,"]
    )
    def test_knows_nothing_else(self, wrong):
        assert not CACHE_CONTROL.match(wrong)
