"""Addresses of feeds as WordPress writes them without permalinks: /?feed=rss2."""

import re

from django.http import HttpResponsePermanentRedirect
from django.utils.http import escape_leading_slashes

from articles.answers import short_answer
from articles.models.addresses import feed_address

from .headers import DESK

FORMS = {"rss": "rss", "rss2": "rss", "rdf": "rss", "feed": "rss", "atom": "atom", "json": "json"}
# The feed of an article was one of the comments on it.
ARTICLE = re.compile(r"/[0-9]{4}/[0-9]{2}/[0-9]{2}/[^/]+/")


class FeedParameters:
    """Redirects /?feed=atom to /feed/atom/, and the same of sections, tags and authors. Comments are gone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "feed=" not in query or request.method not in {"GET", "HEAD"} or request.path.startswith(DESK):
            return self.get_response(request)
        wanted = request.GET.get("feed", "")
        if wanted.startswith("comments") or (wanted in FORMS and ARTICLE.fullmatch(request.path)):
            return short_answer(410, "There are no comments here any more, and no feed of them.")
        if wanted not in FORMS or not request.path.endswith("/"):
            return self.get_response(request)
        return HttpResponsePermanentRedirect(
            feed_address(escape_leading_slashes(request.path), FORMS[wanted])
        )
