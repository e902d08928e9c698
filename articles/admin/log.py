"""What the verbs have written down, read-only."""

from django.contrib import admin

from articles.admin.article.actions import link
from articles.admin.shared.nonsense import RefusesNonsense
from articles.admin.shared.pagination import CappedPaginator
from articles.models import Act, Article, OutboxEntry
from articles.models.desk.people import name_of
from articles.publishing.rights.of_articles import readable_by


class ReadOnly:
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    paginator = CappedPaginator
    ordering = ["-pk"]
    sortable_by = ()
    actions = None
    list_display_links = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Act)
class ActAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["at", "who", "verb", "story", "detail"]
    list_select_related = ["article", "by"]

    def get_queryset(self, request):
        rows, seen = super().get_queryset(request), readable_by(request.user)
        if seen:
            rows = rows.filter(article__in=Article.including_bin.filter(seen).order_by().values("pk"))
        return rows.defer("article__body", "article__prepared_body")

    @admin.display(description="by")
    def who(self, act):
        return name_of(act.by, "the site")

    @admin.display(description="article")
    def story(self, act):
        return link(act.article)


@admin.register(OutboxEntry)
class OutboxEntryAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["written_at", "due_at", "__str__", "change"]
