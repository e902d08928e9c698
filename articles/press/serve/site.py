"""The site as an application server runs it: pages, pictures and documents come from files, all else from
Django."""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass

from django.conf import settings

from articles.conf import counts_reads, metrics_settings, press_settings
from articles.http.request_id import NamedRequests
from articles.metrics.counts import counted
from articles.press.leader import start_embedded
from articles.press.shelf.files import the_shelf

from .application import Answer, Application, Environ, PrintedPages, StartResponse
from .counted_requests import CountedRequests
from .documents import StoredDocuments
from .pictures import StoredPictures
from .reads import ReadArticles
from .request_bodies import Bodies
from .visits import Visits


@dataclass(frozen=True)
class Site:
    """The whole site as a WSGI application. `from_memory` answers a request at once or not at all."""

    application: Application
    from_memory: Callable[[Environ], Answer | None]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return self.application(environ, start_response)


def site(application: Application) -> Site:
    """Put everything in front of the application, and start the press if it is to run in this process.

    With DEBUG nothing is printed, because somebody is working on templates and styles.
    """
    if settings.DEBUG:
        whole = NamedRequests(Bodies(ReadArticles(StoredDocuments(application), None)))
        return Site(whole, lambda environ: None)
    shelf = the_shelf()
    if press_settings().embedded:
        start_embedded()
    printed = PrintedPages(in_one_piece(application), shelf)
    pages = StoredPictures(StoredDocuments(Visits(printed)))
    # Pages that were printed before it was turned off go on saying that they were opened.
    whole: Application = Bodies(ReadArticles(pages, shelf if counts_reads() else None))
    if metrics_settings().is_on:
        counted.also(printed.entries.counted)
        whole = CountedRequests(whole)
    return Site(NamedRequests(whole), printed.from_memory)


def in_one_piece(application: Application) -> Application:
    """Make every answer a list. Granian sends a list at once without holding a thread. From anything else,
    such as a file, it takes the next piece only when the reader has taken the one before, so a slow reader of
    a large style sheet would hold a thread."""

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        parts = application(environ, start_response)
        if isinstance(parts, list):
            return parts
        with closing(parts):
            return [b"".join(parts)]

    return answer
