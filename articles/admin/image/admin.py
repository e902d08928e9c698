"""The picture library."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from articles.admin.shared.guarded import Guarded, shown_version
from articles.admin.shared.keeps_text import KeepsText
from articles.admin.shared.nonsense import RefusesNonsense
from articles.admin.shared.pagination import CappedPaginator
from articles.admin.shared.removal import Removal
from articles.images import RATIOS, ROLES, picture_html
from articles.models import Image
from articles.publishing.picture_library.alike import look_alikes
from articles.publishing.picture_library.many import set_collections
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.picture_library.uses import uses_of_image
from articles.publishing.pictures import change_image

from .forms import ChangeForm, UploadForm
from .many import ManyPictures
from .narrowing import FILTERS
from .pages import LibraryPages
from .picker import alts, picker
from .search import find_images
from .where_used import admin_link, where_used

# What each crop is called, and where it is shown.
CROPS = {
    "3:2": ("Cards, 3:2", "large on fronts and in lists"),
    "16:9": ("Wide, 16:9", "for search engines"),
    "4:3": ("Small cards, 4:3", "beside headlines, and for search engines"),
    "1:1": ("Square, 1:1", "portraits, and for search engines"),
    "40:21": ("Sharing", "where other sites show a link"),
}
CHOOSE_AGAIN = (
    "These are the words you had typed. The pictures are not in the library yet: choose them again."
)
ADVICE = {
    "working_copies": "Choose another lead picture in the unpublished changes first.",
    "versions": "Whoever brings an older version back would miss it, so it stays.",
    "typed": "Wait until that is saved, or closed for two weeks.",
}


class LibraryPaginator(CappedPaginator):
    """Fifty pages. Whoever looks for an older picture narrows the library or searches it."""

    most = 2_400


@admin.register(Image)
class ImageAdmin(LibraryPages, ManyPictures, KeepsText, Guarded, Removal, RefusesNonsense, admin.ModelAdmin):
    form = ChangeForm
    change_form_template = "admin/articles/image/change_form.html"
    change_list_template = "admin/articles/image/change_list.html"
    list_display = ["thumbnail", "words"]
    list_display_links = ["words"]
    list_filter = FILTERS
    show_facets = admin.ShowFacets.NEVER
    actions = [*ManyPictures.actions, *Removal.actions]
    list_per_page = 48
    list_max_show_all = 0
    show_full_result_count = False
    paginator = LibraryPaginator
    ordering = ["-pk"]
    sortable_by = ()
    view_on_site = False
    search_fields = ["search_text"]
    search_help_text = "Words of alt text, caption, credit, source or the file’s name."
    readonly_fields = ["about", "where_used", "alike"]
    fieldsets = [
        (None, {"fields": ["alt", "decorative", "caption", "credit", ("focus_x", "focus_y"), "crops"]}),
        (
            "Rights",
            {"fields": ["copyright", "origin", "licence", "usable_until", "taken_on"]},
        ),
        (
            None,
            {"fields": ["in_collections", "where_used", "alike", "about", "shown_version", "shown_entry"]},
        ),
    ]

    def get_urls(self):
        own = path("picker/", self.admin_site.admin_view(picker), name="articles_image_picker")
        words = path("<int:number>/alts/", self.admin_site.admin_view(alts), name="articles_image_alts")
        return [own, words, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        more = {"may_clean_up": self.has_delete_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **more})

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
        for taken in stored:
            self.tell_of(request, taken)
        if not stored or form.errors:
            return self.ask_for_files(request, form, [taken.image for taken in stored])
        if len(stored) == 1:
            messages.success(
                request, "The picture is in the library. Click on what must always stay in view."
            )
            return HttpResponseRedirect(reverse("admin:articles_image_change", args=[stored[0].image.pk]))
        messages.success(request, f"{len(stored)} pictures are in the library. Each needs an alt text.")
        return HttpResponseRedirect(reverse("admin:articles_image_changelist"))

    def tell_of(self, request, taken):
        """What the editor should know of a picture that was taken in."""
        if taken.note:
            messages.warning(request, f"{taken.image.original_name}: {taken.note}")
        if not taken.is_new:
            messages.info(
                request, format_html("The library had this file already: {}.", link_to(taken.image))
            )
            return
        self.log_addition(request, taken.image, [{"added": {}}])
        if alike := look_alikes(taken.image):
            told = "{} looks like what the library has: {}. If it is the same photograph, use that one."
            messages.info(request, format_html(told, link_to(taken.image), image_links(alike)))

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
        more = {"crops": obj.crops, "facts": form.facts(), "expected": shown_version(form)}
        change_image(obj, focus=(obj.focus_x, obj.focus_y), **more, **form.words())
        set_collections(obj, form.collections())

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            # As it is stored: the row in hand may have a focal point that was refused.
            stored = Image.objects.get(pk=obj.pk).source
            context["picture"] = picture_html(stored, ROLES["desk"], eager=True, sizes="640px")
            context["ratios"] = [
                (name, *CROPS[name], f"{ratio.width} / {ratio.height}") for name, ratio in RATIOS.items()
            ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def uses(self, obj):
        return uses_of_image(obj)

    def advice(self, obj, use):
        return ADVICE.get(use.name) or format_html("Take it out there first: {}", self.where_used(obj))

    def remove(self, obj):
        remove_image(obj)

    def get_object(self, request, *args, **more):
        return shown_to(request.user, super().get_object(request, *args, **more))

    def get_deleted_objects(self, objs, request):
        return super().get_deleted_objects([shown_to(request.user, each) for each in objs], request)

    @admin.display(description="where used")
    def where_used(self, image):
        return where_used(image, image.shown_to)

    @admin.display(description="collections")
    def in_collections(self, image):
        """For those who may only look at it; others have a field."""
        return ", ".join(map(str, image.collections.all())) or "none"

    @admin.display(description="looks like it")
    def alike(self, image):
        found = look_alikes(image)
        tiles = [(self.thumbnail(each), link_to(each)) for each in found]
        return format_html_join("", '<span class="alike">{}{}</span>', tiles) or "nothing else in the library"

    @admin.display(description="picture")
    def about(self, image):
        return f"{image.width} × {image.height} pixels, from “{image.original_name}”"

    @admin.display(description="")
    def thumbnail(self, image):
        return picture_html(image.source, ROLES["desk"], alt="", sizes="200px")

    @admin.display(description="words")
    def words(self, image):
        if image.has_ended:
            return format_html('{} <strong class="ended">Licence has ended</strong>', image)
        return image


def shown_to(user, image):
    """The picture, with the person to whom it is shown where it is used."""
    if image is not None:
        image.shown_to = user
    return image


def link_to(image):
    return admin_link("image", image)


def image_links(images):
    return format_html_join(", ", "{}", [[link_to(image)] for image in images])
