"""The list of redirects: those that were left by whatever moved, and those that editors write by hand."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html

from articles.admin.shared.forms import PlainForm
from articles.admin.shared.guarded import Guarded, GuardedForm, shown_version
from articles.admin.shared.keeps_text import KeepsText
from articles.admin.shared.nonsense import RefusesNonsense
from articles.admin.shared.pagination import CappedPaginator
from articles.admin.shared.removal import Removal
from articles.models import OldAddress
from articles.publishing import Refused
from articles.publishing.addresses.redirects import (
    Wanted,
    free_path,
    leads_to,
    readable,
    remove_redirect,
    save_redirect,
)

from .csv_files import download, upload
from .hidden import hidden_articles


class RedirectForm(GuardedForm, PlainForm):
    to = forms.CharField(
        required=False,
        max_length=2000,
        label="Leads to",
        help_text="A page of this site. Left empty, the address says that what was there is gone for good.",
    )

    class Meta:
        model = OldAddress
        fields = ["path"]
        labels = {"path": "From"}
        help_texts = {
            "path": "An address of this site without a page, such as /2019/old-story.html or /?cat=5."
        }
        widgets = {"path": forms.TextInput(attrs={"class": "vTextField"})}
        error_messages = {
            "path": {"unique": "There is a redirect from this address already; change that one."}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].widget.attrs["class"] = "vTextField"
        if self.instance.pk:
            self.initial["path"] = readable(self.instance.path)
            self.initial["to"] = readable(self.instance.destination)

    def clean_path(self):
        return self.allowed(free_path, self.cleaned_data["path"])

    def clean(self):
        cleaned = super().clean()
        if "to" in cleaned and "path" in cleaned:
            try:
                leads_to(cleaned["to"], cleaned["path"])
            except Refused as refusal:
                self.add_error("to", str(refusal))
        return cleaned

    def allowed(self, check, text):
        try:
            return check(text)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class OriginFilter(admin.SimpleListFilter):
    title, parameter_name = "origin", "made"

    def lookups(self, request, model_admin):
        return [("hand", "written by hand"), ("move", "left by what has moved")]

    def queryset(self, request, queryset):
        return queryset.filter(by_hand=self.value() == "hand") if self.value() else queryset


class DestinationFilter(admin.SimpleListFilter):
    title, parameter_name = "destination", "leads"

    def lookups(self, request, model_admin):
        return [("page", "a page of this site"), ("gone", "gone for good")]

    def queryset(self, request, queryset):
        return queryset.filter(gone=self.value() == "gone") if self.value() else queryset


@admin.register(OldAddress)
class RedirectAdmin(KeepsText, Guarded, Removal, RefusesNonsense, admin.ModelAdmin):
    form = RedirectForm
    fields = ["path", "to", "shown_version", "shown_entry"]
    list_display = ["old", "leads", "hits", "last_hit_on", "by_hand", "since"]
    list_filter = [OriginFilter, DestinationFilter]
    # Counting a million redirects takes too long.
    show_facets = admin.ShowFacets.NEVER
    list_select_related = ["article", "section__parent", "tag", "author", "page", "image", "document"]
    list_per_page = 100
    list_max_show_all = 0
    show_full_result_count = False
    paginator = CappedPaginator
    search_fields = ["path"]
    search_help_text = "A part of the old address"
    ordering = ["-pk"]
    view_on_site = False
    change_list_template = "admin/articles/oldaddress/change_list.html"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("article__body", "article__prepared_body", "page__body")

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = list(changelist.result_list)
        hidden = hidden_articles(request.user, changelist.result_list)
        for row in changelist.result_list:
            row.is_hidden = row.article_id in hidden
        return changelist

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found and hidden_articles(request.user, [found]):
            raise PermissionDenied("You may not see the article to which this redirect leads.")
        return found

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, iri_to_uri(search_term))

    def get_urls(self):
        own = [
            path("upload/", self.admin_site.admin_view(self.upload), name="articles_oldaddress_upload"),
            path("download/", self.admin_site.admin_view(self.download), name="articles_oldaddress_download"),
        ]
        return [*own, *super().get_urls()]

    def upload(self, request):
        return upload(self, request)

    def download(self, request):
        return download(self, request)

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused:
            # Somebody has taken the address since this form was checked. Checked again, the form says so.
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        wanted = Wanted(form.cleaned_data["path"], form.cleaned_data["to"])
        saved = save_redirect(wanted, old=obj if change else None, expected=shown_version(form))
        obj.pk = saved.pk

    def remove(self, obj):
        remove_redirect(obj)

    @admin.display(description="leads to", empty_value="")
    def leads(self, old):
        if old.gone:
            return "gone for good"
        if old.is_hidden:
            return "an article that you may not see"
        return format_html('<a href="{}">{}</a>', old.destination, readable(old.destination))

    @admin.display(description="address", ordering="path")
    def old(self, old):
        return readable(old.path)
