"""Pages of the library that ask one thing: another file for a picture; deleting what nothing uses."""

from functools import partial
from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from articles.audit import record
from articles.images import ImageRefused
from articles.images.decode_limits import MAX_BYTES
from articles.models import AuditEntry, Image
from articles.publishing import Refused
from articles.publishing.picture_library.intake import NotStored, replace_file
from articles.publishing.picture_library.removal import SPARED, clean_up, cleanable
from articles.publishing.shared.locks import tried_again
from articles.publishing.shared.versions import Outdated

from .forms import ReplaceForm

MOST_SHOWN = 48
AT_ONCE = 200
CHANGED = (
    "Somebody has changed this picture since you opened it. Look at it again, and choose the file once more."
)


class LibraryPages:
    """To be mixed into the admin class of pictures."""

    def get_urls(self):
        def page(where, view, name):
            shown = never_cache(self.admin_site.admin_view(view))
            return path(where, shown, name=f"articles_image_{name}")

        own = [
            page("<int:number>/replace/", self.replace, "replace"),
            page("unused/", self.unused, "unused"),
        ]
        return [*own, *super().get_urls()]

    def replace(self, request, number):
        image = Image.objects.filter(pk=number).first() if number < 2**63 else None
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        if image is None:
            raise Http404
        if request.method != "POST":
            return self.ask_for_file(request, image, ReplaceForm(initial={"shown_version": image.version}))
        form = ReplaceForm(request.POST, request.FILES)
        taken = form.is_valid() and self.replaced(form, image)
        if not taken:
            return self.ask_for_file(request, image, form)
        self.log_change(request, taken.image, [{"changed": {"fields": ["file"]}}])
        messages.success(
            request, f"The picture has another file now. All pages that show it follow. {taken.note}"
        )
        return HttpResponseRedirect(reverse("admin:articles_image_change", args=[number]))

    def replaced(self, form, image):
        """None if the file is refused: an error at the field says why."""
        data = form.cleaned_data["file"].read(MAX_BYTES + 1)
        expected = form.cleaned_data["shown_version"]
        try:
            return tried_again(partial(replaced_once, image.pk, data, expected))
        except (ImageRefused, NotStored) as refusal:
            form.add_error("file", refusal.message)
        except Outdated:
            form.add_error("file", CHANGED)
            form.data = form.data | {"shown_version": Image.objects.get(pk=image.pk).version}
        except Refused as refusal:
            form.add_error("file", str(refusal))
        return None

    def ask_for_file(self, request, image, form):
        context = {
            **self.admin_site.each_context(request),
            "title": "Replace the file",
            "opts": self.opts,
            "image": image,
            "picture": self.thumbnail(image),
            "form": form,
        }
        return TemplateResponse(request, "admin/articles/image/replace.html", context)

    def unused(self, request):
        """Shows the pictures that nothing uses, and deletes them when it is asked to."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            gone = list(islice(clean_up(most=AT_ONCE), AT_ONCE))
            record(AuditEntry.Kind.DELETED, "pictures that nothing uses", detail=so_many(len(gone)))
            left = cleanable().count()
            more = f" {left:,} more are left." if left else ""
            messages.success(request, f"{so_many(len(gone))} deleted.{more}")
            return HttpResponseRedirect(reverse("admin:articles_image_unused"))
        found = cleanable().order_by("pk")
        context = {
            **self.admin_site.each_context(request),
            "title": "Pictures that nothing uses",
            "opts": self.opts,
            "tiles": [(image, self.thumbnail(image)) for image in found[:MOST_SHOWN]],
            "number": found.count(),
            "at_once": AT_ONCE,
            "days": SPARED.days,
        }
        return TemplateResponse(request, "admin/articles/image/unused.html", context)


def replaced_once(number, data, expected):
    return replace_file(Image.objects.get(pk=number), data, expected=expected)


def so_many(number):
    return "1 picture is" if number == 1 else f"{number:,} pictures are"
