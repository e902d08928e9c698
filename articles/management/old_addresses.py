"""Asks the site for old addresses, and says of each what is wrong with it, if anything is."""

import http.client
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client

from articles.conf import paper
from articles.documents import SHAPE
from articles.models.addresses.paths import with_query
from articles.press.serve.negotiation import asks_for_another_page
from articles.press.shelf.addresses import has_place
from articles.press.shelf.files import the_shelf
from articles.press.shelf.interface import Shelf

GONE = "410"
NOT_FOUND = "answers 404"
# What readers may be sent on to, and a page.
MOVED, FOUND = (301, 308), 200
# So many pages are remembered.
MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str = ""
    text: str = ""


Ask = Callable[[str], Answer]


def in_process() -> Ask:
    """Asks without a server: the shelf, and the site for what is not printed, as a server does."""
    site, shelf = urlsplit(paper().url), the_shelf()
    client = Client(raise_request_exception=False, HTTP_HOST=site.netloc)

    def ask(address: str) -> Answer:
        path, _, query = address.partition("?")
        if is_document(path):
            # The server answers these from their files, without Django.
            return Answer(FOUND)
        if printed := on_shelf(shelf, path, query):
            return printed
        wire = unquote(path, "latin-1")
        found = client.get("/", PATH_INFO=wire, QUERY_STRING=query, secure=site.scheme == "https")
        return Answer(found.status_code, found.get("Location", ""), found.content.decode(errors="replace"))

    return ask


def on_shelf(shelf: Shelf, path: str, query: str) -> Answer | None:
    path = unquote(path)
    if asks_for_another_page(query) or not has_place(path):
        return None
    page = shelf.read(path)
    if page is None:
        return None
    location = with_query(page.leads_to, query) if page.leads_to else ""
    return Answer(page.status, location, page.body.decode(errors="replace"))


def is_document(path: str) -> bool:
    name = path.removeprefix(settings.MEDIA_URL)
    return name != path and re.fullmatch(SHAPE, name) is not None and default_storage.exists(name)


def over_http(base: str) -> Ask:
    """Asks the server at that address, by one connection."""
    site = urlsplit(base)
    kind = http.client.HTTPSConnection if site.scheme == "https" else http.client.HTTPConnection
    connection = kind(site.netloc, timeout=30)

    def ask(address: str) -> Answer:
        connection.request("GET", quote(address, safe="/%?=&;:+,@!$'()*~"))
        found = connection.getresponse()
        text = found.read().decode(errors="replace")
        location = (found.getheader("Location") or "").removeprefix(f"{site.scheme}://{site.netloc}")
        return Answer(found.status, location, text)

    return ask


class Check:
    """A page at which several addresses end is asked for once. They stand close together in the list, so the
    last pages are enough; all pages of a large site would not fit into memory."""

    def __init__(self, ask: Ask):
        self.ask = ask
        self.page = lru_cache(maxsize=MOST_PAGES)(ask)

    def fault(self, address: str, *, end: str = "", words: str = "") -> str:
        """What is wrong with it; empty if it is well."""
        first = self.ask(address)
        there, last = address.partition("?")[0], first
        if first.status in MOVED:
            there = first.location
            if not there.startswith("/") or there.startswith("//"):
                return f"leads off the site, to {there}"
            last = self.page(there)
        if last.status in MOVED:
            return f"needs a second step, from {there} to {last.location}"
        if end == GONE:
            return "" if last.status == int(GONE) else f"answers {last.status} and not 410"
        if last.status != FOUND:
            return f"answers {last.status}"
        return fault_of_page(there, last.text, end, words)


def fault_of_page(there: str, text: str, end: str, words: str) -> str:
    path = there.partition("?")[0]
    if end and end not in (there, path):
        return f"leads to {there} and not to {end}"
    if path == "/" and end != "/":
        return "leads to the front page"
    if words and folded(words) not in folded(text):
        return f"leads to {there}, which does not have “{words}”"
    return ""


def folded(text: str) -> str:
    """Letters and digits only: quotes and spaces are set anew here."""
    return "".join(filter(str.isalnum, unescape(text).casefold()))
