"""The API over plain http, on a site that speaks https."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

from .errors import Unable, answered

API, PAGE = "/api/", "/api/v1/docs"
# docs/operating/nginx.conf says the same where nginx answers by itself.
TOLD = "Ask by https, and end a token that was sent without it."


class PlainApi:
    """A program is told so and not redirected: it would go on sending its token readable each time, and
    nobody would notice. The page that describes the API is for people, who are redirected as everywhere."""

    def __init__(self, get_response):
        if not settings.SECURE_SSL_REDIRECT:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        is_for_programs = request.path.startswith(API) and not request.path.startswith(PAGE)
        if is_for_programs and not request.is_secure():
            return answered(Unable(403, TOLD))
        return self.get_response(request)
