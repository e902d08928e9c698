"""Old addresses of files: /wp-content/uploads/2021/07/boat-300x200.jpg leads to the picture or the document
that the file has become here, in one step."""

import unicodedata

from django.http import HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri

from articles.models import OldAddress
from articles.upload_names import possible_originals, width_in

# A picture gets another address when its focal point is moved, so the redirect is not kept for ever.
LIFETIME = "public, max-age=3600"
# Hosts that have only files are asked for a width in the query: boat.jpg?w=300.
WIDEST = 10_000


def upload(request):
    """The redirect, or None if no file of that name is known. One query."""
    path = unicodedata.normalize("NFC", request.path)
    names = {iri_to_uri(name): name for name in (path, *possible_originals(path))}
    rows = OldAddress.objects.of_files().filter(path__in=names)
    found = {old.path: old for old in rows}
    old = next((found[name] for name in names if name in found), None)
    if old is None:
        return None
    there = old.document.get_absolute_url() if old.document else picture(old, path, request.GET.get("w", ""))
    response = HttpResponsePermanentRedirect(there)
    response["Cache-Control"] = LIFETIME
    return response


def picture(old, path, asked):
    """The size next in width to that which the old address names. A name that the original itself has, such
    as map-300x200.jpg, says nothing of its width."""
    name = path.rpartition("/")[2]
    width = None if name == old.image.original_name else width_in(name)
    if asked.isascii() and asked.isdecimal() and 0 < int(asked[:6]) <= WIDEST:
        width = int(asked[:6])
    return old.image.address_of_width(width)
