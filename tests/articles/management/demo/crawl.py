"""Follows every link of a site: to pages, parts of pages, pictures, feeds, files."""

import re
from collections import defaultdict
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from selectolax.lexbor import LexborHTMLParser

SITE = settings.NEWSROOM["URL"]
# Elements with an address, and the attribute that has it.
ADDRESSES = {
    "a[href]": "href",
    "link[href]": "href",
    "img[src]": "src",
    "script[src]": "src",
    "form[action]": "action",
    "meta[property='og:image']": "content",
}
# The choice of the site version answers with the way back to the page.
NO_PAGES = ("/admin/", "/site-version/")
# Made on request out of pictures, each in some tenths of a second: the tests of renditions ask for them.
PICTURES = urlsplit(settings.MEDIA_URL).path
# Addresses that the crawl begins with, because only robots are led to them.
STARTS = (
    "/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-news.xml",
    "/llms.txt",
    "/site.webmanifest",
    "/search/?q=wall",
)


class Crawl:
    def __init__(self, client):
        self.client = client
        self.waiting = list(STARTS)
        # Address → where it was found first; page → its ids; page → (id, where it was named).
        self.found = dict.fromkeys(STARTS, "")
        self.ids, self.parts = {}, defaultdict(set)
        self.broken = []

    def run(self):
        while self.waiting:
            self.visit(self.waiting.pop())
        for path, named in self.parts.items():
            for part, page in named:
                if path in self.ids and part not in self.ids[path]:
                    self.broken.append(f"{page} leads to {path}#{part}, and there is no such part")
        return self

    def visit(self, path):
        if path.startswith(settings.STATIC_URL):
            if finders.find(path.removeprefix(settings.STATIC_URL)) is None:
                self.broken.append(f"{self.found[path]} leads to {path}, and there is no such file")
            return
        answer = self.client.get(path)
        if answer.status_code != 200:
            self.broken.append(f"{self.found[path]} leads to {path}: {answer.status_code}")
            return
        kind = answer.get("Content-Type", "").partition(";")[0]
        if kind == "text/html":
            self.read_page(path, answer.content)
        elif kind in ("application/xml", "text/plain", "text/markdown"):
            for address in re.findall(rf"{SITE}[^\s<>\"')\]]*", answer.content.decode()):
                self.add(path, address)

    def read_page(self, path, html):
        page = LexborHTMLParser(html)
        self.ids[path] = {each.attributes["id"] for each in page.css("[id]")}
        for selector, attribute in ADDRESSES.items():
            for each in page.css(selector):
                self.add(path, each.attributes[attribute] or "")
        for each in page.css("[srcset]"):
            for candidate in each.attributes["srcset"].split(","):
                self.add(path, candidate.split()[0])

    def add(self, page, address):
        parts = urlsplit(urljoin(SITE + page, address))
        if f"{parts.scheme}://{parts.netloc}" != SITE or parts.path.startswith((*NO_PAGES, PICTURES)):
            return
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if parts.fragment:
            self.parts[path].add((unquote(parts.fragment), page))
        if path not in self.found:
            self.found[path] = page
            self.waiting.append(path)
