"""Addresses that were mistyped, or pasted with more than the address: capitals, decomposed letters, a missing
or doubled slash, a bracket or a full stop at the end, index.html."""

import re
import unicodedata

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.encoding import iri_to_uri

from articles.models.addresses import with_query

from .headers import DESK

# What stands after an address in running text, such as the end of "(see https://…/ordered)".
AFTER = re.compile(r"""[\s/.,;:!?'"*|\\()\[\]{}<>«»‹›“”„‘’…]+\Z""")
ENDING = re.compile(r"(?:/index\.(?:html?|php)|\.(?:html?|amp))\Z")
SLASHES = re.compile("/{2,}")


class CleanAddresses:
    """If there is no page at an address and there is one at its clean form, redirect to that page, in one hop
    and with the query. The clean form is asked for only after the address itself, because an old address may
    have capitals."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not is_nowhere(request, response):
            return response
        there = address_of_page(self.get_response, request, clean(request.path_info))
        if there is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        found = HttpResponsePermanentRedirect(with_query(there, query))
        # There is no end to such addresses, so none of them is kept.
        found["Cache-Control"] = "no-cache"
        return found


def is_nowhere(request, response):
    """Whether it is a 404, or Django's redirect to the same address with a slash at its end, which may lead
    to a 404."""
    if request.method not in {"GET", "HEAD"} or request.path.startswith(DESK):
        return False
    slash_added = response.status_code == 301 and response["Location"].partition("?")[0] == iri_to_uri(
        f"{request.path}/"
    )
    return response.status_code == 404 or slash_added


def clean(path):
    path = unicodedata.normalize("NFC", SLASHES.sub("/", path).lower())
    path = AFTER.sub("", path)
    return AFTER.sub("", ENDING.sub("", path)) + "/"


def address_of_page(get_response, request, path):
    """The address of the page that readers find at that path, which may have moved; None if there is none."""
    if path == request.path_info:
        return None
    try:
        resolve(path, getattr(request, "urlconf", None))
    except Resolver404:
        return None
    response = get_response(request_for(path, request))
    if response.status_code == 301 and response["Location"].startswith("/"):
        return response["Location"]
    return iri_to_uri(path) if response.status_code in (200, 410) else None


def request_for(path, request):
    """The same request for another path, without its query, which is handed on by the redirect."""
    wire = path.encode(errors="surrogateescape").decode("latin-1")
    asked = WSGIRequest({**request.META, "PATH_INFO": wire, "QUERY_STRING": ""})
    if hasattr(request, "urlconf"):
        asked.urlconf = request.urlconf
    return asked
