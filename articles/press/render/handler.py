"""Django's request handler for the press, which asks as a reader without cookies.

Middleware that does nothing for such a request is left out. The press makes hundreds of requests a second,
and WhiteNoise would keep the list of all static files a second time in each web worker. All other middleware
of the settings runs as usual. tests/articles/press/render/test_handler.py compares the answers with those
that readers get.
"""

import io
import sys
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from urllib.parse import SplitResult

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

LEFT_OUT = frozenset(
    [
        # They look at addresses, headers and parameters that no request of the press has.
        "articles.middleware.hosts.HealthHost",
        "articles.middleware.hosts.UnknownProxy",
        "articles.middleware.amp_parameters.AmpAddresses",
        "articles.middleware.feed_parameters.FeedParameters",
        "articles.middleware.database_away.AnswerWithoutDatabase",
        "articles.middleware.desk_flag.DeskFlag",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        # The shelf compresses its pages, and the web worker compresses answers that do not go onto the shelf.
        "articles.middleware.compression.Compression",
        # They tell who asks. A view that needs to know that has no page for everybody, and fails here.
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "articles.middleware.admission.Admission",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]
)
HOOKS = ("view", "template_response", "exception")


class ReadersHandler(BaseHandler):
    def __init__(self) -> None:
        self.load_middleware()

    def load_middleware(self, is_async: bool = False) -> None:
        """As in Django, but without the middleware in LEFT_OUT."""
        for hook in HOOKS:
            setattr(self, f"_{hook}_middleware", [])
        chain = convert_exception_to_response(self._get_response)
        for name in reversed(settings.MIDDLEWARE):
            if name in LEFT_OUT:
                continue
            with suppress(MiddlewareNotUsed):
                middleware = import_string(name)(chain)
                self._note_hooks(middleware)
                chain = convert_exception_to_response(middleware)
        self._middleware_chain = chain

    def _note_hooks(self, middleware: object) -> None:
        for hook in HOOKS:
            if process := getattr(middleware, f"process_{hook}", None):
                getattr(self, f"_{hook}_middleware").insert(0, process)

    def answer(self, path: str, site: SplitResult) -> HttpResponse:
        request = WSGIRequest(environ_of(path, site))
        request.urlconf = addresses_of_the_site(settings.ROOT_URLCONF)
        response = self.get_response(request)
        # Ends the request as a server would: connections go back to their pool.
        response.close()
        return response


def environ_of(path: str, site: SplitResult) -> dict:
    """A request without any data of a reader."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "HTTP_HOST": site.netloc,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **({"HTTP_X_FORWARDED_PROTO": site.scheme} if settings.SECURE_PROXY_SSL_HEADER else {}),
    }


class SiteAddresses:
    """The site's URL configuration with another error page for status 500.

    The site's own error page uses the same templates. If these fail, it would fail too, and that error would
    escape the handler.
    """

    def __init__(self, root: ModuleType) -> None:
        self.urlpatterns = root.urlpatterns
        self.handler400 = getattr(root, "handler400", None)
        self.handler403 = getattr(root, "handler403", None)
        self.handler404 = getattr(root, "handler404", None)
        self.handler500 = failed


def failed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=500)


@lru_cache(maxsize=2)
def addresses_of_the_site(root: str) -> SiteAddresses:
    return SiteAddresses(import_module(root))
