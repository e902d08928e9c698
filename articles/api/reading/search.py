"""The readers' search, with its filters, its index and its limit."""

from typing import Literal

from django.http import HttpRequest
from ninja import Field, Query, Router

from articles.api import schemas
from articles.api.errors import Unable
from articles.api.limits import too_often
from articles.api.paging import Paging, number_in, page
from articles.api.schemas import Error, Text
from articles.http.client_address import client_address
from articles.models import Article
from articles.publishing import Problem
from articles.search.index import PUBLIC
from articles.search.results import MOST, find
from articles.search.time_limit import TookTooLong
from articles.views.search.asked import read_asked
from articles.views.search.page import BRAKE, RETRY_AFTER, still_public
from articles.views.shared.navigation import read_navigation

from .shown import BODIES, articles_shown, with_names

router = Router(tags=["Search"])


class SearchAsked(Paging):
    q: Text = Field("", max_length=300, json_schema_extra={"example": "sea wall"})
    section: Text = Field("", max_length=200, json_schema_extra={"example": "world/asia"})
    tag: Text = Field("", max_length=200, json_schema_extra={"example": "coast"})
    author: Text = Field("", max_length=200, json_schema_extra={"example": "mara-ellis"})
    first: Text = Field("", alias="from", max_length=20, json_schema_extra={"example": "2026-11-01"})
    last: Text = Field("", alias="to", max_length=20, json_schema_extra={"example": "2026-11-30"})
    order: Literal["best", "newest"] = "best"


@router.get(
    "", response={200: schemas.Articles, 422: Error, 429: Error, 503: Error}, operation_id="searchArticles"
)
def search(request: HttpRequest, typed: Query[SearchAsked]):
    """What the page of the search finds, with the same words and filters. A page begins after a story; if
    that is gone, the results begin anew."""
    if wait := BRAKE.wait(client_address(request)):
        raise too_often(wait)
    asked = read_asked(request.GET, read_navigation())
    if asked.problems:
        problems = [Problem(field, message) for field, message in asked.problems.items()]
        raise Unable(422, " ".join(asked.problems.values()), problems)
    if asked.question.is_empty:
        return {"items": [], "next": None}
    numbers = found_after(asked, number_in(typed.cursor))[: typed.limit + 1]
    return page(request, numbers, typed.limit, lambda number: (number,), in_order)


def found_after(asked, after):
    try:
        numbers = still_public(find(PUBLIC, asked.question, asked.order, most=MOST).numbers)
    except TookTooLong as error:
        detail = "This search takes too long; narrow it."
        raise Unable(503, detail, headers={"Retry-After": str(RETRY_AFTER)}) from error
    return numbers[numbers.index(after) + 1 :] if after in numbers else numbers


def in_order(numbers):
    rows = with_names(Article.objects.published().filter(pk__in=numbers).order_by().defer(*BODIES))
    by_number = {row.pk: row for row in rows}
    return articles_shown(by_number[number] for number in numbers if number in by_number)
