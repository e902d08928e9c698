"""Answers for addresses without a page: what was there has moved or is gone, or there never was a page."""

from dataclasses import replace
from functools import partial

from django.db import DatabaseError
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles.conf import paper
from articles.models import Article, OldAddress
from articles.models.addresses.paths import may_have_been_a_page, may_have_been_an_upload, with_query
from articles.models.collections.public_pages import is_shown
from articles.views.shared.rendering import Meta, absolute, render_page, without_page

from . import errors
from .errors import gone
from .files.old_uploads import upload


def elsewhere(request, navigation=None):
    """301 to the new address, 410 if what was there has been taken away since; otherwise Http404."""
    # For the page of the 404, which need not ask for these a second time.
    request.was_looked_for, request.navigation = True, navigation
    path = iri_to_uri(request.path)
    old, below_front = OldAddress.objects.at_or_above(path)
    if old is None:
        # For CleanAddresses, which looks below our own front then.
        request.below_front = below_front
        raise Http404
    if old.gone:
        return gone(request, navigation, was_story=False)
    thing = old.thing
    if isinstance(thing, Article):
        return redirect_to(thing, request, navigation)
    below = old.below or path[len(old.path) :]
    if thing and not is_shown(thing, below):
        # No redirect ends in nothing.
        raise Http404
    here = thing.get_absolute_url() + below if thing else old.address
    if here == path:
        raise Http404
    return moved_to(request, here)


def not_found(request, exception=None):
    """The page for any 404, unless an editor leads from that address to another, or a file was there."""
    if may_have_been_an_upload(request.path) and (found := file_instead(request)):
        return found
    if not hasattr(request, "was_looked_for") and may_have_been_a_page(request.path):
        try:
            return elsewhere(request)
        except (Http404, DatabaseError):
            # The page below needs no database, either.
            pass
    if hasattr(request, "is_for_where"):
        return without_page(404)
    if hasattr(request, "page_of_404"):
        request.page_of_404 = partial(errors.not_found, request, exception)
        return without_page(404)
    return errors.not_found(request, exception)


def file_instead(request):
    try:
        return upload(request)
    except DatabaseError:
        return None


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


def taken_away(article, request, navigation=None):
    """410 if readers could once read the article. If it was never out, it does not exist for them."""
    if article.first_published_at and article.first_published_at <= timezone.now():
        return gone(request, navigation)
    raise Http404
