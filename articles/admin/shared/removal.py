from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import quote
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from articles.audit import record
from articles.models import AuditEntry
from articles.publishing import Refused
from articles.publishing.shared.locks import tried_again

from .bulk_limit import are_too_many
from .retry import TriesAgain


class Removal(TriesAgain):
    """Deletes with the verbs. A row that is still used stays, and the page says what uses it and what to do.

    Django's own confirmation would load every row that refers to this one: a section's 100,000 articles.
    """

    actions = ["delete_selected"]
    delete_confirmation_template = "admin/articles/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/articles/delete_selected_confirmation.html"

    def uses(self, obj):
        """What still needs it."""
        return []

    def advice(self, obj, use):
        """How an editor frees it of that use."""
        return ""

    def advice_of(self, obj, use):
        if use.name != "binned":
            return self.advice(obj, use)
        bin_link = list_link("binnedarticle", "", "See the bin")
        return format_html("{}: they can be taken out of it, or deleted for good.", bin_link)

    def goes_along(self, obj):
        """What is deleted with it, in words."""
        return str(obj)

    def remove(self, obj):
        raise NotImplementedError

    def get_deleted_objects(self, objs, request):
        kept = [
            format_html("“{}” is used by {}. {}", obj, use, self.advice_of(obj, use))
            for obj in objs
            for use in self.uses(obj)
        ]
        names = [self.goes_along(obj) for obj in objs]
        return names, {self.opts.verbose_name_plural: len(names)}, set(), kept

    @admin.action(description="Delete selected %(verbose_name_plural)s", permissions=["delete"])
    def delete_selected(self, request, queryset):
        return None if are_too_many(request, queryset) else delete_selected(self, request, queryset)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            messages.error(request, str(refusal))
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[quote(object_id)]))

    @transaction.atomic
    def remove_and_record(self, obj):
        what, name = f"{self.opts.verbose_name} {obj.pk}", str(obj)
        self.remove(obj)
        record(AuditEntry.Kind.DELETED, what, detail=name)

    def delete_model(self, request, obj):
        self.remove_and_record(obj)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            try:
                tried_again(partial(self.remove_and_record, obj))
            except Refused as refusal:
                messages.error(request, str(refusal))


def list_link(name, query, text):
    """A link to a list of the admin, narrowed by the query if there is one."""
    address = reverse(f"admin:articles_{name}_changelist") + (f"?{query}" if query else "")
    return format_html('<a href="{}">{}</a>', address, text)
