"""Whoever has logged in too long ago, or without the second factor that is required of them, is nobody on
every page."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from django.utils.functional import SimpleLazyObject

from articles.accounts.factors import is_required
from articles.accounts.pending import COMPLETE
from articles.accounts.sessions import is_too_old
from articles.conf import log_in_days, second_factor_for


class Admission:
    """The desk then asks for the log-in again, in place if a form was sent, and the log-in asks for the
    factor. Nothing is looked up before somebody asks who it is, so readers' pages cost no more."""

    def __init__(self, get_response):
        self.refusals = [refuses for is_asked_for, refuses in RULES if is_asked_for()]
        if not self.refusals:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        request.user = SimpleLazyObject(lambda: self.admitted(request, user))
        return self.get_response(request)

    def admitted(self, request, user):
        if user.is_authenticated and any(refuses(request.session, user) for refuses in self.refusals):
            return AnonymousUser()
        return user


def has_logged_in_too_long_ago(session, user):
    return is_too_old(session)


def lacks_second_factor(session, user):
    return COMPLETE not in session and is_required(user)


RULES = ((log_in_days, has_logged_in_too_long_ago), (second_factor_for, lacks_second_factor))
