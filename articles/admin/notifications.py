"""What somebody is told: the bell in the head of each page, its list, and what comes by e-mail besides."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from articles.admin.shared.nonsense import RefusesNonsense
from articles.models import Email, EmailWanted, Notification
from articles.models.desk.notification import Kind
from articles.publishing.notifications.told import line_of, link_of, told_to

from .log import ReadOnly

SHOWN = 50


class WantedForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple, label="By e-mail too, when"
    )


@admin.register(Notification)
class NotificationAdmin(RefusesNonsense, admin.ModelAdmin):
    """Everybody at the desk has these pages, and only their own notifications."""

    def has_module_permission(self, request):
        return False

    def has_view_permission(self, request, obj=None):
        return obj is None or obj.person_id == request.user.pk

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(never_cache(self.told)), name="articles_notification_changelist"),
            path("<int:number>/", wrap(never_cache(self.open)), name="articles_notification_change"),
        ]

    def open(self, request, number):
        """What it is about; it is read then."""
        told = told_to(request.user).filter(pk=number).select_related("note").first()
        if told is None:
            raise Http404
        Notification.objects.filter(pk=told.pk, read_at=None).update(read_at=timezone.now())
        return HttpResponseRedirect(link_of(told))

    def told(self, request):
        if request.method == "POST":
            return self.take(request)
        rows = list(told_to(request.user).select_related("article", "note", "by")[:SHOWN])
        for row in rows:
            row.line = line_of(row)
        wanted = EmailWanted.objects.filter(person=request.user).values_list("kind", flat=True)
        context = {
            **self.admin_site.each_context(request),
            "title": "Notifications",
            "opts": self.opts,
            "rows": rows,
            "newest": rows[0].pk if rows else 0,
            "has_unread": any(row.read_at is None for row in rows),
            "form": WantedForm(initial={"kinds": list(wanted)}),
            "is_nav_sidebar_enabled": False,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/notifications.html", context)

    def take(self, request):
        if "read" in request.POST:
            # Only what the page has shown: what came since is still new.
            newest = request.POST.get("newest", "")
            newest = int(newest) if newest.isascii() and newest.isdecimal() and len(newest) < 19 else 0
            seen = Notification.objects.filter(person=request.user, read_at=None, pk__lte=newest)
            seen.update(read_at=timezone.now())
        else:
            form = WantedForm(request.POST)
            if form.is_valid():
                want(request.user, form.cleaned_data["kinds"])
                messages.success(request, "Kept.")
            else:
                messages.error(request, "Not kept: choose from the list.")
        return HttpResponseRedirect(reverse("admin:articles_notification_changelist"))


@transaction.atomic
def want(user, kinds):
    EmailWanted.objects.filter(person=user).exclude(kind__in=kinds).delete()
    rows = [EmailWanted(person=user, kind=kind) for kind in kinds]
    EmailWanted.objects.bulk_create(rows, ignore_conflicts=True)


@admin.register(Email)
class EmailAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["to", "about", "state", "last_error"]
    list_select_related = ["notification__person"]

    @admin.display(description="to")
    def to(self, email):
        return email.notification.person.get_username()

    @admin.display(description="about")
    def about(self, email):
        return email.notification.get_kind_display()

    @admin.display(description="state")
    def state(self, email):
        return email.in_words(timezone.now())
