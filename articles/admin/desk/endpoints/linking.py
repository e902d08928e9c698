"""The paper's own articles as targets of links, as JSON. Each has a warning if readers find nothing there."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from articles.admin.article.search import all_shown_at, find_articles, shown_at
from articles.admin.article.state import DeskState, desk_state
from articles.admin.desk.rights import may_use_the_editor
from articles.admin.desk.times import spoken
from articles.conf import paper
from articles.publishing.rights.of_articles import readable_or_public
from articles.publishing.shared.text import one_line
from articles.search.time_limit import TookTooLong

MOST = 8
LONGEST = 2000
WARNINGS = {
    DeskState.WITHDRAWN: "Withdrawn: readers are told there that it is gone.",
    DeskState.EXPIRED: "Ended: readers find nothing there any more.",
    DeskState.DRAFT: "Not published: readers find nothing there.",
    DeskState.IN_REVIEW: "Not published: readers find nothing there.",
}


@never_cache
@require_GET
def links(request):
    """With ?q= the articles that the words mean, the newest without words. With ?address= the article that
    has or had that address, if it is one of the paper's. With ?section= those of that section alone."""
    if not may_use_the_editor(request.user):
        raise PermissionDenied
    seen = in_section(linkable(request.user), request.GET.get("section", ""))
    if "address" in request.GET:
        found = at_address(seen, request.GET["address"][:LONGEST])
    else:
        words = one_line(request.GET.get("q", ""))
        try:
            found = find_articles(seen, words) if words else seen.order_by("-modified_at", "-pk")
        except TookTooLong:
            return JsonResponse({"results": []}, status=503)
    return JsonResponse({"results": [described(article) for article in found[:MOST]]})


def linkable(user):
    """The articles that have an address, of those that this person may see."""
    return readable_or_public(user).filter(address_date__isnull=False).defer("body", "prepared_body")


def in_section(articles, number):
    """Those of the section and its subsections; all without a number."""
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return articles
    return articles.filter(Q(section=number) | Q(department=number))


def at_address(seen, address):
    path = own_path(address)
    return seen.filter(pk__in=shown_at(path)) if path else []


def all_at_addresses(seen, addresses):
    """The same for several, as address → number of the article. Three queries at most."""
    paths = {address: path for address in addresses if (path := own_path(address))}
    found = all_shown_at(list(paths.values())) if paths else {}
    named = {number for numbers in found.values() for number in numbers}
    there = set(seen.filter(pk__in=named).order_by().values_list("pk", flat=True)) if named else set()
    numbers = {
        address: next(filter(there.__contains__, found.get(path, ())), None)
        for address, path in paths.items()
    }
    return {address: number for address, number in numbers.items() if number}


def own_path(address):
    """The path of an address of the paper, as its articles have it; empty if it is another site's."""
    try:
        parts = urlsplit(address.strip())
        is_ours = not parts.netloc or parts.hostname == paper().host
    except ValueError:
        is_ours = False
    if not is_ours or not parts.path.startswith("/"):
        return ""
    return unquote(parts.path).replace("\x00", "").rstrip("/") + "/"


def described(article):
    state = desk_state(article)
    warning = WARNINGS.get(state, "")
    if state == DeskState.SCHEDULED:
        warning = f"Readers find nothing there before {spoken(article.publish_at)}."
    return {
        "value": article.get_absolute_url(),
        "label": article.headline,
        "note": f"{article.address_date:%d %b %Y}".lstrip("0"),
        "warning": warning,
    }
