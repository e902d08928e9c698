"""A name for each request, by which the lines of nginx's log, those of ours and an error page are found
together.

nginx makes it and hands it on; without a server in front it is made here. Pages that are answered from memory
get none: nothing is logged of them.
"""

import re
import secrets
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from articles.conf import is_behind_proxy

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

SHAPE = re.compile(r"[0-9A-Za-z-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """That of the request under way in this thread; empty if there is none."""
    return _current.get()


class NamedRequests:
    """The WSGI application in it."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.hears_it = is_behind_proxy()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        token = _current.set(self.name_of(environ))
        try:
            return self.application(environ, start_response)
        finally:
            _current.reset(token)

    def name_of(self, environ: Environ) -> str:
        """Without a proxy anybody could choose one, and lead whoever reads the log astray."""
        said = environ.get("HTTP_X_REQUEST_ID", "") if self.hears_it else ""
        return said if SHAPE.fullmatch(said) else secrets.token_hex(16)
