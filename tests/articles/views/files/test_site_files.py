import datetime
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import time_machine
from django.conf import settings
from django.test import SimpleTestCase, TestCase, override_settings

from articles.models.addresses.paths import (
    APPLE_TOUCH_ICON,
    BREAKING,
    FAVICON,
    LLMS,
    MANIFEST,
    SECURITY,
    SITE_FILES,
)
from articles.views.files.site_files import good_until
from tests import factories


def saying(**values):
    return override_settings(SITE_FILES={**settings.SITE_FILES, **values})


class SiteFilesTests(SimpleTestCase):
    """They ask no database, which SimpleTestCase forbids."""

    def test_icons_are_pictures_without_a_charset(self):
        for address, kind in ((FAVICON, "image/x-icon"), (APPLE_TOUCH_ICON, "image/png")):
            response = self.client.get(address)
            self.assertEqual(response["Content-Type"], kind)
            self.assertEqual(response["Cache-Control"], settings.PRESS["CACHE_CONTROL"])
            again = self.client.get(address, headers={"if-none-match": response["ETag"]})
            self.assertEqual(again.status_code, 304)

    def test_the_manifest_names_the_paper_and_icons_that_are_there(self):
        response = self.client.get(MANIFEST)
        self.assertEqual(response["Content-Type"], "application/manifest+json; charset=utf-8")
        facts = json.loads(response.content)
        self.assertEqual((facts["name"], facts["start_url"], facts["dir"]), ("The Newsroom", "/", "ltr"))
        self.assertEqual({icon.get("purpose") for icon in facts["icons"]}, {None, "maskable"})
        for icon in facts["icons"]:
            self.assertEqual(self.client.get(icon["src"])["Content-Type"], icon["type"])

    def test_each_is_at_its_address_or_a_short_404(self):
        for address in set(SITE_FILES) - {LLMS, BREAKING}:
            with self.subTest(address):
                response = self.client.get(address)
                if response.status_code != 200:
                    self.assertEqual(response.status_code, 404)
                    self.assertLess(len(response.content), 100)

    def test_others_of_that_kind_are_404s_of_a_few_bytes(self):
        for address in (
            "/apple-touch-icon-precomposed.png",
            "/apple-touch-icon-120x120.png",
            "/app-ads.txt",
            "/browserconfig.xml",
            "/sw.js",
            "/README.md",
            "/manifest.webmanifest",
            "/favicon.png",
            "/.well-known/change-password",
            "/.well-known/acme-challenge/x",
            "/.well-known/",
            "/world/favicon.ico",
        ):
            with self.subTest(address):
                response = self.client.get(address)
                self.assertEqual(response.status_code, 404)
                self.assertLess(len(response.content), 100)

    def test_texts_are_those_of_the_operator(self):
        with TemporaryDirectory() as folder:
            file = Path(folder, "ads.txt")
            file.write_text("example.com, 1, DIRECT # ä\n", encoding="utf-8")
            with saying(ADS=file, HUMANS=file):
                for address in ("/ads.txt", "/humans.txt"):
                    response = self.client.get(address)
                    self.assertEqual(response.content.decode(), "example.com, 1, DIRECT # ä\n")
                    self.assertEqual(response["Content-Type"], "text/plain; charset=utf-8")


class SecurityTests(SimpleTestCase):
    def test_is_not_there_without_a_contact(self):
        self.assertEqual(self.client.get(SECURITY).status_code, 404)

    def test_says_whom_to_tell_and_until_when_that_holds(self):
        said = saying(
            SECURITY_CONTACTS=["mailto:security@example.org", "https://example.org/report"],
            SECURITY_POLICY="https://example.org/policy",
        )
        with said, time_machine.travel(datetime.datetime(2026, 6, 10, tzinfo=datetime.UTC), tick=False):
            text = self.client.get(SECURITY).content.decode()
        self.assertEqual(
            text.splitlines(),
            [
                "Contact: mailto:security@example.org",
                "Contact: https://example.org/report",
                "Expires: 2027-01-01T00:00:00Z",
                "Preferred-Languages: en",
                "Canonical: http://localhost:8000/.well-known/security.txt",
                "Policy: https://example.org/policy",
            ],
        )

    def test_holds_for_half_a_year_at_least_and_less_than_a_year(self):
        day = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
        for number in range(800):
            now = day + datetime.timedelta(days=number)
            self.assertLess(datetime.timedelta(180), good_until(now) - now)
            self.assertLess(good_until(now) - now, datetime.timedelta(365))


class LlmsTests(TestCase):
    def test_leads_to_the_sections_and_to_all_stories(self):
        world = factories.section("World [and sea]", slug="world")
        factories.published_article(section=factories.section("Harbours", parent=world))
        factories.page("About")
        with self.assertNumQueries(1):
            response = self.client.get(LLMS)
        self.assertEqual(response["Content-Type"], "text/plain; charset=utf-8")
        lines = response.content.decode().splitlines()
        self.assertEqual(lines[:3], ["# The Newsroom", "", "> News, plainly told"])
        for line in (
            r"- [World \[and sea\]](http://localhost:8000/world/)",
            "- [Harbours](http://localhost:8000/world/harbours/)",
            "- [Sitemap](http://localhost:8000/sitemap.xml)",
            "- [About](http://localhost:8000/about/)",
        ):
            self.assertIn(line, lines)
        for address in [line.partition("(")[2].strip(")") for line in lines if "](" in line]:
            path = address.rpartition("(")[2].removeprefix("http://localhost:8000")
            self.assertEqual(self.client.get(path).status_code, 200, path)
