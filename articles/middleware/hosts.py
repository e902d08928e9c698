"""Handles the host name and the protocol of requests."""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

from articles.conf import paper

logger = logging.getLogger("articles")

HEALTH = "/health/"


class HealthHost:
    """Answers health checks under any host name, because load balancers use the address of the machine.
    Otherwise they would be refused, with lines in the log every few seconds."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(HEALTH):
            request.META["HTTP_HOST"] = urlsplit(paper().url).netloc
        return self.get_response(request)


class UnknownProxy:
    """Logs a missing setting: if a proxy speaks https with readers and BEHIND_PROXY is off, every page is
    redirected to itself for ever. It is logged only once in each process, because anybody can send the
    header."""

    def __init__(self, get_response):
        if settings.SECURE_PROXY_SSL_HEADER or not settings.SECURE_SSL_REDIRECT:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.is_said = False

    def __call__(self, request):
        if not self.is_said and request.headers.get("X-Forwarded-Proto") == "https":
            self.is_said = True
            logger.error(
                "A request came with X-Forwarded-Proto: https while BEHIND_PROXY is off, so it is redirected"
                " to https again and again. If a server of yours in front sets that, set BEHIND_PROXY=1."
            )
        return self.get_response(request)
