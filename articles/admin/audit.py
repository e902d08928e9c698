"""The audit log at the desk: searched, narrowed, and taken away as CSV. Nobody changes it."""

import csv

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.urls import path
from django.utils import timezone

from articles.audit import record
from articles.models import AuditEntry

from .log import ReadOnly
from .redirects.csv_files import Echo
from .shared.nonsense import RefusesNonsense

COLUMNS = ("at", "kind", "name", "person", "address", "what", "detail")
AT_ONCE = 2_000
# What spreadsheets take for a formula if a cell begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["at", "who", "what", "detail", "kind", "address"]
    list_filter = ["kind"]
    search_fields = ["name", "address", "what", "detail"]
    search_help_text = "A log-in name, an address, or a thing such as “article 12”."
    change_list_template = "admin/articles/auditentry/change_list.html"

    @admin.display(description="by")
    def who(self, entry):
        return entry.name or "–"

    def get_urls(self):
        view = self.admin_site.admin_view(self.download)
        return [path("download/", view, name="articles_auditentry_download"), *super().get_urls()]

    def download(self, request):
        """What the list shows, narrowed as the list is, however long."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request)
        entry = record(AuditEntry.Kind.EXPORTED, "audit log", detail=request.GET.urlencode())
        lines = rows.filter(pk__lt=entry.pk).values_list(*COLUMNS).iterator(AT_ONCE)
        writer = csv.writer(Echo())
        answer = StreamingHttpResponse(
            map(writer.writerow, with_head(lines)), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="audit-{timezone.now():%Y-%m-%d}.csv"'
        return answer


def with_head(lines):
    yield COLUMNS
    for at, *others in lines:
        yield [at.isoformat(), *map(cell, others)]


def cell(value):
    """A value as text that no spreadsheet counts with: names and addresses may be a stranger's words."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
