"""An address with nothing at it: it has moved, it is gone, or it never was."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles.models import OldAddress

from .errors import gone


def elsewhere(request, stands=None):
    """301 to where the article went, 410 if that has been taken away since; raises Http404 otherwise."""
    path = iri_to_uri(request.path)
    moved = OldAddress.objects.filter(path=path).select_related("article").first()
    if moved is None:
        raise Http404
    return redirect_to(moved.article, request, stands)


def redirect_to(article, request, stands=None):
    if article.is_public():
        return HttpResponsePermanentRedirect(article.get_absolute_url())
    return taken_away(article, request, stands)


def taken_away(article, request, stands=None):
    """410 for what readers could once read; what was never out does not exist for them."""
    if article.first_published_at and article.first_published_at <= timezone.now():
        return gone(request, stands)
    raise Http404
