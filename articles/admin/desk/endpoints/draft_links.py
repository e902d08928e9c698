"""Links to an article for people without an account: shows the open ones, makes one, and ends one."""

from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from articles.conf import absolute
from articles.models.desk.people import name_of
from articles.publishing import Refused
from articles.publishing.notes.draft_links import DAYS, end_link, make_link
from articles.publishing.rights.of_articles import may_read

from .typed import article_of

NOT_SAVED = "Save the article first; a link shows what is saved."
NOT_THEIRS = "You may not read this article any more, or are logged out."


@never_cache
@require_POST
@csrf_protect
def draft_links(request):
    """Takes the "uid" of the article, and "make" with "days", or "end" with the number of a link.

    Answers {"links": those that are open}, and "address" if one was made, which can't be shown a second
    time; or {"error": a sentence} with an error status."""
    article = article_of(request.POST.get("uid", ""))
    if article is None:
        return JsonResponse({"links": [], "error": NOT_SAVED})
    if not may_read(request.user, article):
        return JsonResponse({"error": NOT_THEIRS}, status=403)
    try:
        made = done(article, request)
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    return JsonResponse({"links": open_links(article)} | made)


def done(article, request):
    if "make" in request.POST:
        _, secret = make_link(article, by=request.user, days=number_of(request, "days") or DAYS)
        return {"address": absolute(reverse("draft_link", args=[secret]))}
    if number := number_of(request, "end"):
        end_link(article, number)
    return {}


def number_of(request, name):
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def open_links(article):
    """The number of each; until when it is open and who made it, in words."""
    return [
        {"number": link.pk, "words": in_words(link)}
        for link in article.draft_links.open().select_related("by")
    ]


def in_words(link):
    until = date_format(timezone.localtime(link.expires_at), "j M, H:i")
    return f"until {until}, made by {name_of(link.by)}"
