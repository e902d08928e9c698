"""The site as an application server runs it: pages and pictures come from files, all else from Django."""

from collections.abc import Iterable
from contextlib import closing

from django.conf import settings

from articles.conf import press_settings
from articles.press.leader import start_embedded
from articles.press.shelf.files import the_shelf

from .application import Application, Environ, PrintedPages, StartResponse
from .pictures import StoredPictures
from .request_bodies import Bodies
from .visits import Visits


def site(application: Application) -> Application:
    """Put everything in front of the application, and start the press if it is to run in this process.

    With DEBUG nothing is printed, because somebody is working on templates and styles.
    """
    if settings.DEBUG:
        return Bodies(application)
    shelf = the_shelf()
    if press_settings().embedded:
        start_embedded()
    return Bodies(StoredPictures(Visits(PrintedPages(in_one_piece(application), shelf))))


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
