from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.admin.shared.nonsense import row_number
from articles.models import Image

from .picker import address


class PictureInput(forms.NumberInput):
    """A picture's number; with its script, the picture itself and a dialog to choose another."""

    class Media:
        css = {"all": ["css/admin/desk.css"]}
        js = [forms.Script("js/admin/portrait.js", type="module")]

    def __init__(self, known=None):
        """`known`: number → picture, where a form has many of these fields."""
        super().__init__()
        self.known = known

    def picture(self, number):
        if self.known is not None:
            return self.known.get(number)
        return Image.objects.filter(pk=number).first() if number else None

    def render(self, name, value, attrs=None, renderer=None):
        number = row_number(str(value or ""))
        image = self.picture(number)
        shown = format_html('src="{}"', address(image, "portrait")) if image else mark_safe("hidden")
        return format_html(
            '<div class="portrait" data-picture-field data-picker="{}"><img alt="" {}>{}'
            '<button type="button" class="button" data-choose hidden>Choose a picture</button>'
            '<button type="button" class="button" data-remove hidden>Remove</button></div>',
            reverse("admin:articles_image_picker"),
            shown,
            super().render(name, value, {**(attrs or {}), "min": 1}, renderer),
        )
