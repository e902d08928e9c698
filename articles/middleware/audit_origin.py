"""Lets the audit log know which request is being answered."""

from articles.audit.origin import asked_by
from articles.http.client_address import client_address


class AuditOrigin:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with asked_by(request, client_address):
            return self.get_response(request)
