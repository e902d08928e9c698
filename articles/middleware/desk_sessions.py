"""Keeps the list of log-ins that last, which their owners see, up to date. Readers' pages know no session."""

from django.urls import reverse

from articles.accounts import devices, sessions


class DeskSessions:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        before = request.session.session_key
        response = self.get_response(request)
        if request.user.is_authenticated and request.session.session_key:
            sessions.keep(request, before)
        devices.remember(request, response)
        return response
