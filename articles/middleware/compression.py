"""Compresses readers' pages, as far as their browsers accept it."""

import gzip
import re

import brotli
from django.utils.cache import patch_vary_headers

from .headers import DESK


class Compression:
    """Compresses readers' pages. Pages of the desk are left as they are, because they hold tokens, which
    could be guessed from the sizes of compressed pages."""

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
    """The encodings that a client accepts, without those that it refuses with q=0."""
    accepted = set()
    for offer in header.lower().split(","):
        name, *parameters = (part.strip() for part in offer.split(";"))
        if not any(re.fullmatch(r"q\s*=\s*0(\.0*)?", parameter) for parameter in parameters):
            accepted.add(name)
    return accepted
