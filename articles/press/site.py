"""The site as an application server runs it, pages and pictures from files, Django behind them."""

from django.conf import settings

from articles.conf import press_settings
from articles.middleware import security_headers

from .leading import start_embedded
from .run import the_shelf
from .serve import Application, PrintedPages
from .stored_pictures import StoredPictures


def site(application: Application) -> Application:
    """Everything in front of the application; with it the press, if it is to run in this process.

    With DEBUG nothing is printed: templates and styles are being written.
    """
    if settings.DEBUG:
        return application
    headers = security_headers()
    if press_settings().embedded:
        start_embedded()
    return StoredPictures(PrintedPages(application, the_shelf(), headers), headers)
