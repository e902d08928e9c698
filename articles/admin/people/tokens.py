"""Tokens of the content API: everybody at the desk makes their own, sees when each was last used, and ends
it. Administrators see all of them and end any."""

from django import forms
from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.timesince import timesince

from articles.admin.shared.forms import PlainForm
from articles.admin.shared.keeps_text import KeepsText
from articles.admin.shared.nonsense import RefusesNonsense
from articles.conf import absolute
from articles.models import ApiToken
from articles.models.desk.api_token import Scope
from articles.models.desk.people import name_of
from articles.publishing import Refused
from articles.publishing.rights.reach import is_at_desk
from articles.publishing.rights.tokens import DAYS, MOST_DAYS, end_token, make_token, refuse_too_many

from .confirming import Confirmed

API = "/api/v1"
# What is made is shown next, once.
WITHOUT_MORE = {"show_save_and_continue": False, "show_save_and_add_another": False}


class TokenForm(Confirmed, PlainForm):
    """With the password, because a token opens longer than a session, and no second factor is asked for."""

    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        label="It may",
        help_text="Never more than you may do yourself. Without “read” it only begins drafts and adds"
        " pictures.",
    )
    days = forms.IntegerField(
        initial=DAYS,
        min_value=1,
        max_value=MOST_DAYS,
        label="Good for",
        help_text=f"Days, {MOST_DAYS} at most.",
    )

    class Meta:
        model = ApiToken
        fields = ["name"]

    def __init__(self, *args, **more):
        super().__init__(self.asked, *args, **more)

    def clean(self):
        cleaned = super().clean()
        try:
            refuse_too_many(self.request.user)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return cleaned


@admin.register(ApiToken)
class ApiTokenAdmin(KeepsText, RefusesNonsense, admin.ModelAdmin):
    form = TokenForm
    fields = ["name", "scopes", "days"]
    list_display = ["name", "begins", "owner", "may", "state", "used"]
    list_display_links = ["name"]
    list_select_related = ["person"]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-pk"]
    actions = ["end"]

    def has_module_permission(self, request):
        return is_at_desk(request.user)

    def has_add_permission(self, request):
        return is_at_desk(request.user)

    def has_view_permission(self, request, obj=None):
        return is_at_desk(request.user) and (
            obj is None or obj.person_id == request.user.pk or self.sees_all(request)
        )

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """What was ended stays, so that it is known what the token was."""
        return False

    def sees_all(self, request):
        return request.user.has_perm("articles.view_apitoken")

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows if self.sees_all(request) else rows.filter(person=request.user)

    def get_fields(self, request, obj=None):
        if obj:
            return ["name", "begins", "owner", "may", "made_at", "state", "used"]
        return [*self.fields, "password"] if request.user.has_usable_password() else self.fields

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {**WITHOUT_MORE, **(extra_context or {})})

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        said = form.cleaned_data
        token, request.made_token = make_token(
            request.user, name=said["name"], scopes=said["scopes"], days=said["days"]
        )
        obj.pk, obj.person = token.pk, request.user

    def save_related(self, request, form, formsets, change):
        """There is nothing that belongs to it."""

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.asked = request
        return form

    def response_add(self, request, obj, post_url_continue=None):
        """The token itself, once: only its hash is kept."""
        context = {
            **self.admin_site.each_context(request),
            "title": f"The token “{obj.name}”",
            "opts": self.opts,
            "token": request.made_token,
            "address": absolute(f"{API}/desk/articles"),
            "docs": absolute(f"{API}/docs"),
            "is_nav_sidebar_enabled": False,
        }
        answer = TemplateResponse(request, "admin/people/token.html", context)
        answer["Cache-Control"] = "no-store"
        return answer

    @admin.action(description="End the selected tokens", permissions=["view"])
    def end(self, request, queryset):
        open_ones = list(queryset.open().select_related("person"))
        for token in open_ones:
            end_token(token, by=request.user)
        messages.success(request, f"{len(open_ones)} ended. They open nothing any more.")

    @admin.display(description="begins with")
    def begins(self, token):
        return f"{token.beginning}…"

    @admin.display(description="of")
    def owner(self, token):
        return name_of(token.person)

    @admin.display(description="may")
    def may(self, token):
        return ", ".join(str(Scope(scope).label) for scope in token.scopes)

    @admin.display(description="state")
    def state(self, token):
        if token.ended_at:
            return f"ended {timezone.localtime(token.ended_at):%d %B %Y %H:%M}"
        until = f"{timezone.localtime(token.expires_at):%d %B %Y}"
        return f"good until {until}" if token.is_open else f"expired {until}"

    @admin.display(description="last used")
    def used(self, token):
        return f"{timesince(token.last_used_at)} ago" if token.last_used_at else "never"
