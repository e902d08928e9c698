"""Counts in memory how often readers have followed redirects, and at which addresses they have found nothing,
and writes it down about once a minute.

Nothing is noted but the path, and the number in an address like /?cat=5: no reader, no other query, no
referrer. What is not counted: visits that a store or nginx in front answers by itself, as nginx does at
addresses that are gone, and the last minute of a server that stops.
"""

from typing import Any

from django.utils.encoding import iri_to_uri

from articles.models.addresses.paths import ASKED_AFRESH, may_have_been_a_page, numbered
from articles.publishing.counting.visits import write_visits

from .application import Application, Environ, StartResponse
from .counting import RegularWrites, Tally

MOST = 1_000  # addresses between two writes; more are left out
LONGEST = 300  # characters; a longer address was typed by no reader
FOLLOWED, MISSED = ("301", "410"), ("404",)


class Visits:
    """The WSGI application in it, and the visits of its redirects and of addresses without a page."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.followed, self.missed = Tally(MOST), Tally(MOST)
        self.writes = RegularWrites(write_visits, self.followed, self.missed, name="visits")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Any:
        def start(status: str, *more: Any) -> Any:
            if status[:3] in FOLLOWED or status[:3] in MISSED:
                self.note(status[:3], environ)
            return start_response(status, *more)

        return self.application(environ, start)

    def note(self, status: str, environ: Environ) -> None:
        path = path_of(environ)
        if path is None:
            return
        (self.missed if status in MISSED else self.followed).note(path)
        self.writes.begin()


def path_of(environ: Environ) -> str | None:
    """The address, encoded; None if it is not counted: no reader has asked for it, or it may say who did."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    try:
        path = environ["PATH_INFO"].encode("latin-1").decode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None
    before, *words = path.split("/")
    if before or "@" in path or not words or words[0] in ASKED_AFRESH or (words[0] == "" and words[1:]):
        return None
    if not may_have_been_a_page(path) or any(not character.isprintable() for character in path):
        return None
    # Such a number is no reader's. Anything else in the query may be, and is left out.
    uri = numbered(path, environ.get("QUERY_STRING", "")) or iri_to_uri(path)
    return uri if len(uri) <= LONGEST else None
