"""The bin: articles that were deleted at the desk, which can be taken out again or deleted for good."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from articles.audit import record
from articles.models import AuditEntry, BinnedArticle
from articles.models.desk.people import name_of
from articles.publishing.article.bin import KEPT, delete_for_good, take_out_of_bin
from articles.publishing.article.merging.older_forms import with_newest_act
from articles.publishing.rights.of_articles import may, readable, who_may
from articles.publishing.rights.reach import may_somewhere

from .article.actions import ListOfArticles, refuse, tokens_of, try_each
from .article.list import time_html
from .shared.bulk_limit import are_too_many
from .shared.nonsense import RefusesNonsense
from .shared.pagination import CappedPaginator


@admin.register(BinnedArticle)
class BinAdmin(ListOfArticles, RefusesNonsense, admin.ModelAdmin):
    list_display = ["story", "state", "section", "binned", "by", "goes"]
    list_display_links = None
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    paginator = CappedPaginator
    sortable_by = ()
    actions = ["restore", "erase"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return any(may_somewhere(request.user, act) for act in ("view", "change", "add"))

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_restore_permission(self, request):
        """Whoever may put articles into the bin may take them out."""
        return may_somewhere(request.user, "delete")

    def has_erase_permission(self, request):
        return may_somewhere(request.user, "erase")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Never show Django's own form of an article."""
        return HttpResponseRedirect(reverse("admin:articles_binnedarticle_changelist"))

    def history_view(self, request, object_id, extra_context=None):
        """Nor its own history."""
        return self.changeform_view(request)

    def get_queryset(self, request):
        rows = readable(request.user, super().get_queryset(request))
        rows = with_newest_act(rows.select_related("section__parent", "binned_by"))
        return rows.defer("body", "prepared_body", "contents")

    @admin.display(description="headline")
    def story(self, article):
        return format_html('<span class="story__headline" dir="auto">{}</span>', article)

    @admin.display(description="put here")
    def binned(self, article):
        return time_html(article.binned_at)

    @admin.display(description="by")
    def by(self, article):
        return name_of(article.binned_by, "the site")

    @admin.display(description="deleted for good")
    def goes(self, article):
        return time_html(article.binned_at + KEPT)

    @admin.action(description="Take out of the bin", permissions=["restore"])
    def restore(self, request, queryset):
        def restore(article, seen):
            refuse_others(request.user, "delete", article)
            take_out_of_bin(article, by=request.user, seen=seen)

        self.on_each(request, queryset, restore, "Taken out of the bin:")

    @admin.action(description="Delete for good…", permissions=["erase"])
    def erase(self, request, queryset):
        if "sure" not in request.POST:
            warning = (
                "Their text, their versions and their history are deleted too. Nothing brings them back."
            )
            return self.ask(request, queryset, forms.Form(), "Delete for good", "erase", warning=warning)

        def erase(article, seen):
            refuse_others(request.user, "erase", article)
            delete_for_good_and_record(article, seen)

        self.on_each(request, queryset, erase, "Deleted for good:", name=str)

    def on_each(self, request, queryset, act, did, **told):
        if are_too_many(request, queryset):
            return
        tokens = tokens_of(request)

        def name_what_it_saw(article):
            act(article, seen=tokens.get(str(article.pk), ""))

        try_each(list(queryset), name_what_it_saw).tell(request, did, **told)


@transaction.atomic
def delete_for_good_and_record(article, seen):
    number = article.pk
    delete_for_good(article, seen=seen)
    record(AuditEntry.Kind.DELETED, f"article {number}", detail="deleted for good")


def refuse_others(user, act, article):
    if not may(user, act, article):
        refuse(f"You may not do this in its section; {who_may(act, article.section_id)} may.")
