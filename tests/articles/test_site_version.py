"""The rules of the reader's choice: whatever the cookie, whatever the page, whatever `next` says."""

import itertools

import pytest
from django.test import Client, TestCase
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.site_version import COOKIE, ONE_YEAR, SiteVersion, safe_next
from tests import corpora, factories

COOKIES = {
    None: SiteVersion.AUTOMATIC,
    "mobile": SiteVersion.MOBILE,
    "desktop": SiteVersion.DESKTOP,
    "automatic": SiteVersion.AUTOMATIC,
    "": SiteVersion.AUTOMATIC,
    "Desktop": SiteVersion.AUTOMATIC,
    "desktop ": SiteVersion.AUTOMATIC,
    '"><script>alert(1)</script>': SiteVersion.AUTOMATIC,
    "x" * 4000: SiteVersion.AUTOMATIC,
}


class TestFromCookie:
    @pytest.mark.parametrize(("value", "version"), COOKIES.items())
    def test_knows_its_own_values_and_no_others(self, value, version):
        assert SiteVersion.from_cookie(value) is version


class EveryPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        section = factories.section("World")
        article = factories.published_article(section=section, tags=("coast",), authors=[factories.author()])
        gone = factories.published_article(section=section)
        publishing.withdraw(gone, by=None)
        factories.page("About")
        month = f"{article.address_date:%Y/%m}/"
        cls.pages = {
            "/": 200,
            "/world/": 200,
            "/tag/coast/": 200,
            "/author/mara-ellis/": 200,
            f"/{month}": 200,
            f"/world/{month}": 200,
            "/about/": 200,
            article.get_absolute_url(): 200,
            gone.get_absolute_url(): 410,
            "/nowhere/": 404,
        }

    def test_the_page_follows_the_cookie(self):
        for (address, status), (cookie, version) in itertools.product(self.pages.items(), COOKIES.items()):
            with self.subTest(address=address, cookie=cookie and cookie[:20]):
                response = self.answer(address, cookie)
                self.assertEqual(response.status_code, status)
                page = LexborHTMLParser(response.text)
                shown = page.css_first("html").attributes.get("data-site-version")
                self.assertEqual(shown, version.value if version.is_chosen else None)
                self.assertEqual(
                    page.css_first("meta[name=viewport]").attributes["content"], version.viewport
                )

    def test_one_readers_choice_is_never_kept_for_another(self):
        for address, cookie in itertools.product(self.pages, (None, "mobile", "desktop", "automatic")):
            with self.subTest(address=address, cookie=cookie):
                kept = self.answer(address, cookie)["Cache-Control"]
                self.assertIn("private" if cookie in {"mobile", "desktop"} else "public", kept)
                self.assertNotIn("private, public", kept)

    def test_no_browser_keeps_a_page_without_asking(self):
        for address in self.pages:
            self.assertIn("max-age=0, must-revalidate", self.answer(address, None)["Cache-Control"])

    def test_each_choice_has_an_etag_of_its_own(self):
        for address, status in self.pages.items():
            if status == 200:
                with self.subTest(address):
                    etags = [self.answer(address, cookie)["ETag"] for cookie in (None, "mobile", "desktop")]
                    self.assertEqual(len(set(etags)), 3)
                    for etag, cookie in zip(etags, (None, "mobile", "desktop"), strict=True):
                        again = self.answer(address, cookie, headers={"if-none-match": etag})
                        self.assertEqual((again.status_code, again.content), (304, b""))
                    other = self.answer(address, "mobile", headers={"if-none-match": etags[2]})
                    self.assertEqual(other.status_code, 200)

    def test_every_page_has_the_form_outside_the_story(self):
        for address in self.pages:
            with self.subTest(address):
                page = LexborHTMLParser(self.answer(address, None).text)
                nav = page.css_first('nav[aria-label="Site version"][data-nosnippet]')
                form = nav.css_first('form[method=post][action="/site-version/"]')
                self.assertEqual(form.css_first("input[name=next]").attributes["value"], address)
                values = [button.attributes["value"] for button in form.css("button[name=version]")]
                self.assertEqual(values, ["desktop", "mobile", "automatic"])
                self.assertIsNone(page.css_first("article .site-version"))

    def test_no_reader_page_sets_a_cookie_or_varies_with_one(self):
        for address in self.pages:
            with self.subTest(address):
                response = self.answer(address, "mobile")
                self.assertFalse(response.cookies)
                self.assertEqual(response["Vary"], "Accept-Encoding")

    def answer(self, address, cookie, **more):
        client = Client()
        if cookie is not None:
            client.cookies[COOKIE] = cookie
        return client.get(address, **more)


