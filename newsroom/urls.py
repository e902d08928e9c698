from django.contrib import admin
from django.urls import include, path

from articles.admin.desk.endpoints.typed import read_typed
from articles.admin.fronts.typed import read_board
from articles.admin.operation import operation
from articles.admin.people.forgotten import SetPassword, forgotten
from articles.admin.people.log_ins import log_ins
from articles.admin.people.own_page import own_page
from articles.api.documentation import nowhere, to_the_page
from articles.api.v1 import api
from articles.management.observing.looking import look_now
from articles.views import front_preview, preview

from .provider_view import end_at_provider, from_provider, to_provider

urlpatterns = [
    # Readers' page of a form of the desk. The views and the desk don't know each other, so they meet here.
    path("admin/articles/article/desk/preview/", preview.typed, {"read": read_typed}, name="desk_preview"),
    path("admin/login/provider/", to_provider, name="desk_to_provider"),
    path("admin/login/provider/back/", from_provider, name="desk_from_provider"),
    path("admin/login/provider/end/", end_at_provider, name="desk_end_at_provider"),
    path("admin/forgotten/", forgotten, name="desk_forgotten"),
    path("admin/password/<uidb64>/<token>/", SetPassword.as_view(), name="desk_set_password"),
    path("admin/me/log-ins/", admin.site.admin_view(log_ins), name="desk_log_ins"),
    path("admin/me/", admin.site.admin_view(own_page), name="desk_own_page"),
    path("admin/operation/", admin.site.admin_view(operation), {"look": look_now}, name="desk_operation"),
    path(
        "admin/articles/board/<str:which>/preview/",
        front_preview.typed,
        {"read": read_board},
        name="board_preview",
    ),
    path("admin/", admin.site.urls),
    path("api/v1/", to_the_page, name="api"),
    path("api/v1/", api.urls),
    path("api/<path:rest>", nowhere, name="api_nowhere"),
    path("", include("articles.urls")),
]
handler400 = "articles.views.errors.bad_request"
handler403 = "articles.views.errors.forbidden"
handler404 = "articles.views.moved_or_gone.not_found"
handler500 = "articles.views.errors.server_error"
handler503 = "articles.views.errors.away"
