"""The API as a whole: its parts, what is done with each request, and what is answered when something is
wrong."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError
from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from articles.conf import largest_form
from articles.database.errors import is_away
from articles.publishing import Problem

from .documentation import as_page
from .errors import Unable, absent, answered
from .limits import kept, limited
from .reading import articles, collections, search
from .writing import articles as writing
from .writing import pictures
from .writing.tokens import missing

api = NinjaAPI(
    title="Newsroom",
    version="1",
    urls_namespace="api",
    description=(
        "What readers get, as JSON; and, with a token, what is written at the desk. "
        "Fields may be added; none is removed or changes its type."
    ),
    docs_decorator=as_page,
)
# The one that is added last comes first.
api.add_decorator(kept, mode="view")
api.add_decorator(limited, mode="view")
api.add_router("/articles", articles.router)
api.add_router("/search", search.router)
api.add_router("", collections.router)
api.add_router("/desk", writing.router)
api.add_router("/desk", pictures.router)

RETRY_AFTER = 30  # seconds


@api.exception_handler(Unable)
def unable(request, error):
    return answered(error)


@api.exception_handler(Http404)
def not_found(request, error):
    return answered(absent("such thing"))


@api.exception_handler(AuthenticationError)
def without_token(request, error):
    return answered(missing())


@api.exception_handler(RequestDataTooBig)
@api.exception_handler(TooManyFieldsSent)
def too_large(request, error):
    return answered(Unable(413, f"Send {largest_form().megabytes} MB at most, and pictures as files."))


@api.exception_handler(HttpError)
def http_error(request, error):
    return answered(Unable(error.status_code, str(error)))


@api.exception_handler(ValidationError)
def not_valid(request, error):
    """Where it was found says Pydantic in its own words, ("query", "limit") or ("body", "written",
    "slug")."""
    problems = [
        Problem(
            ".".join(map(str, each["loc"][2 if each["loc"][0] == "body" else 1 :])),
            each["msg"].removeprefix("Value error, "),
        )
        for each in error.errors
    ]
    return answered(Unable(422, "Something in this request is not as it has to be.", problems))


@api.exception_handler(DatabaseError)
def database_error(request, error):
    if not is_away(error):
        raise error
    headers = {"Retry-After": str(RETRY_AFTER)}
    return answered(Unable(503, "The site is away for a moment; ask again.", headers=headers))
