from django import forms

from articles.admin.shared.forms import PlainForm
from articles.admin.shared.guarded import GuardedForm
from articles.images import ImageRefused
from articles.images.decode_limits import MAX_BYTES
from articles.models import Image
from articles.publishing.pictures import add_image

MOST_AT_ONCE = 30


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"})

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class ChangeForm(GuardedForm, PlainForm):
    class Meta:
        model = Image
        fields = ["alt", "caption", "credit", "focus_x", "focus_y"]
        widgets = {
            "alt": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "caption": forms.Textarea(attrs={"rows": 3}),
            "credit": forms.TextInput(attrs={"class": "vLargeTextField"}),
        }


class UploadForm(forms.Form):
    """Pictures into the library. Those that are refused are named at the field; the others are in."""

    files = FilesField(
        label="Pictures",
        allow_empty_file=True,
        max_length=None,
        help_text="Choose one or several, or drop them here. JPEG, PNG, WebP, GIF or AVIF.",
    )
    alt = forms.CharField(
        label="Alt text",
        required=False,
        max_length=500,
        help_text="What the picture shows, for those who cannot see it. Of several, say it afterwards.",
    )
    caption = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Printed under the picture."
    )
    credit = forms.CharField(
        required=False, max_length=200, help_text="Who made it, like “Photograph: Ana Lind”."
    )

    def clean_files(self):
        files = self.cleaned_data["files"]
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(
                f"These are {len(files)} files; choose at most {MOST_AT_ONCE} at a time."
            )
        return files

    def store(self, user):
        """Answers the pictures that are in the library now; what was refused is an error at the field."""
        files = self.cleaned_data["files"]
        words = {"caption": self.cleaned_data["caption"], "credit": self.cleaned_data["credit"]}
        if len(files) == 1:
            words["alt"] = self.cleaned_data["alt"]
        stored = []
        for file in files:
            # One byte more than may be: enough to be refused for its size, whatever it claims.
            data = file.read(MAX_BYTES + 1)
            try:
                stored.append(add_image(data, name=file.name, by=user, **words))
            except ImageRefused as refusal:
                self.add_error(
                    "files", refusal.message if len(files) == 1 else f"{file.name}: {refusal.message}"
                )
        return stored
