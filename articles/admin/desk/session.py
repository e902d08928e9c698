"""A form that arrives without a session, or with the token of an older one. Nothing typed is lost.

The text is carried through the log-in page and shown again, never saved on the way. What comes back to the
editor has been sanitised (editor.BodyField), so somebody else's form cannot do more here than be looked at.
"""

from copy import copy

from django.middleware.csrf import CsrfViewMiddleware
from django.views.csrf import csrf_failure

LOGIN = "_desk_login"
NOT_CARRIED = {"csrfmiddlewaretoken", "next", LOGIN}  # nor what the log-in form itself asks


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


def log_in(request, site):
    """What the site's own log-in view answers here, with all that was typed carried along in its page.

    It is the view of /admin/login/ itself, so that whatever is asked there is asked here as well, such as a
    second factor. `site.has_permission` says afterwards whether it has let the editor in.
    """
    asked = request
    if LOGIN not in request.POST or wrong_token(request):
        # The form of an article is no filled-in log-in form: it gets an empty one.
        asked = copy(request)
        asked.method = "GET"
    return site.login(asked, extra_context=typed(request, site))


def is_log_in(request):
    """Whether this form was sent by the page that `log_in` answered."""
    return LOGIN in request.POST


def typed(request, site):
    """What the log-in page says and carries along."""
    left_out = NOT_CARRIED | set(site.login_form.base_fields)
    carried = [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]
    return {"title": "Log in to go on", "carried": carried, "marker": LOGIN, "next": request.get_full_path()}
