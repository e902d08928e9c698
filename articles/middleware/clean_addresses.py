"""Addresses that were mistyped, or pasted with more than the address: capitals, decomposed letters, a missing
or doubled slash, a bracket or a full stop at the end, index.html."""

from django.utils.encoding import iri_to_uri

from articles.http.caching import short_answer
from articles.models.addresses.paths import API, OF_WORDPRESS

from .headers import DESK
from .lookup import GONE, Lookup, redirect_to


class CleanAddresses:
    """If there is no page at an address, and there is one at its clean form or at what it means in WordPress,
    redirect to that page, in one hop and with the query. These are asked for only after the address itself,
    because an old address may have capitals."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD"} or request.path.startswith((DESK, API)):
            return self.get_response(request)
        if OF_WORDPRESS.fullmatch(request.path_info):
            return short_answer(404, "There is no such page here.")
        # The view for a 404 puts there what makes its page: most that are looked up lead elsewhere.
        request.page_of_404 = None
        response = self.get_response(request)
        if not is_nowhere(request, response):
            return response
        there = Lookup(self.get_response, request).instead()
        if there is None:
            return with_page_of_404(request, response)
        if there is GONE:
            return short_answer(410, "What was here is gone.")
        return redirect_to(there, request.META.get("QUERY_STRING", ""))


def with_page_of_404(request, response):
    if response.status_code != 404 or request.page_of_404 is None:
        return response
    page = request.page_of_404()
    page["Content-Length"] = str(len(page.content))
    for name, value in response.items():
        page.headers.setdefault(name, value)
    page.cookies.update(response.cookies)
    return page


def is_nowhere(request, response):
    """Whether it is a 404, or Django's redirect to the same address with a slash at its end, which may lead
    to a 404."""
    slash_added = response.status_code == 301 and response["Location"].partition("?")[0] == iri_to_uri(
        f"{request.path}/"
    )
    return response.status_code == 404 or slash_added
