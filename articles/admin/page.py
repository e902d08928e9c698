from django import forms
from django.contrib import admin
from django.urls import reverse

from articles.admin.shared.forms import SluggedForm
from articles.admin.shared.guarded import Guarded, GuardedForm, shown_version
from articles.admin.shared.keeps_text import KeepsText
from articles.admin.shared.nonsense import RefusesNonsense
from articles.admin.shared.on_site import OnSite
from articles.admin.shared.removal import Removal
from articles.models import Page
from articles.publishing.pages import remove_page, save_page

from .desk.form.body_editor import BodyField, for_editor


class PageForm(GuardedForm, SluggedForm):
    slug_name = "path"
    slug_from = "title"
    body = BodyField()

    class Meta:
        model = Page
        fields = ["title", "path", "body", "language", "order", "published"]

    class Media:
        css = {"all": ["css/admin/desk.css", "css/admin/desk_text.css"]}
        js = [forms.Script("js/admin/page.js", type="module")]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["body"] = for_editor(self.instance.body)
        self.fields["body"].widget.attrs |= {
            "data-upload": reverse("admin:articles_desk_upload"),
            "data-picker": reverse("admin:articles_image_picker"),
        }


@admin.register(Page)
class PageAdmin(OnSite, KeepsText, Guarded, Removal, RefusesNonsense, admin.ModelAdmin):
    form = PageForm
    list_display = ["title", "address", "published", "order", "modified_at"]
    search_fields = ["title", "path"]
    prepopulated_fields = {"path": ["title"]}

    def save_model(self, request, obj, form, change):
        save_page(obj, expected=shown_version(form))

    def remove(self, obj):
        remove_page(obj)

    @admin.display(description="address")
    def address(self, page):
        return page.get_absolute_url()
