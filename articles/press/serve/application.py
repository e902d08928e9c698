"""WSGI: answers printed pages from the shelf without Django. All other requests go to the application.

`PrintedPages._is_for_the_application` says which requests are not answered from the shelf, and why.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host

from articles.conf import press_settings
from articles.middleware.compression import Compression
from articles.middleware.database_away import AnswerWithoutDatabase
from articles.models.addresses.paths import with_query
from articles.press.background import missing_pictures
from articles.press.render.printable import facts_of, is_for_all
from articles.press.render.printer import DatabaseAway, Print, Printer, PrintFailed
from articles.press.shelf.addresses import has_place
from articles.press.shelf.interface import Shelf, ShelfFull

from .memory import SOURCE, UNCHANGED, WHOLE, Entries, Entry, Headers
from .negotiation import accepted_coding, asks_for_another_page, has_choice, is_unchanged

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
# Status, headers and body.
Answer = tuple[int, Headers, bytes]

logger = logging.getLogger("articles.press")

MOST_HOSTS = 100


class PrintedPages:
    """The site's WSGI application. It returns lists and not tuples, because granian sends lists at once."""

    def __init__(self, application: Application, shelf: Shelf) -> None:
        press = press_settings()
        self.application = application
        self.shelf = shelf
        self.printer = Printer(shelf)
        headers = [("Vary", "Accept-Encoding")]
        self.entries = Entries(shelf, press.memory, headers)
        self._allowed_hosts = list(settings.ALLOWED_HOSTS)
        self._hosts: set[str] = set()
        self._only_https = settings.SECURE_SSL_REDIRECT
        self._proxy_says_https = settings.SECURE_PROXY_SSL_HEADER

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if self._is_for_the_application(environ):
            return self.application(environ, start_response)
        coding = accepted_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        # The usual case: the page is in memory, and one stat shows that it is current. Only addresses that
        # have a place on the shelf can be in memory, so the path need not be checked.
        entry = self.entries.in_memory(environ["PATH_INFO"], coding)
        if entry is not None:
            environ[SOURCE] = "memory"
            return answer(entry, environ, start_response)
        path = printable_path(environ)
        if path is None:
            return self.application(environ, start_response)
        entry = self._find(path, coding, environ)
        if entry is not None:
            environ[SOURCE] = "shelf"
            return answer(entry, environ, start_response)
        return self._print_and_answer(path, coding, environ, start_response)

    def from_memory(self, environ: Environ) -> Answer | None:
        """The answer if it is a page in memory, as nearly all are that readers ask for; None if it is not.
        This waits for nothing and nobody."""
        if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
            return None
        if self._is_for_the_application(environ):
            return None
        coding = accepted_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        entry = self.entries.in_memory(environ["PATH_INFO"], coding)
        # Visits at redirects and at pages that are gone are counted, which is done around this application.
        if entry is None or not entry.may_be_unchanged:
            return None
        # Only one thread at a time answers from memory, and adding to an integer can't be interrupted anyway.
        if is_unchanged(environ, entry.etag, entry.modified):
            entry.hits[UNCHANGED] += 1
            return 304, entry.headers_unchanged, b""
        entry.hits[WHOLE] += 1
        return 200, entry.headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else entry.body

    def _is_for_the_application(self, environ: Environ) -> bool:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return True
        # The reader has chosen a site version. The view applies that choice, also without JavaScript.
        cookies = environ.get("HTTP_COOKIE")
        if cookies and has_choice(cookies):
            return True
        query = environ.get("QUERY_STRING")
        if query and asks_for_another_page(query):
            return True
        # Django refuses wrong hosts and redirects plain http to https.
        host = environ.get("HTTP_HOST", "")
        if host not in self._hosts and not self._is_ours(host):
            return True
        return self._only_https and self._is_plain(environ)

    def _is_ours(self, host: str) -> bool:
        domain, _ = split_domain_port(host)
        if not domain or not validate_host(domain, self._allowed_hosts):
            return False
        if len(self._hosts) < MOST_HOSTS:
            self._hosts.add(host)
        return True

    def _is_plain(self, environ: Environ) -> bool:
        if self._proxy_says_https:
            header, value = self._proxy_says_https
            return environ.get(header, "").split(",")[0].strip() != value
        return environ.get("wsgi.url_scheme") != "https"

    def _find(self, path: str, coding: str, environ: Environ) -> Entry | None:
        try:
            return self.entries.find(environ["PATH_INFO"], path, coding)
        except (OSError, ValueError) as error:
            logger.error("%s could not be read from the shelf: %s", path, error)
            return None

    def _print_and_answer(
        self, path: str, coding: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The page may be public but not printed yet. Print it, once for all who ask at the same time."""
        try:
            made = self.printer.print_if_missing(path)
        except (PrintFailed, ShelfFull, OSError) as error:
            logger.error("%s was not printed on the way: %s", path, error)
            return self.application(environ, start_response)
        except DatabaseAway as error:
            logger.error("%s can't be printed at the moment: %s", path, error)
            return self.application(environ | {AnswerWithoutDatabase.SAID: True}, start_response)
        entry = self._find(path, coding, environ)
        if made is not None and made.waits:
            self._note_pictures(made)
        if entry is not None:
            environ[SOURCE] = "printed"
            return answer(entry, environ, start_response)
        return hand_on(made, environ, start_response) or self.application(environ, start_response)

    def _note_pictures(self, made: Print) -> None:
        try:
            missing_pictures.note(self.shelf, facts_of(made.response).pictures)
        except OSError as error:
            logger.error("The pictures of %s are not made ahead: %s", made.path, error)


def printable_path(environ: Environ) -> str | None:
    """The decoded path of the request. None if it is never printed."""
    try:
        path = environ["PATH_INFO"].encode("latin-1").decode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None
    return path if has_place(path) else None


def answer(entry: Entry, environ: Environ, start_response: StartResponse) -> list[bytes]:
    if entry.may_be_unchanged and is_unchanged(environ, entry.etag, entry.modified):
        start_response("304 Not Modified", entry.headers_unchanged)
        return []
    query = entry.leads_to and environ.get("QUERY_STRING")
    start_response(entry.status, headers_with(query, entry) if query else entry.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [entry.body]


def headers_with(query: str, entry: Entry) -> list[tuple[str, str]]:
    """The headers of a redirect that hands the query on, such as utm_source."""
    others = [header for header in entry.headers if header[0] != "Location"]
    return [*others, ("Location", with_query(entry.leads_to, query))]


def hand_on(made: Print | None, environ: Environ, start_response: StartResponse) -> list[bytes] | None:
    """Answer with what was rendered but is no page for the shelf, such as a 404 or a redirect. None if other
    readers would get another answer."""
    rendered: HttpResponse | None = made and made.response
    if rendered is None or environ.get("QUERY_STRING") or not is_for_all(rendered):
        return None
    # A copy, because other requests of the same moment may get the same response object.
    mine = HttpResponse(rendered.content, status=rendered.status_code, headers=dict(rendered.items()))
    response = Compression(lambda _request: mine)(WSGIRequest(environ))
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [response.content]
