"""What can be done with several pictures of the list at once."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.admin.shared.bulk_limit import MOST_AT_ONCE, are_too_many
from articles.models import Image
from articles.publishing import Refused
from articles.publishing.picture_library.many import change_one_of_many
from articles.publishing.shared.locks import tried_again

from .forms import ManyForm

MOST_TOLD = 10


class ManyPictures:
    """To be mixed into the list of pictures."""

    actions = ["change_several"]

    @admin.display(description=mark_safe('<input type="checkbox" id="action-toggle">'))
    def action_checkbox(self, image):
        """With the version that the list shows, for acts that are done with the picture."""
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="Select “{}”">'
            '<input type="hidden" name="seen" value="{}:{}">',
            *(ACTION_CHECKBOX_NAME, image.pk, image, image.pk, image.version),
        )

    @admin.action(description="Change credit, licence or collections…", permissions=["change"])
    def change_several(self, request, queryset):
        if are_too_many(request, queryset):
            return None
        form = ManyForm(request.POST if "into" in request.POST else None)
        if not form.is_valid():
            return self.ask_for_changes(request, queryset, form)
        seen = versions_of(request)
        done = 0
        for image in queryset:
            act = partial(change, image, seen.get(image.pk, image.version), form.changes())
            try:
                tried_again(act)
                self.log_change(request, image, [{"changed": {"fields": form.changed_data}}])
                done += 1
            except Refused as refusal:
                messages.error(request, f"Not changed: “{image}”. {refusal}")
        if done:
            messages.success(
                request, "1 picture is changed." if done == 1 else f"{done} pictures are changed."
            )
        return None

    def ask_for_changes(self, request, queryset, form):
        context = {
            **self.admin_site.each_context(request),
            "title": "Change several pictures",
            "opts": self.opts,
            "form": form,
            "images": queryset[:MOST_AT_ONCE],
            "checkbox": ACTION_CHECKBOX_NAME,
            "seen": request.POST.getlist("seen"),
        }
        return TemplateResponse(request, "admin/articles/image/many.html", context)


def change(image, expected, changes):
    """The row is read again, because the act may be tried a second time."""
    fresh = Image.objects.filter(pk=image.pk).first() or image
    change_one_of_many(fresh, expected=expected, **changes)


def versions_of(request):
    """Number of the picture → the version that the list showed."""
    pairs = (each.split(":", 1) for each in request.POST.getlist("seen") if each.count(":") == 1)
    return {
        int(number): int(version) for number, version in pairs if number.isdecimal() and version.isdecimal()
    }
