"""The site as an application server runs it, pages and pictures from files, Django behind them."""

from django.conf import settings

from articles.conf import press_settings

from .leading import start_embedded
from .policy import printed_headers
from .run import the_shelf
from .serve import Application, PrintedPages
from .stored_pictures import StoredPictures


def site(application: Application) -> Application:
    """Everything in front of the application; with it the press, if it is to run in this process.

    With DEBUG nothing is printed: templates and styles are being written.
    """
    if settings.DEBUG:
        return application
    shelf = the_shelf()
    headers = printed_headers(shelf)
    if press_settings().embedded:
        start_embedded()
    return StoredPictures(PrintedPages(application, shelf, headers), headers)
