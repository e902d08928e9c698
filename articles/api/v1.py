"""The API as a whole: its parts, what is done with each request, and what is answered when something is
wrong."""

from django.db import DatabaseError
from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from articles.database.errors import is_away
from articles.publishing import Problem

from .documentation import as_page
from .errors import Unable, absent, answered
from .limits import kept, limited
from .reading import articles, collections, search

api = NinjaAPI(
    title="Newsroom",
    version="1",
    urls_namespace="api",
    description="What readers get, as JSON. Fields may be added; none is removed or changes its type.",
    docs_decorator=as_page,
)
# The one that is added last comes first.
api.add_decorator(kept, mode="view")
api.add_decorator(limited, mode="view")
api.add_router("/articles", articles.router)
api.add_router("/search", search.router)
api.add_router("", collections.router)

RETRY_AFTER = 30  # seconds


@api.exception_handler(Unable)
def unable(request, error):
    return answered(error)


@api.exception_handler(Http404)
def not_found(request, error):
    return answered(absent("such thing"))


@api.exception_handler(HttpError)
def http_error(request, error):
    return answered(Unable(error.status_code, str(error)))


@api.exception_handler(ValidationError)
def not_valid(request, error):
    """Where it was found says Pydantic in words of its own, such as ("query", "limit")."""
    problems = [
        Problem(".".join(map(str, each["loc"][1:])), each["msg"].removeprefix("Value error, "))
        for each in error.errors
    ]
    return answered(Unable(422, "Something in this request is not as it has to be.", problems))


@api.exception_handler(DatabaseError)
def database_error(request, error):
    if not is_away(error):
        raise error
    headers = {"Retry-After": str(RETRY_AFTER)}
    return answered(Unable(503, "The site is away for a moment; ask again.", headers=headers))
