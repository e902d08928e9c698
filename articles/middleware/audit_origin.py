"""Lets the audit log know which request is being answered, and which was refused to somebody known."""

from articles.audit.origin import asked_by
from articles.audit.refusals import note_refusal
from articles.http.client_address import client_address

# Addresses of other pages may have a secret in them.
WHERE_PEOPLE_ACT = ("/admin/", "/api/")


class AuditOrigin:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with asked_by(request, client_address):
            response = self.get_response(request)
            if response.status_code == 403 and request.path.startswith(WHERE_PEOPLE_ACT):
                note(request)
        return response


def note(request):
    if request.user.is_authenticated:
        note_refusal(request, request.user)
