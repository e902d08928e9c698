"""The picture library."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from articles.admin.article.actions import link
from articles.admin.shared.guarded import Guarded, shown_version
from articles.admin.shared.keeps_text import KeepsText
from articles.admin.shared.nonsense import RefusesNonsense
from articles.admin.shared.pagination import CappedPaginator
from articles.admin.shared.removal import Removal
from articles.images import ROLES, picture_html
from articles.models import Article, Image
from articles.publishing.pictures import (
    articles_showing,
    change_image,
    pages_showing,
    remove_image,
    uses_of_image,
)
from articles.publishing.rights.of_articles import readable_by

from .forms import ChangeForm, UploadForm
from .picker import alts, picker
from .search import find_images

MOST_SHOWN = 20
HIDDEN = "articles that you may not see"
CHOOSE_AGAIN = (
    "These are the words you had typed. The pictures are not in the library yet: choose them again."
)


@admin.register(Image)
class ImageAdmin(KeepsText, Guarded, Removal, RefusesNonsense, admin.ModelAdmin):
    form = ChangeForm
    change_form_template = "admin/articles/image/change_form.html"
    change_list_template = "admin/articles/image/change_list.html"
    list_display = ["thumbnail", "words"]
    list_display_links = ["words"]
    list_per_page = 48
    list_max_show_all = 0
    show_full_result_count = False
    paginator = CappedPaginator
    ordering = ["-pk"]
    sortable_by = ()
    view_on_site = False
    search_fields = ["alt", "caption", "credit", "original_name"]
    search_help_text = "Words of alt text, caption, credit or the file’s name."
    readonly_fields = ["about", "where_used"]
    fieldsets = [
        (
            None,
            {"fields": ["alt", "caption", "credit", ("focus_x", "focus_y"), "shown_version", "shown_entry"]},
        ),
        (None, {"fields": ["where_used", "about"]}),
    ]

    def get_urls(self):
        own = path("picker/", self.admin_site.admin_view(picker), name="articles_image_picker")
        words = path("<int:number>/alts/", self.admin_site.admin_view(alts), name="articles_image_alts")
        return [own, words, *super().get_urls()]

    def get_search_results(self, request, queryset, search_term):
        return find_images(queryset, search_term), False

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if getattr(request, "is_only_shown", False):
            messages.warning(request, CHOOSE_AGAIN)
            return self.ask_for_files(request, UploadForm(initial=request.POST), [])
        form = UploadForm(request.POST or None, request.FILES or None)
        stored = form.store(request.user) if request.method == "POST" and form.is_valid() else []
        if not stored or form.errors:
            return self.ask_for_files(request, form, stored)
        for image in stored:
            self.log_addition(request, image, [{"added": {}}])
        if len(stored) == 1:
            messages.success(
                request, "The picture is in the library. Click on what must always stay in view."
            )
            return HttpResponseRedirect(reverse("admin:articles_image_change", args=[stored[0].pk]))
        messages.success(request, f"{len(stored)} pictures are in the library. Each needs an alt text.")
        return HttpResponseRedirect(reverse("admin:articles_image_changelist"))

    def ask_for_files(self, request, form, stored):
        if stored:
            messages.success(request, format_html("In the library: {}.", image_links(stored)))
        context = {
            **self.admin_site.each_context(request),
            "title": "Add pictures",
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/articles/image/upload.html", context)

    def save_model(self, request, obj, form, change):
        words = {name: form.cleaned_data[name] for name in ("alt", "caption", "credit")}
        change_image(obj, focus=(obj.focus_x, obj.focus_y), expected=shown_version(form), **words)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            # As it is stored: the row in hand may have a focal point that was refused.
            stored = Image.objects.get(pk=obj.pk).source
            context["picture"] = picture_html(stored, ROLES["desk"], eager=True, sizes="640px")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def uses(self, obj):
        return uses_of_image(obj)

    def advice(self, obj, use):
        if use.name == "working_copies":
            return "Choose another lead picture in the unpublished changes first."
        return format_html("Take it out there first: {}", self.where_used(obj))

    def remove(self, obj):
        remove_image(obj)

    def get_object(self, request, *args, **more):
        return shown_to(request.user, super().get_object(request, *args, **more))

    def get_deleted_objects(self, objs, request):
        return super().get_deleted_objects([shown_to(request.user, each) for each in objs], request)

    @admin.display(description="where used")
    def where_used(self, image):
        articles = Article.objects.filter(pk__in=articles_showing(image)).only("headline")
        seen = articles.filter(readable_by(image.shown_to))
        parts = [
            *some_of(seen, link),
            *([HIDDEN] if articles.exclude(pk__in=seen.values("pk")).exists() else []),
            *some_of(image.portrait_of.all(), portrait_link),
            *some_of(pages_showing(image), lambda page: admin_link("page", page)),
        ]
        return format_html_join(", ", "{}", [[part] for part in parts]) or "nowhere"

    @admin.display(description="picture")
    def about(self, image):
        return f"{image.width} × {image.height} pixels, from “{image.original_name}”"

    @admin.display(description="")
    def thumbnail(self, image):
        return picture_html(image.source, ROLES["desk"], alt="", sizes="200px")

    @admin.display(description="words")
    def words(self, image):
        return image


def shown_to(user, image):
    """The picture, with the person to whom it is shown where it is used."""
    if image is not None:
        image.shown_to = user
    return image


def some_of(rows, link_to):
    """Links to the first of them; of what more there is, only that there is more."""
    found = list(rows[: MOST_SHOWN + 1])
    more = ["more of these"] if len(found) > MOST_SHOWN else []
    return [link_to(row) for row in found[:MOST_SHOWN]] + more


def portrait_link(author):
    return format_html("{} (portrait)", admin_link("author", author))


def admin_link(name, row):
    return format_html('<a href="{}">{}</a>', reverse(f"admin:articles_{name}_change", args=[row.pk]), row)


def image_links(images):
    return format_html_join(", ", "{}", [[admin_link("image", image)] for image in images])
