import gzip

import brotli
import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory, SimpleTestCase, TestCase, override_settings

from articles.http.content_policy import OF_PAGES
from articles.middleware.compression import Compression, accepted_encodings
from articles.middleware.headers import DESK_POLICY, SecurityHeaders, security_headers
from articles.middleware.hosts import UnknownProxy


class HeadersTests(TestCase):
    def test_can_be_had_as_data(self):
        response = self.client.get("/")
        for name, value in security_headers(OF_PAGES):
            with self.subTest(name):
                self.assertEqual(response[name], value)

    def test_the_other_headers_are_strict(self):
        response = self.client.get("/")
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertEqual(response["Referrer-Policy"], "strict-origin-when-cross-origin")
        self.assertEqual(response["Cross-Origin-Opener-Policy"], "same-origin")
        self.assertEqual(response["X-Frame-Options"], "DENY")
        self.assertIn("geolocation=()", response["Permissions-Policy"])

    @override_settings(
        SECURE_HSTS_SECONDS=3600, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=False
    )
    def test_an_https_site_says_that_it_stays_one(self):
        headers = dict(security_headers(OF_PAGES))
        self.assertEqual(headers["Strict-Transport-Security"], "max-age=3600; includeSubDomains")

    def test_browsers_lists_are_named_only_when_asked_for(self):
        for asked_for in (False, True):
            with (
                self.subTest(asked_for),
                override_settings(
                    SECURE_HSTS_SECONDS=3600,
                    SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
                    SECURE_HSTS_PRELOAD=asked_for,
                ),
            ):
                told = self.client_class().get("/", secure=True)["Strict-Transport-Security"]
                self.assertEqual("; preload" in told, asked_for)
                self.assertEqual(dict(security_headers(OF_PAGES))["Strict-Transport-Security"], told)

    def test_the_desk_has_a_policy_of_its_own(self):
        response = self.client.get("/admin/login/")
        self.assertEqual(response["Content-Security-Policy"], DESK_POLICY)
        self.assertNotIn("unsafe-eval", DESK_POLICY)

    def test_a_views_own_policy_stands(self):
        def view(request):
            return HttpResponse("x", headers={"Content-Security-Policy": "sandbox"})

        response = SecurityHeaders(view)(RequestFactory().get("/"))
        self.assertEqual(response["Content-Security-Policy"], "sandbox")


class CompressionTests(TestCase):
    def get(self, encodings, address="/"):
        return self.client.get(address, headers={"accept-encoding": encodings})

    def test_a_page_goes_out_as_the_reader_takes_it(self):
        plain = self.get("").content
        for encodings, encoding, unpack in (
            ("gzip, deflate, br, zstd", "br", brotli.decompress),
            ("gzip, br;q=0", "gzip", gzip.decompress),
            ("gzip;q=0.5", "gzip", gzip.decompress),
        ):
            with self.subTest(encodings):
                response = self.get(encodings)
                self.assertEqual(response["Content-Encoding"], encoding)
                self.assertEqual(int(response["Content-Length"]), len(response.content))
                self.assertEqual(unpack(response.content), plain)

    def test_who_takes_none_gets_none(self):
        for encodings in ("", "identity", "gzip;q=0, br;q=0.0", "*;q=0"):
            with self.subTest(encodings):
                self.assertNotIn("Content-Encoding", self.get(encodings).headers)

    def test_every_encoding_is_told_to_stores(self):
        for encodings in ("", "gzip", "br"):
            self.assertEqual(self.get(encodings)["Vary"], "Accept-Encoding")

    def test_one_etag_serves_all_encodings(self):
        etag = self.get("br")["ETag"]
        self.assertEqual(self.get("gzip")["ETag"], etag)
        response = self.client.get("/", headers={"accept-encoding": "br", "if-none-match": etag})
        self.assertEqual((response.status_code, response.content), (304, b""))

    def test_the_desk_and_what_is_no_page_are_left_alone(self):
        self.assertNotIn("Content-Encoding", self.get("gzip", "/admin/login/").headers)
        self.assertNotIn("Content-Encoding", self.get("gzip", "/robots.txt").headers)
        short = Compression(lambda request: HttpResponse("short"))
        request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
        self.assertNotIn("Content-Encoding", short(request).headers)


class UnknownProxyTests(SimpleTestCase):
    HTTPS = {"x-forwarded-proto": "https"}

    def ask(self, middleware, **headers):
        middleware(RequestFactory().get("/admin/login/", headers=headers))

    @override_settings(SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=None)
    def test_is_named_once_in_the_log(self):
        middleware = UnknownProxy(lambda request: HttpResponse())
        with self.assertLogs("articles", "ERROR") as log:
            for _ in range(3):
                self.ask(middleware, **self.HTTPS)
        self.assertEqual(len(log.output), 1)
        self.assertIn("set BEHIND_PROXY=1", log.output[0])

    @override_settings(SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=None)
    def test_is_nobody_who_says_nothing_of_https(self):
        middleware = UnknownProxy(lambda request: HttpResponse())
        with self.assertNoLogs("articles", "ERROR"):
            self.ask(middleware)
            self.ask(middleware, **{"x-forwarded-proto": "http"})

    def test_is_not_looked_for_where_all_is_well(self):
        for said in (
            {"SECURE_SSL_REDIRECT": False},
            {"SECURE_SSL_REDIRECT": True, "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")},
        ):
            with override_settings(**said), self.assertRaises(MiddlewareNotUsed):
                UnknownProxy(lambda request: HttpResponse())


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("", {""}),
        ("gzip", {"gzip"}),
        ("GZip , BR;q=1", {"gzip", "br"}),
        ("gzip;q=0", set()),
        ("gzip; q = 0.000", set()),
        ("gzip;q=0.001", {"gzip"}),
        (";;,,;q=", {""}),
    ],
)
def test_encodings_are_read_with_their_weights(header, accepted):
    assert accepted_encodings(header) == accepted
