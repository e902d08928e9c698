"""Putting a story on a front from its own page, in two clicks."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles.models import Article
from articles.publishing import Refused
from articles.publishing.boards import put_on_front
from articles.publishing.rights.of_articles import readable
from articles.publishing.shared.locks import tried_again

from .view import PAPER, address_of, front_of


@require_POST
def put(request, pk):
    """POST first=… or place=…, each with the number of a section, or “paper”."""
    is_first = "first" in request.POST
    section = front_of(request, request.POST.get("first" if is_first else "place", PAPER))
    article = readable(request.user, Article.objects.filter(pk=pk)).select_related("section__parent").first()
    if article is None:
        raise Http404
    name = f"the front of {section}" if section else "the front of the paper"
    try:
        _, gone = tried_again(partial(put_on_front, article, section, by=request.user, first=is_first))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        where = f"{'first ' if is_first else ''}on {name}"
        stands = f"is {where} now" if article.is_public() else f"will be {where} from its publish time on"
        said = 'This story {}.{} <a href="{}">Open its board</a>'
        left = what_left(gone, request.user)
        messages.success(request, format_html(said, stands, left, address_of(section)))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))


def what_left(number, user):
    """A sentence on the story that had the last place, if one had to leave; empty if none had to."""
    if number is None:
        return ""
    story = readable(user, Article.objects.filter(pk=number)).only("headline").first()
    return f" {f'“{story.headline}”' if story else 'Another story'} had its last place and has left it."
