from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from articles.admin.shared.nonsense import RefusesNonsense
from articles.models import Board, BoardVersion
from articles.publishing.breaking_line import line_on
from articles.publishing.rights.of_fronts import fronts_of, may_lay_out
from articles.publishing.rights.reach import may_somewhere

from .breaking import breaking_view
from .put import put
from .view import address_of, board_view


@admin.register(Board)
class BoardAdmin(RefusesNonsense, admin.ModelAdmin):
    """Only its own pages: a list of the fronts, and one page for each."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("put/<int:pk>/", wrap(put), name="articles_board_put"),
            path("", wrap(partial(list_of_fronts, self)), name="articles_board_changelist"),
            path("breaking/", wrap(partial(breaking_view, site=self.admin_site)), name="articles_breaking"),
            path(
                "<str:which>/", wrap(partial(board_view, site=self.admin_site)), name="articles_board_front"
            ),
        ]

    def has_module_permission(self, request):
        return may_somewhere(request.user, "publish")

    def has_view_permission(self, request, obj=None):
        return may_somewhere(request.user, "publish")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def list_of_fronts(model_admin, request):
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    newest = newest_of_each()
    fronts = [
        (section, address_of(section), newest.get(section and section.pk))
        for section in fronts_of(request.user)
    ]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Fronts",
        "fronts": fronts,
        "may_break": may_lay_out(request.user, None),
        "line": line_on(timezone.now()),
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/fronts/list.html", context)


def newest_of_each():
    """Number of a section, or None for the paper → the newest version of its board."""
    newest = BoardVersion.objects.filter(number=F("board__version")).select_related("by", "board")
    return {version.board.section_id: version for version in newest}
