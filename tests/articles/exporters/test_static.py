"""The readers' pages on servers that know nothing of us: every link is followed."""

import datetime
import http.server
import re
import threading
import urllib.error
import urllib.request
from functools import partial
from html import unescape
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from django.core.management import call_command
from django.test import TransactionTestCase
from django.utils import timezone

from articles import publishing
from articles.models import OldAddress
from articles.publishing import BylineContent, Content
from articles.publishing.addresses.redirects import Wanted, save_redirect
from articles.publishing.sections import save_section
from tests import factories
from tests.articles.exporters.exported import folder_of
from tests.servers.nginx import Nginx

LINK = re.compile(r"<(?:a|link|img|script|source|iframe|meta)\b[^>]*>")
VALUE = re.compile(r'\b(?:href|src|srcset|content)=(?:"([^"]*)"|([^\s">]+))')
OURS = "http://localhost:8000"
PLAIN = "server { listen 127.0.0.1:{port}; root {folder}/site; index index.html; }"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class StaticTest(TransactionTestCase):
    def setUp(self):
        self.folder = folder_of(self)
        editor = factories.editor()
        section = factories.section("World")
        below = factories.section("Küste", parent=section)
        author = factories.author("Мария")
        image = factories.image()
        shown = f'<p>Text.</p><figure><img data-image="{image.pk}" alt="A wall"></figure>'
        for number in range(3):
            factories.published_article(
                headline=f"Story {number}",
                slug="стена" if not number else "",
                body=shown if number else "<p>A <a href='/about/'>link</a>.</p>",
                section=below if number else section,
                bylines=(BylineContent(author.pk),),
                tags=("coast",),
                lead_image=image if number else None,
                at=timezone.now() - number * datetime.timedelta(days=40),
            )
        self.draft = factories.article(headline="A secret draft", body="<p>secretword</p>")
        moved = factories.published_article(headline="Moved", slug="before", section=section)
        publishing.publish(moved, Content(**{**Content.of(moved).__dict__, "slug": "after"}), by=editor)
        withdrawn = factories.published_article(headline="Withdrawn", body="<p>secretword</p>")
        publishing.withdraw(withdrawn, by=editor)
        document = factories.document()
        factories.page("About", body=f'<p><a href="{document.get_absolute_url()}">Report</a></p>')
        save_redirect(Wanted("/old/page.html", "/about/"))
        save_redirect(Wanted("/old/gone.html"))
        OldAddress.objects.create(path="/?p=7", article=moved)
        section.slug = "wide-world"
        save_section(section)
        self.said = []

    def export(self):
        call_command("export", self.folder / "export", format="static", stdout=self, stderr=self)
        return self.folder / "export"

    def write(self, text, *_, **__):
        self.said.append(text)

    def isatty(self):
        return False

    def crawl(self, base):
        """Follows every link from the front page, the sitemap and the robots' file. Path → (status, type, text)."""
        waiting, seen = ["/", "/sitemap.xml", "/robots.txt", "/llms.txt"], {}
        while waiting:
            path = waiting.pop()
            if path in seen:
                continue
            seen[path] = self.get(base + path)
            for found in self.links(path, *seen[path][1:]):
                waiting.append(found)
        return seen

    def get(self, address):
        try:
            with urllib.request.urlopen(address) as answer:
                return (
                    answer.status,
                    answer.headers.get_content_type(),
                    answer.read().decode(errors="replace"),
                )
        except urllib.error.HTTPError as error:
            return error.code, "", ""

    def links(self, path, kind, text):
        values = re.findall(rf"{OURS}(/[^\s\"'<>)\\]*)?", text) if not kind.startswith("image/") else []
        if kind == "text/html":
            for tag in LINK.findall(text):
                for quoted, bare in VALUE.findall(tag):
                    value = unescape(quoted or bare)
                    if tag.startswith("<meta"):
                        value = value.partition("url=")[2]
                    values += (
                        [each.split()[0] for each in value.split(",") if each.strip()]
                        if " " in value
                        else [value]
                    )
        for value in values:
            address = urljoin(OURS + path, value)
            if address.startswith(OURS) and value and not urlsplit(value).scheme:
                yield urlsplit(address).path or "/"

    def assertNoBrokenLink(self, base):
        seen = self.crawl(base)
        broken = {path: answer[0] for path, answer in seen.items() if answer[0] != 200}
        self.assertEqual(broken, {})
        kinds = {kind for _, kind, _ in seen.values()}
        self.assertLessEqual({"text/html", "image/avif", "image/webp", "image/jpeg"} - {"image/avif"}, kinds)
        self.assertGreater(len(seen), 60)
        self.assertNotIn("secretword", "".join(text for _, _, text in seen.values()))
        return seen

    def test_a_plain_server_has_no_broken_link(self):
        root = self.export() / "site"
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        base = f"http://127.0.0.1:{server.server_port}"
        seen = self.assertNoBrokenLink(base)
        self.assertIn("/feed/index.xml", seen)
        self.assertIn("application/pdf", {kind for _, kind, _ in seen.values()})
        self.assertEqual(len(feedparser.parse(seen["/feed/index.xml"][2]).entries), 4)
        self.assertIn("/author/%D0%BC%D0%B0%D1%80%D0%B8%D1%8F/feed/index.xml", seen)
        # Former addresses lead on, and readers who subscribed to the old one of a feed are told of its file.
        for old, new in {
            "/old/page.html": "/about/",
            "/world/": "/wide-world/",
            "/feed/": "/feed/index.xml",
        }.items():
            self.assertIn(f"url={new}", self.get(base + old)[2], old)
        self.assertEqual(self.get(f"{base}/old/gone.html")[0], 404)
        self.assertFalse([line for line in self.said if "there is nothing" in line], self.said)
        pages = "".join(text for _, kind, text in seen.values() if kind == "text/html")
        self.assertNotIn("/search/", pages)
        # Nobody counts there what is opened.
        self.assertNotIn("sendBeacon", pages)

    @pytest.mark.nginx
    def test_nginx_without_rules_has_none_either(self):
        export = self.export()
        (export / "site").chmod(0o755)
        nginx = Nginx(self.folder / "nginx", PLAIN.replace("{folder}", str(export)))
        with nginx:
            self.assertNoBrokenLink(f"http://127.0.0.1:{nginx.port}")

    def test_without_pictures(self):
        call_command(
            "export", self.folder / "export", format="static", without_media=True, stdout=self, stderr=self
        )
        self.assertFalse((self.folder / "export" / "site" / "media").exists())
        self.assertTrue((self.folder / "export" / "site" / "index.html").exists())
