"""What is suggested while a reader types, as JSON: sections, authors, tags and stories, each with its
address."""

from django.http import JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.conf import paper
from articles.http.client_address import client_address
from articles.models import Article, Author, Tag
from articles.models.addresses.paths import article_address
from articles.models.collections.public_pages import with_stories
from articles.publishing.shared.text import one_line
from articles.search.index import PUBLIC
from articles.search.question import SHORTEST_BEGINNING, read_question
from articles.search.results import find, languages
from articles.search.time_limit import TimeLimit, TookTooLong
from articles.views.shared.navigation import read_navigation

from .brake import Brake

BRAKE = Brake(at_once=60, seconds=0.5)
LONGEST = 100
MOST_STORIES, MOST_NAMES = 5, 2
# So many stories are ranked, so that a word that everybody writes costs no more than another.
RANKED = 100
# Seconds. The reader has typed on by then.
LONGEST_WAIT = 1.0
COLUMNS = ("pk", "headline", "address_date", "slug")


@require_safe
def suggestions(request):
    if wait := BRAKE.wait(client_address(request)):
        return answer([], status=429, wait=wait)
    typed = one_line(request.GET.get("q", "")[: LONGEST * 4])[:LONGEST]
    # “東京” says as much as a long word.
    if len(typed) < SHORTEST_BEGINNING and typed.isascii():
        return answer([])
    named = [*sections(typed), *names(typed)]
    try:
        return answer([*named, *stories(typed)])
    except TookTooLong:
        return answer(named, is_whole=False)


def answer(suggested, *, status=200, wait=0, is_whole=True):
    response = JsonResponse({"suggestions": suggested}, status=status)
    # A reader who takes a letter back is answered by the browser.
    response["Cache-Control"] = "private, max-age=30" if status == 200 and is_whole else "no-store"
    response["X-Robots-Tag"] = "noindex"
    if wait:
        response["Retry-After"] = str(wait)
    return response


def sections(typed):
    begun = typed.casefold()
    named = read_navigation().departments_and_subsections
    for section in [each for each in named if each.name.casefold().startswith(begun)][:MOST_NAMES]:
        yield {"kind": gettext("Section"), "text": section.name, "address": section.url}


def names(typed):
    """Authors and tags of stories that are public."""
    for kind, model in ((gettext("Author"), Author), (gettext("Tag"), Tag)):
        rows = with_stories(model).filter(name__istartswith=typed)
        for row in rows.order_by("name")[:MOST_NAMES]:
            yield {"kind": kind, "text": row.name, "address": row.get_absolute_url()}


def stories(typed):
    question = read_question(typed, languages(PUBLIC, paper().language), is_unfinished=True)
    if question.is_empty:
        return
    numbers = find(PUBLIC, question, most=RANKED, limit=TimeLimit(LONGEST_WAIT)).numbers
    rows = Article.objects.published().filter(pk__in=numbers).order_by().values_list(*COLUMNS)
    shown = {number: (headline, article_address(day, slug)) for number, headline, day, slug in rows}
    for headline, address in [shown[number] for number in numbers if number in shown][:MOST_STORIES]:
        yield {"kind": "", "text": headline, "address": address}
