import pytest

from articles.press.serve.negotiation import accepted_coding, asks_for_another_page, has_choice, is_unchanged


class TestAcceptedCoding:
    @pytest.mark.parametrize(
        ("header", "coding"),
        [
            ("", ""),
            ("gzip", "gzip"),
            ("gzip, deflate, br, zstd", "br"),
            ("br;q=0.5, gzip;q=0.8", "gzip"),
            ("br;q=0, gzip;q=0", ""),
            ("br;q=0, *", "gzip"),
            ("*", "br"),
            ("*;q=0", ""),
            ("identity", ""),
            ("GZIP ; Q=1.000", "gzip"),
            ("x-gzip", "gzip"),
            ("gzip;q=nonsense", ""),
            ("gzip;q=7", ""),
            ("gzip;q=0.000", ""),
            ("," * 5000, ""),
        ],
    )
    def test_follows_the_clients_qualities_and_prefers_brotli(self, header, coding):
        assert accepted_coding(header) == coding


class TestAsksForAnotherPage:
    @pytest.mark.parametrize(
        "query", ["p=7", "utm_source=x&page_id=3", "amp", "amp=1", "a=1;s=wall", "%70=7"]
    )
    def test_by_names_that_meant_another_page_on_older_sites(self, query):
        assert asks_for_another_page(query)

    @pytest.mark.parametrize(
        "query", ["utm_source=p", "fbclid=x", "page=2", "P=7", "=p", "pp=1", "x=%26p%3D7"]
    )
    def test_and_by_no_other(self, query):
        assert not asks_for_another_page(query)


class TestHasChoice:
    @pytest.mark.parametrize(
        "cookies", ["site_version=mobile", "a=b; site_version=desktop", "a=b;site_version="]
    )
    def test_is_the_cookie_of_that_name(self, cookies):
        assert has_choice(cookies)

    @pytest.mark.parametrize(
        "cookies", ["", "my_site_version=mobile", "site_versions=1", "a=xsite_version=mobile"]
    )
    def test_is_no_cookie_of_another_name(self, cookies):
        assert not has_choice(cookies)


class TestIsUnchanged:
    ETAG, MODIFIED = '"6b033917-1a6a"', 1_750_000_000

    @pytest.mark.parametrize(
        ("headers", "unchanged"),
        [
            ({}, False),
            ({"HTTP_IF_NONE_MATCH": '"6b033917-1a6a"'}, True),
            ({"HTTP_IF_NONE_MATCH": 'W/"6b033917-1a6a"'}, True),
            ({"HTTP_IF_NONE_MATCH": '"other", "6b033917-1a6a"'}, True),
            ({"HTTP_IF_NONE_MATCH": "*"}, True),
            ({"HTTP_IF_NONE_MATCH": '"other"'}, False),
            ({"HTTP_IF_NONE_MATCH": ""}, False),
            ({"HTTP_IF_MODIFIED_SINCE": "Sun, 15 Jun 2025 15:06:40 GMT"}, True),
            ({"HTTP_IF_MODIFIED_SINCE": "Sun, 15 Jun 2025 15:06:39 GMT"}, False),
            ({"HTTP_IF_MODIFIED_SINCE": "Sun, 99 Jun 2025 15:06:40 GMT"}, False),
            ({"HTTP_IF_MODIFIED_SINCE": "yesterday"}, False),
            # The tag goes first: a copy of another text is out of date whatever its age.
            (
                {"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": "Sun, 15 Jun 2025 15:06:40 GMT"},
                False,
            ),
        ],
    )
    def test_goes_by_the_tag_and_then_by_the_time(self, headers, unchanged):
        assert is_unchanged(headers, self.ETAG, self.MODIFIED) is unchanged
