"""The page of results. Only what published() answers at this moment is counted and shown."""

from contextlib import suppress
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.body import words_of
from articles.conf import paper
from articles.http.client_address import client_address
from articles.models import Article
from articles.models.articles.article_queries import CARD_COLUMNS
from articles.search.documents import moment_of
from articles.search.index import PUBLIC
from articles.search.results import MOST, find
from articles.search.snippets import marked, snippet
from articles.search.spelling import other_spellings
from articles.search.time_limit import TimeLimit, TookTooLong
from articles.views.shared.cards import cards_from, cards_of, with_names
from articles.views.shared.navigation import read_navigation
from articles.views.shared.rendering import FOR_ONE, Meta, render_page

from .asked import Asked, read_asked
from .brake import Brake

ON_A_PAGE = 20
# With fewer results the page says whether another spelling was meant.
FEW = 3
LATEST = 6
BRAKE = Brake(at_once=40, seconds=1.0)
LANGUAGE = CARD_COLUMNS.index("language")
TOO_MANY, GIVEN_UP = 429, 503
RETRY_AFTER = 10  # seconds
FOR_SPELLINGS = 1.0  # seconds


@dataclass(frozen=True)
class Result:
    card: object
    headline: list
    summary: list
    snippet: list


@dataclass(frozen=True)
class Page:
    """The numbers on a page of the results, and the addresses of those beside it."""

    numbers: tuple
    newer: str = ""
    older: str = ""


@require_safe
def search(request):
    wait = BRAKE.wait(client_address(request))
    if wait:
        return too_often(request, wait)
    navigation = read_navigation()
    asked = read_asked(request.GET, navigation)
    try:
        context = {"asked": asked} | ({} if asked.question.is_empty else answer(asked, navigation))
    except TookTooLong:
        return took_too_long(request, asked, navigation)
    if not context.get("results"):
        context["latest"] = cards_of(Article.objects.published().newest_first()[:LATEST], navigation)
    return answered(request, context, navigation=navigation)


def answered(request, context, *, status=200, **more):
    text, title = context["asked"].text, gettext("Search")
    title = f"“{text}” – {title}" if text else title
    meta = Meta(title=f"{title} – {paper().name}", robots="noindex")
    response = render_page(
        request,
        "pages/search.html",
        "search",
        context | {"meta": meta},
        status=status,
        address=request.get_full_path(),
        **more,
    )
    response["Cache-Control"] = FOR_ONE
    return response


def too_often(request, wait):
    """The question stays in its field, and the page asks the database nothing."""
    asked = Asked(text=request.GET.get("q", "")[:300])
    response = answered(request, {"asked": asked, "wait": wait}, status=TOO_MANY)
    response["Retry-After"] = str(wait)
    return response


def took_too_long(request, asked, navigation):
    """The question stays in its fields, to be narrowed."""
    response = answered(request, {"asked": asked, "is_slow": True}, status=GIVEN_UP, navigation=navigation)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def answer(asked, navigation):
    """What the template needs to show the results."""
    found = find(PUBLIC, asked.question, asked.order, most=MOST)
    public = still_public(found.numbers)
    page = page_of(public, asked)
    better = did_you_mean(asked) if len(public) < FEW else ""
    return {
        "results": results_of(page.numbers, asked.question, navigation),
        "page": page,
        "number": MOST if found.is_more else len(public),
        "is_more": found.is_more,
        "beyond": "" if page.older else beyond(found, asked),
        "better": better and (better, asked.address(q=better)),
    }


def did_you_mean(asked):
    """The same words in another spelling, if that finds anything in a short time; else nothing."""
    limit = TimeLimit(FOR_SPELLINGS)
    with suppress(TookTooLong):
        for text in other_spellings(asked.text, asked.question, is_public=True):
            found = find(PUBLIC, asked.question_about(text), most=ON_A_PAGE, limit=limit)
            if still_public(found.numbers):
                return text
    return ""


def still_public(numbers):
    """Those of the numbers that readers may see now, in the same order."""
    public = set(Article.objects.published().filter(pk__in=numbers).order_by().values_list("pk", flat=True))
    return [number for number in numbers if number in public]


def page_of(numbers, asked):
    """Pages begin after a story, or end before one, and have no numbers: so nothing is missed or seen twice
    if a story is published meanwhile. If that story is gone, the results begin anew."""
    places = {number: place for place, number in enumerate(numbers)}
    start = places.get(asked.after, -1) + 1
    if asked.before in places:
        start = max(0, places[asked.before] - ON_A_PAGE)
    shown = tuple(numbers[start : start + ON_A_PAGE])
    more = start + ON_A_PAGE < len(numbers)
    return Page(
        shown,
        newer=asked.address(before=shown[0]) if start and shown else "",
        older=asked.address(after=shown[-1]) if more else "",
    )


def beyond(found, asked):
    """After the last page of the results: the address of the search in stories that were not looked at. They
    begin after the newest `MOST`, and not after the oldest result: a story with the words in its headline is
    found however old it is."""
    if not found.is_more:
        return ""
    day = timezone.localdate(moment_of(found.until))
    return asked.address(to=day.isoformat())


def results_of(numbers, question, navigation):
    """With two queries."""
    rows = Article.objects.published().filter(pk__in=numbers).order_by()
    rows = list(rows.values_list(*CARD_COLUMNS, "prepared_body")) if numbers else []
    cards = with_names(cards_from([row[:-1] for row in rows], navigation))
    made = {
        card.pk: Result(
            card,
            marked(card.headline, question, row[LANGUAGE]),
            marked(card.standfirst or card.excerpt, question, row[LANGUAGE]),
            snippet(words_of(row[-1]), question, row[LANGUAGE]),
        )
        for card, row in zip(cards, rows, strict=True)
    }
    return [made[number] for number in numbers if number in made]
