"""Addresses of WordPress that are a query on its front, such as /?p=7: all that it has without permalinks,
and its short links."""

import re
from urllib.parse import parse_qsl, quote, unquote_plus

from django.urls import get_resolver

from articles.http.caching import short_answer
from articles.models import Imported, OldAddress
from articles.models.addresses.paths import ASKED_AFRESH, COLLECTIONS, ITEMS, feed_address

from .feed_parameters import FORMS
from .lookup import GONE, Lookup, redirect_to

WORDS = {
    "category_name": "/category/{}/",
    "tag": "/tag/{}/",
    "author_name": "/author/{}/",
    "pagename": "/{}/",
}
DATES = ("m", "year", "monthnum", "day")
# The names above say which page is meant. These say which part or form of it.
BESIDE = ("paged", "feed", "amp", "noamp", "nonamp")
NAMES = frozenset([*ITEMS, *COLLECTIONS, *WORDS, *DATES, *BESIDE, "name", "s"])
LEGACY = re.compile(rf"(?:^|[&;])(?:{'|'.join(sorted(NAMES - set(BESIDE) | {'paged'}))})(?==|[&;]|$)|%")
NOTHING = object()
# The front, also of a site that stood below a path.
FRONT = re.compile(r"/(?:[^/]+/)?(?:index\.php)?|/[^/.]+")
NUMBER = re.compile(r"[0-9]{1,18}")
MONTH = re.compile(r"([12][0-9]{3})([0-9]{2})?([0-9]{2})?")


class LegacyQueries:
    """Redirects such an address in one hop, with the rest of its query. Articles and pages are found by their
    number in the journal of the import, and if it has none, by a redirect that somebody has written. From the
    address of a category or author there is a redirect."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if not query or not LEGACY.search(query) or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        if request.path_info.strip("/").partition("/")[0] in ASKED_AFRESH:
            return self.get_response(request)
        given = dict(parse_qsl(query.replace(";", "&"), keep_blank_values=True, max_num_fields=None))
        there = Meant(self.get_response, request, given).address()
        if there is GONE:
            return short_answer(410, "What was here is gone.")
        if there is NOTHING:
            # So the page of the 404 does not look where the path leads without its query.
            request.was_looked_for = True
            return get_resolver().resolve_error_handler(404)(request, exception=None)
        return redirect_to(there, others(query)) if there else self.get_response(request)


class Meant:
    """What a query means on that path."""

    def __init__(self, get_response, request, given):
        self.lookup = Lookup(get_response, request)
        self.path, self.given = request.path_info, given

    def address(self):
        """GONE, NOTHING if nobody has that number, or None if it is no old address."""
        given = self.given
        # WordPress answers these at any path.
        for name in ITEMS:
            if number := NUMBER.fullmatch(given.get(name, "")):
                return self.of_item(name, number[0]) or NOTHING
        if not FRONT.fullmatch(self.path):
            return None
        if words := given.get("s", "").strip():
            return f"/search/?q={quote(words)}"
        if "s" in given:
            return "/search/"
        there = self.of_number() or self.of_words() or self.of_date()
        if there is None and "paged" in given:
            there = self.ask(self.path)
        form = FORMS.get(given.get("feed", ""))
        if isinstance(there, str) and form:
            return self.ask(feed_address(there, form)) or there
        return there

    def ask(self, path):
        return self.lookup.ask(path)[0]

    def of_item(self, asked, number):
        rows = Imported.objects.filter(source_id=number).select_related("article", "page")
        below = self.path.removesuffix("index.php").strip("/")
        for row in sorted(rows[:20], key=lambda row: row.source.partition("/")[2] != below):
            if thing := row.article or row.page:
                return self.ask(unquote_path(thing.get_absolute_url()))
        # No two items of WordPress have the same number, whatever the query calls it.
        return self.of_row(number, asked, *ITEMS)

    def of_number(self):
        for name in COLLECTIONS:
            if number := NUMBER.fullmatch(self.given.get(name, "").partition(",")[0]):
                return self.of_row(number[0], name) or NOTHING
        return None

    def of_row(self, number, *names):
        """The redirect from that number under the first of the names that has one."""
        paths = [f"/?{name}={int(number)}" for name in names]
        rows = OldAddress.objects.filter(path__in=paths)
        old = min(rows, key=lambda row: paths.index(row.path), default=None)
        if old is None:
            return None
        return GONE if old.gone else self.ask(unquote_path(old.destination))

    def of_words(self):
        for name, form in WORDS.items():
            if words := self.given.get(name, "").strip("/"):
                return self.lookup.found(form.format(words))
        self.lookup.guesses = True
        return self.lookup.with_slug(self.given.get("name", ""))

    def of_date(self):
        """A day without stories leads to its month, a month to its year."""
        names = ("year", "monthnum", "day")
        parts = [self.given[name].zfill(2) for name in names if self.given.get(name, "").isdecimal()]
        if found := MONTH.fullmatch(self.given.get("m", "")):
            parts = [part for part in found.groups() if part]
        for length in range(len(parts), 0, -1):
            if there := self.ask(f"/{'/'.join(parts[:length])}/"):
                return there
        return None


def unquote_path(address):
    """The path as a request brings it."""
    return unquote_plus(address.replace("+", "%2B"))


def others(query):
    """The query without what said which page it is."""
    parts = query.split("&")
    return "&".join(part for part in parts if unquote_plus(part.partition("=")[0]) not in NAMES)
