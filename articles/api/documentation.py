"""The page that describes the API, and the file of which it is made. Both come from our own server."""

from functools import wraps

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from articles.http.content_policy import HEADER

from .errors import Unable, answered

# Swagger UI writes styles into its own markup, and asks the API from the page.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)


def as_page(view):
    @wraps(view)
    def answer(request, **more):
        response = view(request, **more)
        response["Cache-Control"] = "no-cache"
        if response["Content-Type"].startswith("text/html"):
            response[HEADER] = POLICY
        return response

    return answer


def to_the_page(request):
    return HttpResponseRedirect(reverse("api:openapi-view"))


@csrf_exempt
def nowhere(request, rest):
    """Unknown addresses of the API are answered as JSON, and not with readers' page or a redirect."""
    return answered(Unable(404, "There is no such address in the API."))
