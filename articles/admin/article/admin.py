from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from articles.admin.desk import correction, notes, publish_time, view
from articles.admin.desk.endpoints import (
    draft_links,
    linking,
    pasting,
    readiness,
    suggestions,
    typesetting,
    unsaved,
    upload,
)
from articles.admin.desk.rights import not_for
from articles.admin.history import views as history
from articles.admin.presence import presence
from articles.admin.shared import session
from articles.admin.shared.nonsense import RefusesNonsense, row_number
from articles.admin.shared.retry import TriesAgain
from articles.models import Article
from articles.publishing.rights.of_articles import may_read

from .first_page import not_ready, short_lists
from .list import ArticleList


@admin.register(Article)
class ArticleAdmin(TriesAgain, ArticleList, RefusesNonsense, admin.ModelAdmin):
    """The list of articles is `ArticleList`'s; writing one is the desk's."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        desk = csrf_exempt(never_cache(self.desk))
        return [
            path("add/", desk, name="articles_article_add"),
            path("<int:object_id>/change/", desk, name="articles_article_change"),
            *self.history_urls(wrap),
            path(
                "<int:object_id>/corrections/<int:number>/",
                self.with_form(correction.correction),
                name="articles_article_correction",
            ),
            path(
                "<int:object_id>/publish-time/",
                self.with_form(publish_time.publish_time),
                name="articles_article_publish_time",
            ),
            path("<int:object_id>/notes/", self.with_form(notes.notes), name="articles_article_notes"),
            path(
                "<int:object_id>/notes/people/",
                wrap(self.of(require_GET(notes.people))),
                name="articles_article_people",
            ),
            path("desk/upload/", upload.upload, name="articles_desk_upload"),
            path("desk/unsaved/", unsaved.keep, name="articles_desk_unsaved"),
            path("desk/presence/", presence, name="articles_desk_presence"),
            path("desk/paste/", pasting.pasted, name="articles_desk_paste"),
            path("desk/typography/", typesetting.typeset, name="articles_desk_typography"),
            path("desk/readiness/", readiness.readiness, name="articles_desk_readiness"),
            path("desk/draft-links/", draft_links.draft_links, name="articles_desk_draft_links"),
            path("desk/links/", wrap(linking.links), name="articles_desk_links"),
            path("desk/tags/", wrap(suggestions.tags), name="articles_desk_tags"),
            path("desk/authors/", wrap(suggestions.authors), name="articles_desk_authors"),
            *super().get_urls(),
        ]

    def desk(self, request, object_id=None):
        """Exempt from the middleware's token check because it makes its own: a form with an old token is
        shown again with its text instead of being thrown away."""
        article = None if object_id is None else self.article(object_id)
        if object_id is not None and article is None and request.method != "POST":
            return self.admin_site.admin_view(self.missing)(request, object_id)
        if request.method != "POST":
            return self.admin_site.admin_view(self.show)(request, article)
        return self.take(request, article, object_id)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Never show Django's own form, which would save without the verbs, the sanitiser and revisions.
        Requests come here if the number in their address is spelled unusually (“7 ”, “+7”)."""
        return self.missing(request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """Never show Django's own page, which knows nothing of versions. Requests come here as they do to
        changeform_view."""
        return self.missing(request, object_id)

    def delete_view(self, request, object_id, extra_context=None):
        """Never show Django's own page, which would delete without the bin. The form has a button for it."""
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[object_id]))

    def with_form(self, view):
        """The view of a page of the article with a form of its own, such as that of a note to readers. Exempt
        like the article's form."""

        def answered(request, object_id, **more):
            def answer(**how):
                shown = csrf_exempt(self.of(partial(view, **how)))
                return self.admin_site.admin_view(shown)(request, object_id, **more)

            if request.method != "POST":
                return answer()
            show = partial(answer, is_only_shown=True)
            return session.answered(request, self.admin_site, show=show, take=answer)

        return csrf_exempt(never_cache(answered))

    def history_urls(self, wrap):
        return [
            path(f"<int:object_id>/history/{tail}", wrap(self.of(view)), name=f"articles_article_{name}")
            for tail, view, name in (
                ("", history.history, "history"),
                ("compare/", history.compare, "compare"),
                ("restore/", require_POST(history.restore), "restore"),
            )
        ]

    def of(self, view):
        """Call a view of the history, or of a note, with the article. If there is none, answer as the rest
        of the admin does."""

        def found(request, object_id, **more):
            article = self.article(object_id)
            if article is None:
                return self.missing(request, object_id)
            return view(request, self.admin_site, article, **more)

        return never_cache(found)

    def missing(self, request, object_id):
        """If the article is in the bin, show it there. No article ever has the number 0."""
        number = row_number(str(object_id))
        if number == 0:
            raise Http404
        found = number and self.binned(number)
        if found and may_read(request.user, found):
            messages.warning(request, f"“{found}” is in the bin. To open it, take it out first.")
            return HttpResponseRedirect(reverse("admin:articles_binnedarticle_changelist"))
        return self._get_obj_does_not_exist_redirect(request, self.opts, str(object_id))

    def first_page(self, request):
        """The context of the desk's first page."""
        return {
            "short_lists": short_lists(request.user, self.standing),
            "not_ready": list(not_ready(request.user)),
        }

    def show(self, request, article):
        return view.show(request, self.admin_site, article)

    def take(self, request, article, number):
        """`article` is None if it is a new one, and also if number `number` is in the bin or deleted."""
        site = self.admin_site

        def taken():
            if number is not None and article is None:
                self.refuse_strangers(request, number)
                return view.take_without_article(request, site, pk=number)
            return view.take(request, site, article)

        show = partial(view.show_unsaved, request, site, article)
        return session.answered(request, site, show=show, take=taken)

    def refuse_strangers(self, request, number):
        """Refuse people who may not see an article that has been put into the bin since."""
        found = self.binned(number)
        if found and not may_read(request.user, found):
            raise PermissionDenied(not_for(request.user, found))

    def binned(self, number):
        return Article.binned.filter(pk=number).first() if number < 2**63 else None

    def article(self, pk):
        queryset = Article.objects.select_related("section__parent", "lead_image", "working_copy")
        return queryset.filter(pk=pk).first() if pk < 2**63 else None
