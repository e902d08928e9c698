"""Requests while the database does not answer."""

from django.urls import get_resolver


class AnswerWithoutDatabase:
    """A page that is not printed is not waited for while the database, asked a moment ago, does not answer:
    every reader would hold a thread of the server until theirs has not been answered either."""

    SAID = "newsroom.database_is_away"  # by the press; a name that no request's header can get

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.META.get(self.SAID):
            return get_resolver().resolve_error_handler(503)(request)
        return self.get_response(request)
