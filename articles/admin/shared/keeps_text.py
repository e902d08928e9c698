"""Forms of sections, tags, authors, pages and pictures that lose nothing typed if the session, or its token,
is lost."""

from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from . import session


class KeepsText:
    """To be mixed into an admin class. Files are not carried: a form that takes some asks for them again."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path("add/", self.keeping(self.add_view), name=f"{name}_add"),
            path("<path:object_id>/change/", self.keeping(self.change_view), name=f"{name}_change"),
        ]
        return [*own, *super().get_urls()]

    def keeping(self, view):
        admin_view = self.admin_site.admin_view(view)

        def answer(request, **more):
            if request.method != "POST":
                return admin_view(request, **more)

            def show():
                # session.py has checked the token: what is only shown needs none.
                request.is_only_shown = request._dont_enforce_csrf_checks = True
                return admin_view(request, **more)

            return session.answered(
                request, self.admin_site, show=show, take=lambda: admin_view(request, **more)
            )

        return csrf_exempt(never_cache(answer))

    def get_form(self, request, *args, **more):
        form = super().get_form(request, *args, **more)
        return only_shown(form) if getattr(request, "is_only_shown", False) else form


def only_shown(form):
    """The form, never valid: it says that what was typed is not saved."""

    class Shown(form):
        def full_clean(self):
            super().full_clean()
            if self.is_bound:
                self.add_error(None, session.UNSAVED)

    return Shown
