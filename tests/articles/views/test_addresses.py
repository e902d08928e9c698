"""Every address that the site builds or has built leads somewhere, and no address brings it down."""

import datetime
import re
import uuid

from django.test import TestCase
from django.urls import get_resolver, resolve

from articles.models.addresses.paths import FEEDS, RESERVED
from tests import factories


def on_the_wire(path):
    """As a server hands a path to Django: its bytes, read as Latin-1."""
    return path.encode(errors="surrogateescape").decode("latin-1")


# What programs ask for by its name.
FILES = {
    "/favicon.ico": "favicon",
    "/apple-touch-icon.png": "apple_touch_icon",
    "/icon-maskable.png": "icon_maskable",
    "/icon-192.png": "icon_192",
    "/icon-512.png": "icon_512",
    "/site.webmanifest": "manifest",
    "/ads.txt": "ads",
    "/indexnow.txt": "indexnow_key",
    "/llms.txt": "llms",
    "/humans.txt": "humans",
    "/breaking.js": "breaking_script",
    "/breaking.txt": "breaking",
    "/.well-known/security.txt": "security",
}


class BuiltAddressesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.section = factories.section("World")
        cls.article = factories.published_article(section=cls.section, tags=("coast",))

    def names(self):
        day = self.article.address_date
        return {
            "/": "front",
            "/most-read/": "most_read",
            self.section.get_absolute_url(): "section",
            factories.section("Harbours", parent=self.section).get_absolute_url(): "subsection",
            self.article.get_absolute_url(): "article",
            factories.article().get_absolute_url(): "preview",
            f"/preview/{'0' * 48}/": "draft_link",
            factories.tag("coast").get_absolute_url(): "tag",
            factories.author("علي بن علي").get_absolute_url(): "author",
            factories.page("About").get_absolute_url(): "section",
            f"/{day:%Y/%m}/": "paper_month",
            f"/{day:%Y/%m/%d}/": "paper_day",
            f"/{day:%Y/%m/%d}/older/7/": "paper_day_older",
            f"/world/{day:%Y/%m}/": "section_month",
            f"/world/{day:%Y/%m/%d}/": "section_day",
            f"/world/{day:%Y/%m/%d}/older/7/": "section_day_older",
            f"/world/harbours/{day:%Y/%m}/": "subsection_month",
            f"/world/harbours/{day:%Y/%m/%d}/": "subsection_day",
            f"/world/harbours/{day:%Y/%m/%d}/older/7/": "subsection_day_older",
            f"/tag/coast/{day:%Y/%m}/": "tag_month",
            f"/tag/coast/{day:%Y/%m/%d}/": "tag_day",
            f"/tag/coast/{day:%Y/%m/%d}/older/7/": "tag_day_older",
            f"/author/mara-ellis/{day:%Y/%m}/": "author_month",
            f"/author/mara-ellis/{day:%Y/%m/%d}/": "author_day",
            f"/author/mara-ellis/{day:%Y/%m/%d}/older/7/": "author_day_older",
            "/site-version/": "site_version",
            "/media/renditions/0/1-00000000-000000000000/720x480.avif": "rendition",
            "/health/live": "live",
            "/health/ready": "ready",
            "/robots.txt": "robots",
            **FILES,
            "/oembed": "oembed",
            f"/embed/{self.article.uid}/": "embed",
            "/media/renditions/0/h1-00000000-000000000000/1200x630.jpg": "card",
            f"{self.article.get_absolute_url()}index.md": "twin",
            "/about/the-team/history/": "page_below",
            "/archive/": "archive",
            "/search/": "search",
            "/search/suggestions/": "suggestions",
            "/2026/": "year",
            "/sitemap.xml": "sitemap",
            "/sitemap-pages.xml": "sitemap_lists",
            "/sitemap-pages-2.xml": "sitemap_lists_part",
            "/sitemap-news.xml": "sitemap_news",
            "/sitemap-2026-11.xml": "sitemap_month",
            "/sitemap-2026-11-2.xml": "sitemap_month_part",
            **{f"/{words}": f"paper_{form}" for form, words in FEEDS.items()},
            **{f"/tag/coast/{words}": f"tag_{form}" for form, words in FEEDS.items()},
            **{f"/author/mara-ellis/{words}": f"author_{form}" for form, words in FEEDS.items()},
            **{f"/world/{words}": f"section_{form}" for form, words in FEEDS.items()},
            **{f"/world/harbours/{words}": f"subsection_{form}" for form, words in FEEDS.items()},
            "/feed/rss2/": "feed_old",
            "/rss/": "rss",
            "/comments/feed/": "comments_feed",
        }

    def test_each_is_answered_by_the_view_it_is_meant_for(self):
        for address, name in self.names().items():
            with self.subTest(address):
                # As a request brings it: Django decodes the path before it is resolved.
                path = re.sub(
                    r"(?:%[0-9A-F]{2})+",
                    lambda found: bytes.fromhex(found[0].replace("%", "")).decode(),
                    address,
                )
                self.assertEqual(resolve(path).url_name, name)

    def test_every_pattern_is_among_them(self):
        patterns = {pattern.name for pattern in get_resolver("articles.urls").url_patterns}
        self.assertEqual(patterns, set(self.names().values()))

    def test_every_fixed_first_word_is_reserved(self):
        for pattern in get_resolver().url_patterns:
            for route in [pattern, *getattr(pattern, "url_patterns", ())]:
                first = re.match(r"[a-z-]+", str(route.pattern))
                if first and not hasattr(pattern, "app_name"):
                    with self.subTest(str(route.pattern)):
                        self.assertIn(first[0], RESERVED)
        self.assertIn("admin", RESERVED)


