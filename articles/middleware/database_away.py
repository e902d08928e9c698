"""Answers requests while the database is away."""

from django.urls import get_resolver


class AnswerWithoutDatabase:
    """If the database did not answer a moment ago, requests for pages that are not printed get the error page
    at once. Otherwise each would hold a thread of the server while it waits for the database in vain."""

    # The press sets this in the environment of a request. No header of a request can have that name.
    SAID = "newsroom.database_is_away"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.META.get(self.SAID):
            return get_resolver().resolve_error_handler(503)(request)
        return self.get_response(request)
