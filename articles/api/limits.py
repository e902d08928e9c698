"""How much is answered to whom, and what answers say to those who keep them."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from articles.http.caching import validated
from articles.http.client_address import client_address
from articles.views.search.brake import Brake

from .errors import Unable, answered

# So many questions of one connection at once, and four more each second.
BRAKE = Brake(at_once=240, seconds=0.25)
# Whoever keeps an answer asks each time whether it is still so: what is withdrawn is gone in that second.
# Pages say it in other words, because stores in front of the site are told when pages change.
PUBLIC = "no-cache"
Run = Callable[..., HttpResponse]


def too_often(wait: int) -> Unable:
    detail = f"You ask too often. Ask again in {wait} seconds."
    return Unable(429, detail, headers={"Retry-After": str(wait)})


def limited(run: Run) -> Run:
    """Comes before everything else, so that tokens cannot be tried out either."""

    @wraps(run)
    def answer(request: HttpRequest, *args, **more) -> HttpResponse:
        if wait := BRAKE.wait(client_address(request)):
            return answered(too_often(wait))
        return run(request, *args, **more)

    return answer


def kept(run: Run) -> Run:
    """An answer that is the same for all gets an ETag, and a 304 if it has not changed. Others are not
    kept."""

    @wraps(run)
    def answer(request: HttpRequest, *args, **more) -> HttpResponse:
        response = run(request, *args, **more)
        if response.has_header("Cache-Control"):
            return response
        is_for_all = request.method == "GET" and response.status_code == 200
        response["Cache-Control"] = PUBLIC if is_for_all else "no-store"
        return validated(request, response) if is_for_all else response

    return answer
