"""Which page an old address means. The site itself is asked, so each redirect leads to a page at once."""

import re

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles.models import Article, OldAddress, State
from articles.models.addresses.paths import feed_address, may_have_been_a_page, with_query
from articles.words.slugs import SLUG

from .clean_form import SLASHES, clean
from .old_forms import leads_of

# So many forms may stand one behind the other, as in /index.php/slug/page/2/amp/.
STEPS = 4
# So many paths are asked for in one request, each with up to five queries. Old addresses of the usual forms
# need four. Without a limit, /amp/index.php/category/a/b/page/2/feed/ took 113 queries.
MOST_ASKED = 10
GONE = object()
# Browsers read // and a backslash as another site.
OWN = re.compile(r"/(?![/\\])")


class Lookup:
    """Where readers find what an address means. `get_response` answers requests without this."""

    def __init__(self, get_response, request):
        self.get_response, self.request = get_response, request
        # A path that was asked for is not asked for again.
        self.asked = {}
        self.guesses = False
        # Of a file that is not there, no database is asked.
        self.is_page = may_have_been_a_page(request.path_info)

    def instead(self):
        """For a request that had no answer: an address, GONE, or None."""
        path = self.request.path_info
        self.asked[path] = (None, getattr(self.request, "below_front", None))
        there = self.found(path)
        if there is None:
            # Only now, because an article may be called “feed”.
            self.guesses = True
            there = self.found(path)
        return there

    def found(self, path, steps=STEPS):
        """The address of the page that readers find at that path, or that it means; GONE; or None."""
        path = SLASHES.sub("/", path)
        below = {}
        for form in dict.fromkeys((path, clean(path))):
            there, below_front = self.ask(form)
            if there:
                return there
            below[below_front] = None
        if not steps:
            return None
        there = self.by_form(path, steps - 1)
        for other in below:
            there = there or (self.found(other, steps - 1) if other else None)
        return there

    def by_form(self, path, steps):
        for lead in leads_of(path):
            if lead.is_gone:
                return GONE
            if not self.is_page and not lead.to:
                continue
            there = lead.to or self.with_slug(lead.slug) or self.first(lead, steps)
            if there:
                return there
        return None

    def first(self, lead, steps):
        for path in lead.paths:
            there = self.found(path, steps)
            if there and there is not GONE and lead.feed:
                return self.ask(feed_address(there, lead.feed))[0] or there
            if there:
                return there
        return None

    def with_slug(self, slug):
        """The address of the only public article with that slug. None if one that is still to come has it
        too: its address may be the one that was asked for."""
        slug = clean(slug).strip("/")
        # A word that is no slug needs no query. It may be the name of a file, or hold a zero byte, which
        # PostgreSQL refuses.
        if not self.guesses or not SLUG.fullmatch(slug):
            return None
        articles = Article.objects.filter(slug=slug, state=State.PUBLISHED)
        numbers = list(articles.values_list("pk", flat=True)[:2])
        found = (
            articles.published(timezone.now()).filter(pk__in=numbers).first() if len(numbers) == 1 else None
        )
        return found and found.get_absolute_url()

    def ask(self, path):
        """The address of the page at exactly that path, which may have moved, and what was told of it."""
        if path not in self.asked:
            if len(self.asked) == MOST_ASKED:
                return None, None
            self.asked[path] = self.answer(path)
        return self.asked[path]

    def answer(self, path):
        try:
            resolve(path, getattr(self.request, "urlconf", None))
        except Resolver404:
            # Only a redirect may begin there. Without one, the page for the 404 would be made for nothing.
            is_one = self.is_page and may_have_been_a_page(path)
            old, below_front = OldAddress.objects.at_or_above(iri_to_uri(path)) if is_one else (None, None)
            if old is None:
                return None, below_front
        asked = request_for(path, self.request)
        asked.is_for_where = True
        response = self.get_response(asked)
        if response.status_code == 301 and OWN.match(response["Location"]):
            return response["Location"], None
        if response.status_code in (200, 410):
            return iri_to_uri(path), None
        return None, getattr(asked, "below_front", None)


def request_for(path, request, query=""):
    """The same request for another path, and without its query, which is handed on by the redirect."""
    wire = path.encode(errors="surrogateescape").decode("latin-1")
    asked = WSGIRequest({**request.META, "PATH_INFO": wire, "QUERY_STRING": query})
    if hasattr(request, "urlconf"):
        asked.urlconf = request.urlconf
    return asked


def redirect_to(there, query):
    """Never off the site: `there` is an address that the site has built itself."""
    found = HttpResponsePermanentRedirect(with_query(there, query))
    # There is no end to such addresses, so none of them is kept.
    found["Cache-Control"] = "no-cache"
    return found
