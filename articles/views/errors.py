"""Pages for what cannot be shown. Each has a way on, and the choice of site version like every page."""

import re
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext

from articles.conf import largest_form, paper
from articles.database.errors import is_away
from articles.http.caching import short_answer
from articles.http.request_id import request_id
from articles.models import Article
from articles.models.addresses.paths import FILE
from articles.publishing.shared.text import one_line
from articles.views.shared.cards import cards_of
from articles.views.shared.navigation import Navigation, read_navigation
from articles.views.shared.rendering import Meta, render_page

LATEST = 6
RETRY_AFTER = 30  # seconds
# Words are divided by the signs that addresses have between them.
WORD = re.compile(r"[^\s\-_.,;:+=&?!()\"']+")
LONGEST_WORDS = 100
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def not_found(request, exception=None):
    if FILE.fullmatch(request.path):
        return short_answer(404, gettext("There is no such file here."))
    return with_a_way_on(request, "404.html", 404, gettext("Page not found"), words=words_in(request.path))


def words_in(path):
    """What was probably meant by the address, for the search: the words of its last part that has any."""
    for part in reversed(path.rstrip("/").split("/")):
        words = WORD.findall(part.removesuffix(".html"))
        if found := one_line(" ".join(word for word in words if not word.isdecimal())):
            return found[:LONGEST_WORDS]
    return ""


def gone(request, navigation=None, *, was_story=True):
    """The page is printed and kept, so it lists no stories: that list would change with each new story."""
    title = gettext("This story has been withdrawn") if was_story else gettext("This page is gone")
    context = {"meta": error_meta(title), "title": title, "was_story": was_story}
    return render_page(
        request, "410.html", "error", context, navigation=navigation or read_navigation(), status=410
    )


def bad_request(request, exception=None):
    # Django calls this for a form that is too large, too.
    if isinstance(exception, TOO_LARGE):
        return alone(request, "413.html", 413, gettext("Too much at once"), limits=largest_form())
    return alone(request, "400.html", 400, gettext("Bad request"))


def forbidden(request, exception=None):
    return alone(request, "403.html", 403, gettext("Not allowed"), why=str(exception or ""))


def server_error(request):
    # Django calls this while it handles the exception.
    if is_away(sys.exc_info()[1]):
        return away(request)
    # By it, who runs the site finds what the log has of this.
    return alone(request, "500.html", 500, gettext("Something went wrong"), reference=request_id())


def away(request):
    """If the database is away, answer 503, because the same request may succeed in a moment. If it refuses a
    query, that is our own fault, and the answer is the page for errors."""
    response = alone(request, "503.html", 503, gettext("Back in a moment"))
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def alone(request, template, status, title, **more):
    """A page without any query, because the database may be what failed, and a bad request is not worth
    one."""
    response = render_page(request, template, "error", {"meta": error_meta(title), **more}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def with_a_way_on(request, template, status, title, **more):
    try:
        navigation = getattr(request, "navigation", None) or read_navigation()
        latest = cards_of(Article.objects.published(timezone.now()).newest_first()[:LATEST], navigation)
    except DatabaseError:
        navigation, latest = Navigation(), []
    context = {"latest": latest, "meta": error_meta(title), **more}
    return render_page(request, template, "error", context, navigation=navigation, status=status)


def error_meta(title):
    return Meta(title=f"{title} – {paper().name}", robots="noindex")
