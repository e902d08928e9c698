"""An article as readers would see it now, for those who work on it: drafts and working copies included."""

from dataclasses import dataclass, replace

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Article, Author, Byline, Section, Tag
from articles.publishing import Content
from articles.publishing.article.content import COLUMNS
from articles.publishing.prepared_body import prepare_article
from articles.views.shared.navigation import read_navigation
from articles.views.shared.rendering import render_page

from .article import facts_of, reading_context


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
    if not may_read(request.user):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("working_copy", "lead_image"), uid=uid)
    is_scheduled_text = "scheduled" in request.GET and article.has_scheduled_changes
    bar = bar_of(article, is_scheduled_text=is_scheduled_text)
    content = (
        Content.of_revision(article.scheduled_revision) if is_scheduled_text else Content.newest(article)
    )
    put_on(article, content)
    navigation = read_navigation()
    context = reading_context(article, bylines_of(article, content), navigation)
    context |= {
        "corrections": list(article.corrections.all()),
        "tags": [Tag(name=name, slug=Tag().slugify(name)) for name in content.tags],
        "more": [],
        "series": [],
        "preview": bar,
        "edit_url": bar.edit_url,
        "meta": replace(context["meta"], canonical="", json_ld=(), robots="noindex"),
    }
    facts = facts_of(article, context["body"])
    response = render_page(
        request, "pages/preview.html", "article", context, navigation=navigation, facts=facts
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def may_read(user):
    """Whoever works at the desk and may see its articles. Rights that somebody still has who has left the
    staff are worth nothing."""
    is_at_the_desk = user.is_active and user.is_staff
    return is_at_the_desk and any(user.has_perm(f"articles.{act}_article") for act in ("view", "change"))


def bar_of(article, *, is_scheduled_text):
    changed = article.working_copy_id is not None
    public = article.is_public()
    label = "Changes that are not public yet" if changed else article.get_state_display().capitalize()
    if article.is_scheduled or is_scheduled_text:
        label = "Scheduled"
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
