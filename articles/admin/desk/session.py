"""A form that arrives without a session, or with the token of an older one. Nothing typed is lost.

The text is carried through the log-in page and shown again, never saved on the way. What comes back to the
editor has been sanitised (editor.BodyField), so somebody else's form cannot do more here than be looked at.
"""

from django.contrib.auth import login
from django.middleware.csrf import CsrfViewMiddleware
from django.template.response import TemplateResponse
from django.views.csrf import csrf_failure

LOGIN = "_desk_login"
NOT_CARRIED = {"csrfmiddlewaretoken", "username", "password", LOGIN}


class TokenCheck(CsrfViewMiddleware):
    def _reject(self, request, reason):
        # The middleware's own answer is a page without the text; the caller makes a better one.
        return reason


def wrong_token(request):
    """Why Django would refuse the form; None if it would not."""

    def protected(request):
        """Stands for the view; it is not exempt."""

    return TokenCheck(protected).process_view(request, protected, (), {})


def refuse(request, reason):
    return csrf_failure(request, reason=reason)


def comes_from_here(request):
    """Whether the browser says that the form was sent by a page of this site."""
    origin = request.META.get("HTTP_ORIGIN", "")
    scheme = "https" if request.is_secure() else "http"
    return origin == f"{scheme}://{request.get_host()}"


def logged_in_again(request, site):
    """Whether this is the log-in form of `ask_to_log_in`, filled in correctly."""
    if LOGIN not in request.POST:
        return False, None
    form = site.login_form(request, data=request.POST)
    if wrong_token(request) or not form.is_valid():
        return False, form
    login(request, form.get_user())
    return site.has_permission(request), form


def ask_to_log_in(request, site, form=None):
    """The log-in page at the same address, with all that was typed in it."""
    carried = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values
    ]
    context = {
        **site.each_context(request),
        "title": "Log in to go on",
        "form": form or site.login_form(request),
        "app_path": request.get_full_path(),
        "carried": carried,
        "marker": LOGIN,
        "next": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/desk/login.html", context)
