from django.http import HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from articles.models.addresses import with_query


@require_safe
def without_amp(request, path=""):
    """The AMP copy that the site before this one had of each page: the page itself."""
    # A path that begins with two slashes would be read as another host's.
    clean = "/" + path.strip("/")
    query = request.META.get("QUERY_STRING", "")
    address = clean if clean == "/" else f"{clean}/"
    return HttpResponsePermanentRedirect(with_query(iri_to_uri(address), query))
