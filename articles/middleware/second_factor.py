"""Whoever must have a second factor and has come in without one is nobody, on every page."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from django.utils.functional import SimpleLazyObject

from articles.accounts.factors import is_required
from articles.accounts.pending import COMPLETE
from articles.conf import second_factor_for


class SecondFactor:
    """The desk then asks for the log-in, in place if a form was sent, and the log-in asks for the factor.
    Nothing is looked up before somebody asks who it is, so readers' pages cost no more."""

    def __init__(self, get_response):
        if not second_factor_for():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        request.user = SimpleLazyObject(lambda: admitted(request, user))
        return self.get_response(request)


def admitted(request, user):
    if user.is_authenticated and COMPLETE not in request.session and is_required(user):
        return AnonymousUser()
    return user
