"""An article as readers would see it now, for those who work on it: drafts, working copies and what is being
typed included."""

from dataclasses import dataclass, replace

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.http.content_policy import HEADER, OF_PREVIEWS
from articles.models import Article, Author, Byline, Section, State, Tag
from articles.publishing import Content
from articles.publishing.article.content.content import COLUMNS
from articles.publishing.rights.of_articles import may_read
from articles.publishing.shared.prepared_body import prepare_article
from articles.views.shared.navigation import read_navigation
from articles.views.shared.rendering import render_page

from .article import facts_of, reading_context

LABELS = {
    State.DRAFT: gettext_lazy("Draft"),
    State.IN_REVIEW: gettext_lazy("In review"),
    State.PUBLISHED: gettext_lazy("Published"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
}


@dataclass(frozen=True)
class Preview:
    """What the bar at the top says, and where it leads."""

    label: str
    edit_url: str
    public_url: str = ""


@never_cache
@require_safe
def preview(request, uid):
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    article = get_object_or_404(Article.objects.select_related("working_copy", "lead_image"), uid=uid)
    if not may_read(request.user, article):
        raise PermissionDenied
    is_scheduled_text = "scheduled" in request.GET and article.has_scheduled_changes
    content = (
        Content.of_revision(article.scheduled_revision) if is_scheduled_text else Content.newest(article)
    )
    return page(request, article, content, bar_of(article, is_scheduled_text=is_scheduled_text))


@never_cache
@require_POST
def typed(request, read):
    """The same of a form that is not saved, for the desk, which shows it beside the form. `read` makes an
    article, which may have no row, and its content from the form, and raises PermissionDenied."""
    article, content = read(request)
    # The form stands beside it, so no bar has to say what this is.
    return page(request, article, content, bar=None)


def page(request, article, content, bar, *, template="pages/preview.html", kind="article", **more):
    put_on(article, content)
    navigation = read_navigation()
    context = reading_context(article, bylines_of(article, content), navigation)
    context |= {
        "corrections": list(article.corrections.all()) if article.pk else [],
        "tags": [Tag(name=name, slug=Tag().slugify(name)) for name in content.tags],
        "more": [],
        "is_related": False,
        "series": [],
        "preview": bar,
        "edit_url": bar.edit_url if bar else "",
        "meta": replace(context["meta"], canonical="", json_ld=(), robots="noindex"),
        **more,
    }
    response = render_page(
        request,
        template,
        kind,
        context,
        navigation=navigation,
        facts=facts_of(article, context["body"]),
        # It is no reader who has opened it, and the way to the form is in the bar, or the form beside it.
        unused=["read", "edit_link", "ask_breaking"],
    )
    response["X-Robots-Tag"] = "noindex"
    response[HEADER], response["X-Frame-Options"] = OF_PREVIEWS, "SAMEORIGIN"
    return response


def bar_of(article, *, is_scheduled_text):
    changed = article.working_copy_id is not None
    public = article.is_public()
    label = gettext("Changes that are not public yet") if changed else LABELS[article.state]
    if article.is_scheduled or is_scheduled_text:
        label = gettext("Scheduled")
    return Preview(
        label=label,
        edit_url=f"/admin/articles/article/{article.pk}/change/",
        public_url=article.get_absolute_url() if public else "",
    )


def put_on(article, content):
    """Show the content on the row in hand; nothing is saved."""
    for name in COLUMNS:
        setattr(article, name, getattr(content, name))
    article.section = Section.objects.filter(pk=content.section_id).select_related("parent").first()
    article.publish_at = article.publish_at or timezone.now()
    prepare_article(article)


def bylines_of(article, content):
    authors = Author.objects.select_related("portrait").in_bulk([line.author_id for line in content.bylines])
    return [
        Byline(article=article, author=authors[line.author_id], role=line.role)
        for line in content.bylines
        if line.author_id in authors
    ]
