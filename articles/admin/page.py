from django.contrib import admin

from articles.models import Page
from articles.publishing.furniture import save_page
from articles.publishing.removal import remove_page

from .desk.editor import BodyField, for_editor
from .plain_form import SluggedForm
from .removal import Removal


class PageForm(SluggedForm):
    slug_name = "path"
    slug_from = "title"
    body = BodyField()

    class Meta:
        model = Page
        fields = ["title", "path", "body", "language", "order", "published"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["body"] = for_editor(self.instance.body)


@admin.register(Page)
class PageAdmin(Removal, admin.ModelAdmin):
    form = PageForm
    list_display = ["title", "address", "published", "order", "modified_at"]
    search_fields = ["title", "path"]
    prepopulated_fields = {"path": ["title"]}

    def save_model(self, request, obj, form, change):
        save_page(obj)

    def remove(self, obj):
        remove_page(obj)

    @admin.display(description="address")
    def address(self, page):
        return page.get_absolute_url()
