"""Handles forms that arrive without a session, or with the token of an older session, so that no text is
lost.

The text is carried through the log-in page and shown again in the form; it is not saved on the way. Bodies
are sanitised before they are shown (editor.BodyField). So a form sent from another site can only be
looked at.
"""

from copy import copy

from django.middleware.csrf import CsrfViewMiddleware
from django.views.csrf import csrf_failure

LOGIN = "_desk_login"
UNSAVED = "This is what you had typed. It is not saved yet: look it over and press the button again."
# And the fields of the log-in form; newsroom/log_in.py has those of its second step.
NOT_CARRIED = {"csrfmiddlewaretoken", "next", LOGIN, "second_step", "second_code", "second_passkey"}


def answered(request, site, *, show, take):
    """The answer to a POST of a view that is exempt from the middleware's token check: what `take` answers if
    the session and the token are right, and else `show`, which shows the form with what was typed and saves
    nothing. First comes the log-in page if nobody is logged in."""
    if not site.has_permission(request):
        answer = log_in(request, site)
        return show() if site.has_permission(request) else answer
    if refusal := wrong_token(request):
        return show() if comes_from_here(request) else refuse(request, refusal)
    return show() if is_log_in(request) else take()


class TokenCheck(CsrfViewMiddleware):
    def _reject(self, request, reason):
        # The middleware would answer with a page that loses the text. The caller makes a better answer.
        return reason


def wrong_token(request):
    """Why Django would refuse the form; None if it would not."""

    def protected(request):
        """Takes the place of the view. Unlike the real one it is not exempt from the check."""

    return TokenCheck(protected).process_view(request, protected, (), {})


def refuse(request, reason):
    return csrf_failure(request, reason=reason)


def comes_from_here(request):
    """Whether the browser says that the form was sent by a page of this site."""
    origin = request.META.get("HTTP_ORIGIN", "")
    scheme = "https" if request.is_secure() else "http"
    return origin == f"{scheme}://{request.get_host()}"


def log_in(request, site):
    """Answer with the site's log-in page, in which all that was typed is carried along.

    The view of /admin/login/ itself is called, so that this page asks for the same, for instance a second
    factor. Afterwards `site.has_permission` tells whether the editor is logged in.
    """
    asked = request
    if LOGIN not in request.POST or wrong_token(request):
        # The POST is the form of an article and not a log-in form. So the log-in view is asked for an empty
        # form.
        asked = copy(request)
        asked.method = "GET"
    return site.login(asked, extra_context=typed(request, site))


def is_log_in(request):
    """Whether this form was sent by the page that `log_in` answered."""
    return LOGIN in request.POST


def typed(request, site):
    """The context of the log-in page, with the fields that it carries along."""
    left_out = NOT_CARRIED | set(site.login_form.base_fields)
    carried = [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]
    return {"title": "Log in to go on", "carried": carried, "marker": LOGIN, "next": request.get_full_path()}
