"""Sounds, films, PDFs and other files that texts link to."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.shared.forms import PlainForm
from articles.admin.shared.guarded import Guarded, GuardedForm, shown_version
from articles.admin.shared.keeps_text import KeepsText
from articles.admin.shared.nonsense import RefusesNonsense
from articles.admin.shared.pagination import CappedPaginator
from articles.admin.shared.removal import Removal
from articles.documents import MOST_BYTES
from articles.models import Document
from articles.publishing import Refused
from articles.publishing.documents import add_document, change_document, remove_document, uses_of_document

CHOOSE_AGAIN = "This is the title that you had typed. The file is not here yet: choose it again."
WORDS = {"title": forms.TextInput(attrs={"class": "vLargeTextField"})}


class ChangeForm(GuardedForm, PlainForm):
    class Meta:
        model = Document
        fields = ["title"]
        widgets = WORDS


class AddForm(forms.Form):
    file = forms.FileField(
        allow_empty_file=True,
        max_length=None,
        help_text=f"A sound, a film, a PDF or another file, of at most {MOST_BYTES // 10**6} MB. Pictures go"
        " into the library of pictures.",
    )
    title = forms.CharField(
        required=False,
        max_length=200,
        widget=WORDS["title"],
        help_text="How it is found here. Left empty, it is the name of the file.",
    )

    def stored(self, user):
        """The document, and whether it is new; None if it is refused: an error at the field says why."""
        file = self.cleaned_data["file"]
        try:
            return add_document(file, name=file.name, title=self.cleaned_data["title"], by=user)
        except Refused as refusal:
            self.add_error("file", str(refusal))
            return None


@admin.register(Document)
class DocumentAdmin(KeepsText, Guarded, Removal, RefusesNonsense, admin.ModelAdmin):
    form = ChangeForm
    fields = ["title", "address", "about", "shown_version", "shown_entry"]
    readonly_fields = ["address", "about"]
    list_display = ["title", "type", "size_in_words", "uploaded_at"]
    list_filter = ["kind"]
    show_facets = admin.ShowFacets.NEVER
    list_max_show_all = 0
    show_full_result_count = False
    paginator = CappedPaginator
    ordering = ["-pk"]
    search_fields = ["title", "original_name"]
    search_help_text = "Words of the title or of the file’s name."

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        stored = None
        if getattr(request, "is_only_shown", False):
            messages.warning(request, CHOOSE_AGAIN)
            form = AddForm(initial=request.POST)
        else:
            form = AddForm(request.POST or None, request.FILES or None)
            stored = form.stored(request.user) if request.method == "POST" and form.is_valid() else None
        if stored is None:
            context = {**self.admin_site.each_context(request), "title": "Add a document", "form": form}
            return TemplateResponse(request, "admin/articles/document/upload.html", context)
        document, is_new = stored
        if is_new:
            self.log_addition(request, document, [{"added": {}}])
            messages.success(request, "The document is here. Copy its address for a link in a text.")
        else:
            messages.warning(request, "The same file was here already; this is it. Its title is as it was.")
        return HttpResponseRedirect(reverse("admin:articles_document_change", args=[document.pk]))

    def save_model(self, request, obj, form, change):
        change_document(obj, title=form.cleaned_data["title"], expected=shown_version(form))

    def remove(self, obj):
        remove_document(obj)

    def uses(self, obj):
        return uses_of_document(obj)

    def view_on_site(self, document):
        return document.get_absolute_url()

    @admin.display(description="address")
    def address(self, document):
        where = document.get_absolute_url()
        return format_html('<a href="{0}">{0}</a>', where)

    @admin.display(description="file")
    def about(self, document):
        return f"{document.type}, {document.size_in_words}, from “{document.original_name}”"

    @admin.display(description="type", ordering="kind")
    def type(self, document):
        return document.type

    @admin.display(description="size", ordering="size")
    def size_in_words(self, document):
        return document.size_in_words
