"""Writes all pages, then whatever these name and nothing has written yet: pages of days, feeds, pictures,
style sheets."""

import itertools
import os
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import quote, unquote

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from articles.exporters.folder import Folder
from articles.exporters.pictures import Tell, write_file
from articles.exporters.redirects import write_redirects
from articles.models import Document
from articles.models.addresses.paths import SITE_FILES

from .pages import Pages, redirect_page
from .places import NAMES, asked_for, feed_file, place_of

FOLDER, DOCUMENTS = "site", "documents/"
NOT_FOUND = "/no-page-has-this-address/"
MOST_TOLD = 20


class Answer(NamedTuple):
    """What the site answers an anonymous reader. `leads_to` is where a redirect leads."""

    status: int
    content_type: str
    body: bytes
    leads_to: str = ""


# The path of an address, decoded → its answer; None if it cannot be rendered, which was told.
Ask = Callable[[str], Answer | None]


class Site:
    def __init__(self, folder: Folder, ask: Ask, address: str, tell: Tell, *, with_media: bool = True):
        self.folder, self.ask, self.tell, self.with_media = folder, ask, tell, with_media
        self.pages = Pages(address)
        self.root = folder.inside / FOLDER
        # Each is asked for once, however many pages link to it.
        self.dead: set[str] = set()

    def write(self, addresses: Iterable[str]) -> None:
        """Links are looked for when everything is there, in the files: a page may name a million others."""
        for address in itertools.chain(SITE_FILES, addresses):
            self.write_address(address)
        if found := self.ask(NOT_FOUND):
            self.put("404.html", self.adapted(found))
        for above, _, names in os.walk(self.root):
            for name in sorted(names):
                self.write_named_in(os.path.join(above, name))

    def write_address(self, address: str) -> list[str]:
        """Writes what is there, unless it is written. Answers the paths of new files."""
        if "?" in address or self.is_there(address):
            return []
        if address.startswith(settings.STATIC_URL):
            return self.write_static(address)
        if address.startswith(settings.MEDIA_URL + DOCUMENTS):
            return self.write_document(address)
        answer = self.ask(unquote(address))
        if answer is None or answer.status in (404, 410):
            return []
        if answer.leads_to:
            place = place_of(address)
            return self.put(place, redirect_page(feed_file(answer.leads_to)).encode()) if place else []
        place = place_of(address, answer.content_type)
        if place is None:
            return []
        written = self.put(place, self.adapted(answer))
        if answer.content_type in NAMES:
            page = redirect_page(feed_file(address), feed_type=answer.content_type)
            self.put(place_of(address), page.encode())
        return written

    def is_there(self, address: str) -> bool:
        """At the address itself, which may be that of a file, or as the page of a folder."""
        file = unquote(address).lstrip("/")
        place = place_of(address)
        return any((self.root / each).is_file() for each in (file, place) if each)

    def is_left_out(self, address: str) -> bool:
        return not self.with_media and address.startswith(settings.MEDIA_URL)

    def adapted(self, answer: Answer) -> bytes:
        if answer.content_type != "text/html":
            return answer.body
        return self.pages.adapted(answer.body.decode()).encode()

    def write_static(self, address: str) -> list[str]:
        name = unquote(address.removeprefix(settings.STATIC_URL))
        if place_of(address, "") is None or not staticfiles_storage.exists(name):
            return []
        with staticfiles_storage.open(name) as file:
            return self.put(unquote(address).lstrip("/"), file.read())

    def write_document(self, address: str) -> list[str]:
        name = unquote(address.removeprefix(settings.MEDIA_URL))
        place = unquote(address).lstrip("/")
        if not Document.objects.filter(file=name).exists():
            return []
        write_file(self.folder, f"{FOLDER}/{place}", name, f"/{place}", self.tell)
        return [str(self.root / place)] if (self.root / place).is_file() else []

    def put(self, place: str, data: bytes) -> list[str]:
        """A page whose name the disk does not take is named, and stops nothing."""
        try:
            self.folder.put(f"{FOLDER}/{place}", data)
        except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
            self.tell(f"/{place} is left out: {error.strerror}.")
            return []
        return [str(self.root / place)]

    def write_named_in(self, file: str) -> None:
        """What the file names, and what that names again."""
        waiting = [file]
        while waiting:
            file = waiting.pop()
            is_html, text = file.endswith((".html", ".htm")), text_of(file)
            for address in dict.fromkeys(self.pages.named_in(text, is_html=is_html)):
                if self.is_there(address) or self.is_left_out(address):
                    continue
                written = [] if address in self.dead else self.write_address(asked_for(address))
                waiting += written
                if not written and not self.is_there(address):
                    self.dead.add(address)
                    self.say_dead(address, file)

    def say_dead(self, address: str, file: str) -> None:
        """A link that leads nowhere on the site either."""
        self.folder.counts["dead links"] += 1
        if self.folder.counts["dead links"] <= MOST_TOLD:
            page = os.path.relpath(file, self.root).removesuffix("index.html")
            self.tell(f"/{page} links to {quote(address, safe='/%')}, and there is nothing.")


def text_of(file: str) -> str:
    """Empty for pictures and the like."""
    if not file.endswith((".html", ".htm", ".xml", ".json", ".md", ".txt", ".css", ".webmanifest")):
        return ""
    with open(file, encoding="utf-8", errors="replace") as opened:
        return opened.read()


def write_site(
    folder: Folder,
    addresses: Iterable[str],
    ask: Ask,
    *,
    address: str,
    tell: Tell,
    with_media: bool = True,
) -> None:
    """`addresses` are those of all pages; `address` is that of the site."""
    Site(folder, ask, address, tell, with_media=with_media).write(addresses)
    write_redirects(folder, csv_name="redirects.csv", map_name="redirects.map")
