"""Django's admin as a newsroom's desk: under the paper's name, in the trade's order, and first what waits.

It is here and not among the admin classes, because those register themselves with it when they are imported.
"""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from articles.accounts.pending import BY
from articles.conf import paper, single_sign_on
from articles.models import Article, UnsavedText

from .log_in import LogInForm, may_try, too_many_tries
from .log_in_view import STEP, DeskLogIn

# The parts in which editors work. The head of each page links to them; the others are needed only now and
# then.
ROOMS = ["Article", "Board", "Image", "Section", "Author", "Tag", "Page"]
# What those need who run the site.
OPERATION = {
    *("PressStatus", "PrintFailure", "PictureFailure", "OutboxEntry", "OutboxConsumer"),
    *("Task", "Notice", "Email", "AuditEntry", "Webhook"),
}
ORDER = [*ROOMS, "OldAddress", "MissedAddress", "BinnedArticle", "Act", "OutboxEntry"]


def is_in_by_provider(request):
    """Whether this is the form of somebody who has logged in with a provider, in another tab, meanwhile."""
    return BY in request.session and not request.POST.get("username") and STEP not in request.POST


def place(model):
    name = model["object_name"]
    return ORDER.index(name) if name in ORDER else len(ORDER)


class DeskSite(AdminSite):
    index_title = "Desk"
    # The head of each page has these links. A column with them would make the lists narrower.
    enable_nav_sidebar = False
    login_form = LogInForm
    # The desk says which, as it registers its pages: articles/admin/people/new_password.py.
    password_change_form = None
    password_change_template = "admin/people/password_change.html"  # noqa: S105 - a template
    logout_template = "admin/logged_out.html"

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

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        """As Django's, which has no second step."""
        if self.has_permission(request) and (request.method == "GET" or is_in_by_provider(request)):
            return HttpResponseRedirect(reverse("admin:index"))
        context = {
            **self.each_context(request),
            "title": "Log in",
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            "provider": single_sign_on(),
        }
        if "next" not in request.GET and "next" not in request.POST:
            context["next"] = reverse("admin:index")
        view = DeskLogIn.as_view(
            extra_context=context | (extra_context or {}),
            authentication_form=self.login_form,
            template_name="admin/login.html",
        )
        request.current_app = self.name
        return view(request)

    def password_change(self, request, extra_context=None):
        """As Django's, which lets whoever has a session guess the old one as often as they like."""
        name = request.user.get_username()
        if request.method == "POST" and not may_try(request, name):
            messages.error(request, too_many_tries(request, name))
            return HttpResponseRedirect(reverse("admin:password_change"))
        answer = PasswordChangeView.as_view(
            form_class=self.password_change_form,
            success_url=reverse("admin:password_change_done"),
            template_name=self.password_change_template,
            extra_context={**self.each_context(request), **(extra_context or {})},
        )(request)
        form = (getattr(answer, "context_data", None) or {}).get("form")
        if form is not None and "old_password" in form.errors:
            user_login_failed.send(sender=__name__, credentials={"username": name}, request=request)
        return answer

    def logout(self, request, extra_context=None):
        # Asked by log_out.js: whether what was typed and never saved is thrown away.
        if request.method == "POST" and request.POST.get("forget_unsaved"):
            UnsavedText.objects.filter(editor=request.user.pk).delete()
        by_provider = single_sign_on() if BY in request.session else None
        return super().logout(request, {**(extra_context or {}), "provider": by_provider})

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
