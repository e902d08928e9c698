"""Answers for addresses without a page: what was there has moved or is gone, or there never was a page."""

import re
from dataclasses import replace

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles.conf import paper
from articles.models import Article, OldAddress, Page
from articles.models.addresses import with_query
from articles.models.shown import articles_of, is_shown
from articles.views.shared.periods import Period
from articles.views.shared.rendering import Meta, absolute, render_page

from .errors import gone

# Divides an address into that of its owner and the month, day or part of a day.
ADDRESS = re.compile(r"(/.*?)(?:([12][0-9]{3})/([0-9]{2})/(?:([0-9]{2})/(?:older/[0-9]+/)?)?)?")


def elsewhere(request, navigation=None):
    """301 to the new address, 410 if the page there has been taken away since; otherwise Http404."""
    # The page of a 404 need not ask for it a second time.
    request.navigation = navigation
    path = iri_to_uri(request.path)
    start, *date = ADDRESS.fullmatch(path).groups()
    old = OldAddress.objects.filter(path=start).first()
    if old is None:
        raise Http404
    thing = old.thing
    if isinstance(thing, Article):
        return redirect_to(thing, request, navigation)
    here = thing.get_absolute_url() + path[len(start) :]
    if here == path or not has_page(thing, date):
        raise Http404
    return moved_to(request, here)


def redirect_to(article, request, navigation=None):
    if article.is_public():
        return moved_to(request, article.get_absolute_url())
    return taken_away(article, request, navigation)


def moved_to(request, address):
    """For good, as far as is known; but not for browsers to keep: an editor may move it back.

    The query, such as utm_source, is handed on.

    With a page that leads there by itself: printed, it is what file servers have instead of a redirect.
    """
    title = f"This page has moved – {paper().name}"
    context = {"address": address, "meta": Meta(title=title, canonical=absolute(address))}
    page = render_page(request, "301.html", "error", context, status=301)
    query = request.META.get("QUERY_STRING", "")
    there = with_query(address, query)
    response = HttpResponsePermanentRedirect(there, content=page.content, headers=page.headers)
    response.facts = replace(page.facts, leads_to=address)
    return response


def has_page(thing, date):
    """Whether readers find something there, so that no redirect ends in nothing."""
    if not any(date):
        return is_shown(thing)
    if isinstance(thing, Page):
        return False
    try:
        period = Period(*(number and int(number) for number in date))
    except ValueError:
        return False
    return articles_of(thing).between(period.first_day, period.next_day).exists()


def taken_away(article, request, navigation=None):
    """410 if readers could once read the article. If it was never out, it does not exist for them."""
    if article.first_published_at and article.first_published_at <= timezone.now():
        return gone(request, navigation)
    raise Http404
