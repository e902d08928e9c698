"""Django's admin as a newsroom's desk: under the paper's name, in the trade's order, and first what waits.

It is here and not among the admin classes, because those register themselves with it when they are imported.
"""

from django.contrib.admin import AdminSite

from articles.conf import paper
from articles.metrics.counts import counted
from articles.models import Article, UnsavedText

from .log_in import LogInForm, is_stopped

# The parts in which editors work. The head of each page links to them; the others are needed only now and
# then.
ROOMS = ["Article", "Board", "Image", "Section", "Author", "Tag", "Page"]
# What those need who run the site.
OPERATION = {
    *("PressStatus", "PrintFailure", "PictureFailure", "OutboxEntry", "OutboxConsumer"),
    *("Task", "Notice", "Email", "AuditEntry"),
}
ORDER = [*ROOMS, "OldAddress", "MissedAddress", "BinnedArticle", "Act", "OutboxEntry"]


def place(model):
    name = model["object_name"]
    return ORDER.index(name) if name in ORDER else len(ORDER)


class DeskSite(AdminSite):
    index_title = "Desk"
    # The head of each page has these links. A column with them would make the lists narrower.
    enable_nav_sidebar = False
    login_form = LogInForm

    @property
    def site_header(self):
        return paper().name

    @property
    def site_title(self):
        return paper().name

    def get_urls(self):
        """Without Django's redirect to the page of any row: everybody at the desk would learn from it the
        address of a draft. Lists and forms link to pages by themselves."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    def login(self, request, extra_context=None):
        answer = super().login(request, extra_context)
        if request.method == "POST" and answer.status_code == 200:
            counted.add("log_ins_refused", "too many tries" if is_stopped(request) else "wrong password")
        if is_stopped(request):
            answer.status_code = 429
        return answer

    def logout(self, request, extra_context=None):
        # Asked by log_out.js: whether what was typed and never saved is thrown away.
        if request.method == "POST" and request.POST.get("forget_unsaved"):
            UnsavedText.objects.filter(editor=request.user.pk).delete()
        return super().logout(request, extra_context)

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=place)
            for model in app["models"]:
                is_ours = app["app_label"] == "articles"
                model["is_room"] = is_ours and model["object_name"] in ROOMS
                model["is_operation"] = is_ours and model["object_name"] in OPERATION
        return sorted(apps, key=lambda app: app["app_label"] != "articles")

    def index(self, request, extra_context=None):
        desk = self._registry[Article]
        context = {"may_write": desk.has_add_permission(request)}
        if desk.has_view_or_change_permission(request):
            context |= desk.first_page(request)
        return super().index(request, context | (extra_context or {}))
