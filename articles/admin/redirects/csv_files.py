"""Redirects as CSV: a line is an old address and where it leads. The second is empty if it is gone for
good."""

import csv
import io
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.audit import record
from articles.models import AuditEntry, OldAddress
from articles.publishing import Refused
from articles.publishing.addresses.redirects import Wanted, save_redirects
from articles.publishing.shared.locks import tried_again

from .hidden import AT_ONCE, without_hidden

MOST_LINES = 1_000
MOST_TOLD = 20
HEAD = ["from", "to", "visits", "last visit"]
COLUMNS = ("section__parent", "article", "tag", "author", "page", "document", "image")


class Echo:
    """What csv writes to, for a stream."""

    def write(self, text):
        return text


def download(admin, request):
    if not admin.has_view_permission(request):
        raise PermissionDenied
    record(AuditEntry.Kind.EXPORTED, "redirects")
    # Those that an import has made for files are left out: an editor could not add them again. So are those
    # of which a line would say what the person may not see.
    rows = OldAddress.objects.of_pages() | OldAddress.objects.filter(by_hand=True)
    rows = rows.select_related(*COLUMNS).order_by("path")
    rows = rows.defer("article__body", "article__prepared_body", "page__body")
    writer = csv.writer(Echo())
    rows = without_hidden(request.user, rows.iterator(AT_ONCE))
    lines = ([old.path, old.destination, old.hits, old.last_hit_on or ""] for old in rows)
    answer = StreamingHttpResponse(
        (writer.writerow(line) for line in with_head(lines)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="redirects.csv"'
    return answer


def with_head(lines):
    yield HEAD
    yield from lines


class UploadForm(forms.Form):
    file = forms.FileField(
        required=False, label="A file", widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv"})
    )
    text = forms.CharField(
        required=False,
        strip=False,
        max_length=1_000_000,
        label="Or its lines",
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField", "placeholder": "/old/,/new/"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            return file.read().decode("utf-8-sig") if file else ""
        except UnicodeDecodeError as error:
            raise forms.ValidationError("Save the file as UTF-8, and choose it once more.") from error

    def clean(self):
        cleaned = super().clean()
        text = cleaned.get("file") or cleaned.get("text") or ""
        # What was in the file is shown below, to be mended there: browsers send no file a second time.
        self.data = self.data.copy()
        self.data["text"] = text
        lines = lines_of(text)
        if not self.errors and not lines:
            raise forms.ValidationError("Choose a file, or write a line for each redirect.")
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                f"{len(lines):,} lines are too many at once; send {MOST_LINES:,} at a time."
            )
        self.cleaned_lines = lines
        return cleaned


def lines_of(text):
    """(number of the line, redirect) of each line that has one. Commas, semicolons or tabs stand between."""
    first = text.lstrip().partition("\n")[0]
    between = max(",;\t", key=first.count)
    found = []
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=between), 1):
        cells = [cell.strip() for cell in cells]
        if any(cells) and [cell.lower() for cell in cells[:2]] != HEAD[:2]:
            found.append((number, Wanted(cells[0], cells[1] if len(cells) > 1 else "")))
    return found


def upload(admin, request):
    if not (admin.has_add_permission(request) and admin.has_change_permission(request)):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and saved(form, request):
        return HttpResponseRedirect(reverse("admin:articles_oldaddress_changelist"))
    context = {**admin.admin_site.each_context(request), "title": "Redirects from CSV", "form": form}
    return TemplateResponse(request, "admin/articles/oldaddress/upload.html", context)


def saved(form, request):
    """Save all of them, or none: then the form says what is wrong with which line."""
    wrong = wrong_lines(form.cleaned_lines)
    if not wrong:
        try:
            tried_again(partial(save_redirects, [(wanted, None) for _, wanted in form.cleaned_lines]))
        except Refused as refusal:
            # Each line can be saved alone, but not after those above it.
            wrong = [
                f"These lines do not go together, or somebody has changed a redirect meanwhile: {refusal} "
                "Have each line lead to a page, and not to the old address of another line."
            ]
        else:
            messages.success(request, f"{len(form.cleaned_lines):,} redirects are saved.")
            return True
    for told in wrong[:MOST_TOLD]:
        form.add_error(None, told)
    if len(wrong) > MOST_TOLD:
        form.add_error(None, f"And {len(wrong) - MOST_TOLD:,} more lines. Nothing is saved yet.")
    else:
        form.add_error(None, "Nothing is saved yet: mend these lines, and send all of them again.")
    return False


def wrong_lines(lines):
    """What is wrong with each line that can't be saved."""
    wrong = []
    for number, wanted in lines:
        try:
            wanted.check()
        except Refused as refusal:
            wrong.append(f"Line {number}, {wanted.path or 'without an address'}: {refusal}")
    return wrong
