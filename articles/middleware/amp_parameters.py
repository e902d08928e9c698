"""Addresses that an AMP plugin left in links and search engines."""

import re

from django.http import HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri

from .headers import DESK
from .lookup import request_for

# Parameters by which AMP plugins marked their copies of a page: ?amp, ?amp=1, ?noamp=mobile, ?nonamp=1.
AMP_PARAMETER = re.compile(r"(?:amp(?:=1?)?|noamp(?:=[^&]*)?|nonamp(?:=1?)?)")


class AmpAddresses:
    """Redirects old AMP addresses to the page itself. Other parameters of the address stay as they are."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "amp" not in query or request.method not in {"GET", "HEAD"} or request.path.startswith(DESK):
            return self.get_response(request)
        kept = [part for part in query.split("&") if not AMP_PARAMETER.fullmatch(part)]
        if len(kept) == query.count("&") + 1:
            return self.get_response(request)
        asked = "&".join(kept)
        if request.path == "/":
            return HttpResponsePermanentRedirect(f"/?{asked}" if asked else "/")
        # What it answers without them, if that is another redirect already.
        response = self.get_response(request_for(request.path_info, request, asked))
        if response.status_code != 200:
            return response
        return HttpResponsePermanentRedirect(iri_to_uri(request.path) + (f"?{asked}" if asked else ""))
