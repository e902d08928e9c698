"""PICTURES_HOST: readers load pictures from another host, a CDN that asks the site."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from django.test import TestCase, override_settings
from selectolax.lexbor import LexborHTMLParser

from articles.exporters.folder import Folder
from articles.exporters.static import Answer, Site
from articles.models.addresses.paths import OEMBED, feed_addresses, twin_address
from tests import factories
from tests.articles.exporters.exported import folder_of
from tests.articles.own_policy import own_policy

HOST = "https://pictures.example.org"
NAMED = re.compile(r"[^\s\"'<>(,=]*/media/renditions/[^\s\"'<>),]+")
ASKED = """
from django.conf import settings
import django; django.setup()
from articles.middleware.headers import DESK_POLICY
print(settings.PICTURES_URL, DESK_POLICY, sep="\\n")
"""


@override_settings(PICTURES_URL=f"{HOST}/media/")
class PicturesHostTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.image = factories.image()
        shown = f'<p>Text.</p><figure><img data-image="{cls.image.pk}"></figure>'
        author = factories.author(portrait=cls.image)
        cls.article = factories.published_article(
            headline="The wall", body=shown, lead_image=cls.image, authors=[author]
        )

    def named(self, address):
        """The addresses of pictures that the answer names, which is at least one."""
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, address)
        text = response.content.decode().replace("\\/", "/")
        found = NAMED.findall(text)
        self.assertTrue(found, address)
        return found

    def test_stands_before_every_picture_that_readers_programs_and_search_engines_are_named(self):
        day = self.article.address_date
        own = self.article.get_absolute_url()
        for address in (
            *("/", "/world/", own, "/author/mara-ellis/", f"/{day:%Y/%m}/"),
            *(*feed_addresses("/"), twin_address(own)),
            *(f"{OEMBED}?url=http://localhost:8000{own}", f"/sitemap-{day:%Y-%m}.xml"),
        ):
            with self.subTest(address):
                for each in self.named(address):
                    self.assertTrue(each.startswith(f"{HOST}/media/renditions/"), each)

    def test_stands_in_the_facts_for_search_engines_and_in_shared_links(self):
        page = LexborHTMLParser(self.client.get(self.article.get_absolute_url()).text)
        facts = json.loads(page.css_first('script[type="application/ld+json"]').text())
        facts = facts if isinstance(facts, list) else facts.get("@graph", [facts])
        (images,) = [each["image"] for each in facts if each["@type"] == "NewsArticle"]
        shared = page.css_first('meta[property="og:image"]').attributes["content"]
        for each in (*images, shared):
            self.assertTrue(each.startswith(f"{HOST}/media/renditions/"), each)

    def test_is_where_pages_may_load_pictures_from_and_nothing_else(self):
        for address in ("/", self.article.get_absolute_url(), "/nowhere/"):
            policy = own_policy(LexborHTMLParser(self.client.get(address).content.decode()))
            self.assertEqual(policy.pop("img-src"), ["'self'", HOST, "data:"])
            self.assertNotIn(HOST, str(policy))

    def test_leaves_the_files_that_the_press_makes_ahead_on_the_site(self):
        response = self.client.get(self.article.get_absolute_url())
        self.assertTrue(response.facts.pictures)
        for path in response.facts.pictures:
            self.assertTrue(path.startswith("renditions/"), path)

    def test_finds_each_picture_in_an_export_of_pages_because_it_asks_there(self):
        """Also where a page names it by the other host alone."""

        def ask(path):
            answer = self.client.get(path)
            kind = answer.headers.get("Content-Type", "").partition(";")[0]
            return Answer(answer.status_code, kind, answer.content, answer.headers.get("Location", ""))

        own, said = self.article.get_absolute_url(), []
        with Folder(folder_of(self) / "export") as folder:
            Site(folder, ask, "http://localhost:8000", said.append).write([own])
            page = (folder.inside / "site" / own.strip("/") / "index.html").read_text()
            named = set(NAMED.findall(page))
            self.assertGreater(len(named), 5)
            for address in named:
                self.assertTrue(address.startswith(HOST), address)
                self.assertTrue(
                    (folder.inside / "site" / address.removeprefix(f"{HOST}/")).is_file(), address
                )
        self.assertFalse([line for line in said if "/media/" in line], said)

    def test_is_set_by_the_environment_and_where_the_desk_may_load_pictures_from_too(self):
        said = subprocess.run(
            [sys.executable, "-c", ASKED],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PICTURES_HOST": HOST, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        self.assertEqual(said[0], f"{HOST}/media/")
        self.assertIn(f"img-src 'self' {HOST} data: blob:;", said[1])
