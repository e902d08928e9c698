"""What every answer carries and every request is relieved of, whatever view it goes to."""

import gzip
import logging
import re
from urllib.parse import urlsplit

import brotli
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponsePermanentRedirect
from django.urls import get_resolver
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.http import escape_leading_slashes

from articles.conf import paper
from articles.content_policy import HEADER, OF_FILES

logger = logging.getLogger("articles")

DESK = "/admin/"
HEALTH = "/health/"

# Parameters by which AMP plugins marked their copies of a page: ?amp, ?amp=1, ?noamp=mobile, ?nonamp=1.
LEFTOVER = re.compile(r"(?:amp(?:=1?)?|noamp(?:=[^&]*)?|nonamp(?:=1?)?)")

# CKEditor 4 writes event handlers and styles into its own markup.
DESK_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "manifest-src 'self'",
    ]
)
PERMISSIONS = "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def security_headers(policy):
    """Name and value of what every answer carries, also one that no view has made. `policy` is one of
    content_policy.py, or the desk's."""
    headers = (
        (HEADER, policy),
        ("Permissions-Policy", PERMISSIONS),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    )
    if settings.SECURE_HSTS_SECONDS:
        headers += (("Strict-Transport-Security", hsts()),)
    return headers


def hsts():
    subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}{preload}"


class HealthHost:
    """A load balancer asks by the machine's address. Health is answered under whatever name it is asked for:
    any other page would be refused, with lines in the log every few seconds."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(HEALTH):
            request.META["HTTP_HOST"] = urlsplit(paper().url).netloc
        return self.get_response(request)


class UnknownProxy:
    """A proxy speaks https with readers, and the settings do not say so: every page is redirected to itself,
    for ever. The log says it once for each process, because anybody can send the header."""

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


class SecurityHeaders:
    """A page says itself what it may run, and its view has set the header that goes with that. To any other
    answer everything is forbidden, so that HTML from elsewhere (Django's own error pages) runs nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        policy = DESK_POLICY if request.path.startswith(DESK) else OF_FILES
        for name, value in security_headers(policy):
            # Under plain HTTP browsers ignore HSTS, and Django sends it on secure answers by itself.
            if name != "Strict-Transport-Security":
                response.headers.setdefault(name, value)
        return response


class CleanAddresses:
    """Old AMP addresses lead to the page itself; the page's own parameters stay as they were written."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "amp" not in query or request.method not in {"GET", "HEAD"} or request.path.startswith(DESK):
            return self.get_response(request)
        kept = [part for part in query.split("&") if not LEFTOVER.fullmatch(part)]
        if len(kept) == query.count("&") + 1:
            return self.get_response(request)
        path = escape_leading_slashes(re.sub(r"(?:/amp)+/?$", "/", request.path))
        return HttpResponsePermanentRedirect(iri_to_uri(path) + ("?" + "&".join(kept) if kept else ""))


class DatabaseAway:
    """A page that is not printed is not waited for while the database, asked a moment ago, does not answer:
    every reader would hold a thread of the server until theirs has not been answered either."""

    SAID = "newsroom.database_is_away"  # by the press; a name that no request's header can get

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.META.get(self.SAID):
            return get_resolver().resolve_error_handler(503)(request)
        return self.get_response(request)


class Compression:
    """Readers' pages on the wire. The desk's are left alone: they hold tokens that must not be guessable."""

    SHORTEST = 200

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not self.is_meant(request, response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        accepted = accepted_encodings(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if "br" in accepted:
            self.replace(response, "br", brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=4))
        elif "gzip" in accepted:
            self.replace(response, "gzip", gzip.compress(response.content, compresslevel=6, mtime=0))
        return response

    def is_meant(self, request, response):
        return (
            not request.path.startswith(DESK)
            and not response.streaming
            and not response.has_header("Content-Encoding")
            and response.get("Content-Type", "").startswith("text/html")
            and len(response.content) >= self.SHORTEST
        )

    def replace(self, response, encoding, content):
        response.content = content
        response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(content))


def accepted_encodings(header):
    """The encodings a client takes, those left out that it refuses with q=0."""
    accepted = set()
    for offer in header.lower().split(","):
        name, *parameters = (part.strip() for part in offer.split(";"))
        if not any(re.fullmatch(r"q\s*=\s*0(\.0*)?", parameter) for parameter in parameters):
            accepted.add(name)
    return accepted
