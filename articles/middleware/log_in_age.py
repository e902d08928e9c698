"""Whoever has logged in too long ago is nobody, on every page, and logs in again."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from django.utils.functional import SimpleLazyObject

from articles.accounts.sessions import is_too_old
from articles.conf import log_in_days


class LogInAge:
    """The desk asks for it in place, if a form was sent. Nothing is looked up before somebody asks who it is,
    and nothing but the session, which is there by then."""

    def __init__(self, get_response):
        if not log_in_days():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        request.user = SimpleLazyObject(lambda: admitted(request, user))
        return self.get_response(request)


def admitted(request, user):
    return AnonymousUser() if user.is_authenticated and is_too_old(request.session) else user