class SlashTests(TestCase):
    def test_an_address_without_its_slash_leads_to_the_one_with(self):
        section = factories.section("World")
        article = factories.published_article(section=section, tags=("coast",))
        month = f"/{article.publish_at:%Y/%m}"
        for address in ("/world", "/tag/coast", month, f"/world{month}"):
            with self.subTest(address):
                response = self.client.get(f"{address}?page=2")
                self.assertEqual(response.status_code, 301)
                self.assertEqual(response["Location"], f"{address}/?page=2")


class AmpLeftoversTests(TestCase):
    def test_an_amp_address_leads_to_the_page_itself(self):
        at = datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)
        section = factories.section("World")
        factories.published_article(section=section, slug="story", at=at)
        factories.published_article(section=factories.section("Мир", slug="мир"), slug="мир-а", at=at)
        for old, new in {
            "/amp/": "/",
            "/world/amp/": "/world/",
            "/2026/06/30/story/amp/": "/2026/06/30/story/",
            "/2026/06/30/amp/": "/2026/06/30/",
            "/?amp": "/",
            "/?amp=1": "/",
            "/world/?noamp=mobile": "/world/",
            "/world/?nonamp=1": "/world/",
            "/world/?amp=1&utm_source=x%20y&b": "/world/?utm_source=x%20y&b",
            "/world/amp/?a=1": "/world/?a=1",
            "/world/amp/?amp=1&a=1": "/world/?a=1",
            "/мир/amp/": "/%D0%BC%D0%B8%D1%80/",
        }.items():
            with self.subTest(old):
                path, _, query = old.partition("?")
                response = self.client.get("/", PATH_INFO=on_the_wire(path), QUERY_STRING=query)
                self.assertEqual((response.status_code, response["Location"]), (301, new))

    def test_other_parameters_are_not_touched(self):
        for query in ("camp=1", "amp=2", "page=2&campaign=amp", "lamp", "a=amp", "nonamp=2x", "Amp"):
            with self.subTest(query):
                response = self.client.get("/", QUERY_STRING=query)
                self.assertEqual(response.status_code, 200)

    def test_an_article_may_be_called_amp(self):
        article = factories.published_article(headline="AMP")
        self.assertEqual(article.slug, "amp")
        self.assertEqual(self.client.get(article.get_absolute_url()).status_code, 200)


class HostilePathsTests(TestCase):
    PATHS = [
        "//",
        "//evil.example/",
        "/\\evil.example/",
        "/\x00/",
        "/%00/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/../../etc/passwd",
        "/.;/admin/",
        "/world;a=b/",
        "/" + "a" * 8000 + "/",
        "/" + "a/" * 2000,
        "/2026/99/99/x/",
        "/2026/02/30/x/",
        "/tag/" + "9" * 400 + "/",
        "/2026/11/22/older/99999999999999999999/",
        "/2026/11/22/older/99999/",
        "/preview/not-a-number/",
        f"/preview/{uuid.UUID(int=0)}/",
        "/media/renditions/../../settings.py",
        "/media/renditions/0/1-00000000-000000000000/9999x9999.avif",
        "/media/masters/",
        "/<script>alert(1)</script>/",
        '/"onmouseover=alert(1) x="/',
        "/😀/",
        "/\udcff/",
        "/health/live/",
        "/robots.txt/",
    ]
    QUERIES = ["", "a=%00", "%", "=&=&&;", "next=//evil.example", "page=" + "9" * 5000, "\xff=\xfe"]

    def test_no_path_and_no_query_brings_it_down(self):
        factories.section("World")
        for path in self.PATHS:
            for query in self.QUERIES:
                with self.subTest(path=path[:60], query=query[:20]):
                    response = self.client.get("/", PATH_INFO=on_the_wire(path), QUERY_STRING=query)
                    self.assertIn(response.status_code, {200, 301, 302, 404})
                    location = response.get("Location", "/")
                    self.assertTrue(location.startswith("/") and not location.startswith(("//", "/\\")))
                    self.assertNotIn("<script>alert", response.content.decode(errors="replace"))
                    self.assertNotIn('"onmouseover=', response.content.decode(errors="replace"))

    def test_an_unknown_parameter_makes_no_other_page(self):
        page = self.client.get("/").content
        self.assertEqual(self.client.get("/?utm_source=mail&fbclid=1").content, page)

    def test_only_reading_is_allowed(self):
        for method in ("post", "put", "delete", "patch"):
            with self.subTest(method):
                self.assertEqual(getattr(self.client, method)("/").status_code, 405)