class ChoosingTests(TestCase):
    def choose(self, client=None, **data):
        return (client or self.client).post("/site-version/", data)

    def test_is_stored_for_a_year_and_leads_back(self):
        response = self.choose(version="desktop", next="/world/?page=2")
        self.assertEqual((response.status_code, response["Location"]), (303, "/world/?page=2"))
        cookie = response.cookies[COOKIE]
        self.assertEqual(cookie.value, "desktop")
        self.assertEqual(
            (cookie["max-age"], cookie["path"], cookie["samesite"], cookie["secure"], cookie["httponly"]),
            (ONE_YEAR, "/", "Lax", "", ""),
        )
        self.assertEqual((response["Cache-Control"], response["X-Robots-Tag"]), ("no-store", "noindex"))

    def test_is_secure_where_the_site_is(self):
        response = self.client.post("/site-version/", {"version": "mobile"}, secure=True)
        self.assertTrue(response.cookies[COOKIE]["secure"])

    def test_automatic_forgets_it(self):
        self.choose(version="desktop")
        response = self.choose(version="automatic", next="/")
        self.assertEqual((response.cookies[COOKIE].value, response.cookies[COOKIE]["max-age"]), ("", 0))
        self.assertNotIn(COOKIE, {name for name, morsel in self.client.cookies.items() if morsel.value})

    def test_what_is_no_choice_changes_nothing(self):
        for version in ("", "Desktop", "wide", "x" * 5000, "\x00", "desktop\r\nSet-Cookie: a=b"):
            with self.subTest(version[:10]):
                response = self.choose(version=version, next="/world/")
                self.assertEqual((response.status_code, response["Location"]), (303, "/world/"))
                self.assertFalse(response.cookies)

    def test_needs_no_token(self):
        response = self.choose(Client(enforce_csrf_checks=True), version="mobile", next="/")
        self.assertEqual(response.status_code, 303)

    def test_whoever_opens_the_address_gets_the_front(self):
        response = self.client.get("/site-version/?next=/world/")
        self.assertEqual((response.status_code, response["Location"]), (303, "/"))
        self.assertFalse(response.cookies)

    def test_other_methods_are_refused(self):
        self.assertEqual(self.client.put("/site-version/").status_code, 405)

    def test_a_broken_form_is_no_error_of_ours(self):
        for body, kind in (
            (b"\xff\xfe", "application/x-www-form-urlencoded"),
            (b"next=%ff%fe", "application/x-www-form-urlencoded"),
            (b"--x", "multipart/form-data; boundary=x"),
            (b"{}", "application/json"),
        ):
            with self.subTest(body=body):
                response = self.client.generic("POST", "/site-version/", body, content_type=kind)
                self.assertIn(response.status_code, {303, 400})


class TestSafeNext:
    @pytest.mark.parametrize(
        "address",
        ["/", "/world/", "/world/?page=2&q=a%20b", "/%D0%BC%D0%B8%D1%80/", "/a//b/", "/x" + "y" * 1998],
    )
    def test_keeps_a_path_of_this_site(self, address):
        assert safe_next(address) == address

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "world/",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "https:/evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n/evil.example",
            "/world/\r\nSet-Cookie: a=b",
            "/\x00/",
            "/\u2028/",
            " //evil.example",
            "/x" + "y" * 1999,
        ],
    )
    def test_leads_to_the_front_instead_of_elsewhere(self, address):
        assert safe_next(address) == "/"


class OpenRedirectTests(TestCase):
    def test_no_collected_payload_leads_off_the_site(self):
        payloads = corpora.sample(corpora.redirects(), every=3)
        self.assertGreater(len(payloads), 80)
        for payload in payloads:
            for given in (payload, "/" + payload, payload.replace("www.whitelisteddomain.tld", "testserver")):
                with self.subTest(given):
                    data = {"version": "mobile", "next": given.encode(errors="replace")}
                    location = self.client.post("/site-version/", data)["Location"]
                    self.assertTrue(location.startswith("/"))
                    self.assertFalse(location.replace("\\", "/").startswith("//"))
                    self.assertTrue(location.isprintable())
