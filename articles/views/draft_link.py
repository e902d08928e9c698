"""An article for people without an account who have a link to it: its newest saved version, with a field for
what they want to say to the newsroom.

Nothing of it is kept anywhere: not on the shelf, where no address begins with /preview/, not in stores or
browsers, not by search engines. No cookie is needed or set.
"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.conf import paper
from articles.http.content_policy import HEADER, OF_PAGES
from articles.publishing import Content, Refused
from articles.publishing.notes.draft_links import TooMany, article_behind, write_comment
from articles.publishing.notes.writing import LONGEST, LONGEST_NAME
from articles.views.shared.rendering import Meta

from .errors import alone
from .preview import page

MOST_BYTES = 60_000
SENT = "sent"


@dataclass(frozen=True)
class CommentForm:
    """What stands around the article. `until`: when the link ends."""

    until: object
    name: str = ""
    text: str = ""
    problem: str = ""
    is_sent: bool = False
    longest: int = LONGEST
    longest_name: int = LONGEST_NAME


# No CSRF token is needed: another site cannot send this form without knowing the secret in the address.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def draft_link(request, secret):
    # Nobody finds a secret of 192 bits by trying.
    found = article_behind(secret)
    if found is None:
        return kept_by_nobody(alone(request, "link_ended.html", 404, gettext("This link has ended")))
    article, link = found
    if request.method == "POST":
        return kept_by_nobody(take(request, link))
    return shown(request, article, CommentForm(link.expires_at, is_sent=SENT in request.GET))


def take(request, link):
    """Hand what was written to the desk. If it is refused, it stands in the form still."""
    article, until = link.article, link.expires_at
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return shown(request, article, CommentForm(until, problem=too_long()), status=422)
    name, text = request.POST.get("name", ""), request.POST.get("text", "")
    if problem := problem_of(link, name, text):
        return shown(request, article, CommentForm(until, name, text, problem), status=422)
    # Asked for anew, so that a page that is loaded again sends nothing.
    return HttpResponse(status=303, headers={"Location": f"{request.path}?{SENT}#comments"})


def problem_of(link, name, text):
    """Write the note; what is wrong if it can't be written, in the reader's language."""
    if not name.strip() or not text.strip():
        return gettext("Write your name and a comment.")
    if len(text) > LONGEST:
        return too_long()
    try:
        write_comment(link, text, name=name)
    except TooMany:
        return gettext("Many comments have come, so none is taken for an hour. Please send yours later.")
    except Refused:
        return gettext("The newsroom could not take your comment. Please tell it in another way.")
    return ""


def too_long():
    return gettext("A comment has at most %(number)s characters.") % {"number": LONGEST}


def shown(request, article, comment_form, *, status=200):
    content = Content.newest(article)
    saved_at = draft_saved_at(article)
    response = page(
        request,
        article,
        content,
        bar=None,
        template="pages/draft_link.html",
        kind="draft_link",
        # There is no description and no picture here, because messengers would store a preview of the link.
        meta=Meta(title=f"{content.headline} – {paper().name}", robots="noindex"),
        comment_form=comment_form,
        draft_saved_at=saved_at,
    )
    response.status_code = status if response.status_code == 200 else response.status_code
    return kept_by_nobody(response)


def draft_saved_at(article):
    """When the newest version was saved; None if readers have it."""
    if article.working_copy_id:
        return article.working_copy.at
    if article.is_public():
        return None
    return article.revisions.values_list("at", flat=True).first() or article.modified_at


def kept_by_nobody(response):
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # Whoever follows a link of the text tells nobody from where.
    response["Referrer-Policy"] = "no-referrer"
    response[HEADER], response["X-Frame-Options"] = OF_PAGES, "DENY"
    response.headers.pop("ETag", None)
    return response
