"""Addresses of feeds as WordPress writes them without permalinks: /?feed=rss2."""

from django.http import HttpResponsePermanentRedirect

from articles.models.addresses.paths import feed_address

from .headers import DESK
from .lookup import GONE, Lookup, redirect_to

FORMS = {"rss": "rss", "rss2": "rss", "rdf": "rss", "feed": "rss", "atom": "atom", "json": "json"}


class FeedParameters:
    """Redirects /?feed=atom to /feed/atom/, and the same of sections, tags and authors. That of an
    article was one of the comments on it; it leads to the article."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "feed=" not in query or request.method not in {"GET", "HEAD"} or request.path.startswith(DESK):
            return self.get_response(request)
        wanted = request.GET.get("feed", "")
        if wanted.startswith("comments"):
            return HttpResponsePermanentRedirect(feed_address("/"))
        if wanted not in FORMS or not request.path.endswith("/"):
            return self.get_response(request)
        if request.path == "/":
            return HttpResponsePermanentRedirect(feed_address("/", FORMS[wanted]))
        there = Lookup(self.get_response, request).found(feed_address(request.path_info, FORMS[wanted]))
        return redirect_to(there, "") if there and there is not GONE else self.get_response(request)
