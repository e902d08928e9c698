"""Counts how often articles are opened, in memory, and writes it down about once a minute.

The page of an article names its own address in a request without a body (static/js/enhancements/read.js).
Of the request only that address is kept; its headers are looked at to tell robots from readers. Where nginx
stands in front, it answers these requests and the press reads its log (articles/press/reads/).
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from django.utils import timezone

from articles.http.robot_names import is_robot
from articles.models.addresses.paths import READ, date_and_slug
from articles.press.shelf.addresses import has_place
from articles.press.shelf.interface import Shelf
from articles.publishing.counting.reads import write_reads

from .application import Application, Environ, StartResponse
from .counting import RegularWrites, Tally

MOST = 5_000  # articles between two writes; more are left out
# What a browser says of a request that a page of ours makes; older ones say nothing.
OWN = ("", "same-origin")


class ReadArticles:
    """The WSGI application in it, and the articles that its readers have opened."""

    def __init__(self, application: Application, shelf: Shelf | None) -> None:
        """Without a shelf nothing is printed, and nothing is counted."""
        self.application = application
        self.shelf = shelf
        self.tally = Tally(MOST)
        self.writes = RegularWrites(write_reads_now, self.tally, name="reads")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "POST" or not path.startswith(f"{READ}/"):
            return self.application(environ, start_response)
        if self.shelf and not is_robot(environ.get("HTTP_USER_AGENT", "")) and is_own(environ):
            self.note(path.removeprefix(READ), self.shelf)
        start_response("204 No Content", [("Cache-Control", "no-store")])
        return [b""]

    def note(self, spelt: str, shelf: Shelf) -> None:
        path = printed_article(spelt, shelf)
        if path is not None:
            self.tally.note(path)
            self.writes.begin()


def write_reads_now(counts: Counter[str]) -> None:
    write_reads(counts, timezone.now())


def is_own(environ: dict[str, Any]) -> bool:
    return environ.get("HTTP_SEC_FETCH_SITE", "") in OWN


def printed_article(spelt: str, shelf: Shelf) -> str | None:
    """The address, if an article stands there on the shelf. So invented addresses take no room."""
    try:
        path = unquote(spelt.encode("latin-1").decode(), errors="strict")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None
    return path if date_and_slug(path) and has_place(path) and shelf.status_at(path) == 200 else None
