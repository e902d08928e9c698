"""Counts requests by kind, status and where the answer came from. Pages from memory are counted elsewhere, by
plain integers: memory.py."""

from collections.abc import Iterable
from typing import Any

from articles.metrics.counts import counted
from articles.models.addresses.paths import READ

from .application import Application, Environ, StartResponse
from .memory import SOURCE, kind_of_page

KINDS = {
    "/admin/": "desk",
    "/static/": "static",
    "/media/renditions/": "picture",
    "/media/documents/": "document",
    "/search/": "search",
    f"{READ}/": "read",
    "/preview/": "preview",
    "/health/": "health",
}


class CountedRequests:
    """The WSGI application in it."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, *more: Any) -> Any:
            source = environ.get(SOURCE, "application")
            counted.add("requests", kind_of(environ["PATH_INFO"]), status[:3], source)
            return start_response(status, *more)

        return self.application(environ, start)


def kind_of(path: str) -> str:
    return next((kind for begin, kind in KINDS.items() if path.startswith(begin)), kind_of_page(path))
