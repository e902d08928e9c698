import json
from functools import partial

from adminsortable2.admin import SortableAdminMixin
from django import forms
from django.contrib import admin, messages
from django.db.models import Max
from django.http import (
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotAllowed,
)
from django.utils.html import format_html

from articles.admin.shared.forms import SluggedForm
from articles.admin.shared.guarded import Guarded, GuardedForm, shown_version
from articles.admin.shared.keeps_text import KeepsText
from articles.admin.shared.nonsense import RefusesNonsense
from articles.admin.shared.on_site import OnSite
from articles.admin.shared.removal import Removal, list_link
from articles.models import Section
from articles.publishing import Refused
from articles.publishing.sections import (
    move_sections,
    order_sections,
    remove_section,
    save_section,
    uses_of_section,
)
from articles.publishing.shared.locks import tried_again


class SectionForm(GuardedForm, SluggedForm):
    class Meta:
        model = Section
        fields = ["name", "slug", "parent", "description", "shown_without_stories"]
        error_messages = {
            "parent": {
                "invalid_choice": "Sections go two levels deep; choose one that is not itself a subsection."
            }
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "parent" in self.fields and self.instance.pk:
            self.fields["parent"].queryset = self.fields["parent"].queryset.exclude(pk=self.instance.pk)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("slug") and "parent" in cleaned and self.taken(cleaned["slug"]):
            self.add_error("slug", "Another section has this address; choose another word.")
        return cleaned

    def others(self):
        return super().others().filter(parent=self.cleaned_data.get("parent"))


@admin.register(Section)
class SectionAdmin(
    OnSite, KeepsText, Guarded, Removal, SortableAdminMixin, RefusesNonsense, admin.ModelAdmin
):
    form = SectionForm
    list_display = ["title", "address", "description", "stories"]
    list_display_links = ["title"]
    list_select_related = ["parent"]
    list_per_page = 500
    actions = ["move_up", "move_down", *Removal.actions]
    sortable_by = ()
    search_fields = ["name", "slug", "parent__name"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["order", "pk"]

    class Media:
        js = [forms.Script("js/admin/section_order.js", type="module")]

    def get_search_fields(self, request):
        # For fields that look sections up; the list itself is short, and a search would break the dragging.
        return [] if request.path.endswith("/section/") else super().get_search_fields(request)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.order = (Section.objects.aggregate(last=Max("order"))["last"] or 0) + 1
        save_section(obj, expected=shown_version(form))
        order_sections()

    def update_order(self, request):
        """The address to which a row that was dropped is sent. sortable2's script says which rows have moved,
        ours `seen`: the numbers of all rows, in the order that was shown."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            return HttpResponseForbidden()
        try:
            sent = json.loads(request.body)
            wanted = {int(pk): int(place) for pk, place in sent["updatedItems"]}
            seen = [int(pk) for pk in sent["seen"]]
        except (ValueError, TypeError, KeyError, RecursionError):
            return HttpResponseBadRequest()
        try:
            tried_again(partial(order_sections, wanted, seen=seen))
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return HttpResponse(status=409)
        return HttpResponse()

    @admin.action(description="Move up", permissions=["change"])
    def move_up(self, request, queryset):
        """Like the next one, for whoever cannot drag."""
        tried_again(partial(move_sections, {section.pk for section in queryset}, -1))

    @admin.action(description="Move down", permissions=["change"])
    def move_down(self, request, queryset):
        tried_again(partial(move_sections, {section.pk for section in queryset}, 1))

    def uses(self, obj):
        return uses_of_section(obj)

    def advice(self, obj, use):
        if use.name == "subsections":
            return "Make each of them a section of its own, or part of another, first."
        if use.name == "groups":
            return "Give those groups another section first; a group without any has all of them."
        if use.name == "working_copies":
            return "Open those articles with unpublished changes and choose another section there."
        shown = list_link("article", f"section={obj.pk}", "Show them")
        return format_html("{}, move them to another section, then delete this one.", shown)

    def remove(self, obj):
        remove_section(obj)

    @admin.display(description="section")
    def title(self, section):
        kind = "sub" if section.parent_id else "top"
        return format_html('<span class="section-name section-name--{}">{}</span>', kind, section.name)

    @admin.display(description="address")
    def address(self, section):
        return section.get_absolute_url()

    @admin.display(description="articles")
    def stories(self, section):
        return list_link("article", f"section={section.pk}", "Show")
