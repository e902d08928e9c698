from django import forms

from articles.admin.shared.forms import PlainForm
from articles.admin.shared.guarded import GuardedForm
from articles.images import CropRefused, ImageRefused, Size, checked_crops
from articles.images.decode_limits import MAX_BYTES
from articles.models import Image
from articles.publishing.picture_library.intake import NotStored, take_in
from articles.publishing.picture_library.many import names_of
from articles.publishing.pictures import FACTS, LINES

MOST_AT_ONCE = 30
WORDS = (*LINES, "caption")
LONG = {"class": "vLargeTextField"}
COMMAS = "With commas between them. One that there is not yet is made."
PICTURES = "image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic,image/heif"
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = FilesInput(attrs={"accept": PICTURES})

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class CollectionsField(forms.CharField):
    """The names of collections, typed with commas between them."""

    def __init__(self, **more):
        super().__init__(required=False, max_length=1_000, widget=forms.TextInput(attrs=LONG), **more)


class ChangeForm(GuardedForm, PlainForm):
    in_collections = CollectionsField(label="Collections", help_text=COMMAS)

    class Meta:
        model = Image
        fields = [*WORDS, *FACTS, "focus_x", "focus_y", "crops"]
        widgets = {
            **{name: forms.TextInput(attrs=LONG) for name in LINES},
            "caption": forms.Textarea(attrs={"rows": 3}),
            "usable_until": DATE,
            "taken_on": DATE,
            "crops": forms.TextInput(attrs=LONG),
        }
        labels = {"crops": "Crops set by hand"}
        help_texts = {
            "crops": (
                "For each ratio: from the left, from the top, and how wide, in thousandths. A ratio that is"
                " not here follows the focal point."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "in_collections" in self.fields:
            names = self.instance.collections.values_list("name", flat=True)
            self.initial["in_collections"] = ", ".join(names)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decorative") and cleaned.get("alt"):
            self.add_error(
                "decorative", "A picture with an alt text says something: untick this, or empty that."
            )
        return cleaned

    def clean_crops(self):
        try:
            return checked_crops(self.cleaned_data["crops"], Size(self.instance.width, self.instance.height))
        except CropRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def words(self):
        return {name: self.cleaned_data[name] for name in WORDS}

    def facts(self):
        return {name: self.cleaned_data[name] for name in FACTS}

    def collections(self):
        return names_of(self.cleaned_data["in_collections"])


class UploadForm(forms.Form):
    """Pictures into the library. Those that are refused are named at the field; the others are in."""

    files = FilesField(
        label="Pictures",
        allow_empty_file=True,
        max_length=None,
        help_text="Choose one or several, or drop them here. JPEG, PNG, WebP, AVIF, GIF or HEIC.",
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
        required=False,
        max_length=200,
        help_text="Who made it, like “Photograph: Ana Lind”. Left empty, it is what the file says.",
    )

    def clean_files(self):
        files = self.cleaned_data["files"]
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(
                f"These are {len(files)} files; choose at most {MOST_AT_ONCE} at a time."
            )
        return files

    def store(self, user):
        """What was taken in; what was refused is an error at the field."""
        files = self.cleaned_data["files"]
        words = {"caption": self.cleaned_data["caption"], "credit": self.cleaned_data["credit"]}
        if len(files) == 1:
            words["alt"] = self.cleaned_data["alt"]
        stored = []
        for file in files:
            # One byte more than may be: enough to be refused for its size, whatever it claims.
            data = file.read(MAX_BYTES + 1)
            try:
                stored.append(take_in(data, name=file.name, by=user, **words))
            except (ImageRefused, NotStored) as refusal:
                self.add_error(
                    "files", refusal.message if len(files) == 1 else f"{file.name}: {refusal.message}"
                )
        return stored


class ReplaceForm(forms.Form):
    """Another file for a picture. It carries the version of the picture that it shows."""

    file = forms.FileField(
        allow_empty_file=True, max_length=None, widget=forms.FileInput(attrs={"accept": PICTURES})
    )
    shown_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class ManyForm(forms.Form):
    """What is to be the same of several pictures; what is left empty stays as it is."""

    credit = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs=LONG))
    copyright = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs=LONG))
    origin = forms.CharField(
        label="Source", required=False, max_length=200, widget=forms.TextInput(attrs=LONG)
    )
    licence = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs=LONG))
    usable_until = forms.DateField(label="May be used until", required=False, widget=DATE)
    into = CollectionsField(label="Put into collections", help_text=COMMAS)
    out_of = CollectionsField(label="Take out of collections")

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Nothing is filled in, so nothing would change.")
        return cleaned

    def changes(self):
        data = self.cleaned_data
        words = ("credit", "copyright", "origin", "licence")
        return {
            "words": {name: data[name] for name in words if data[name]},
            "facts": {"usable_until": data["usable_until"]} if data["usable_until"] else {},
            "into": names_of(data["into"]),
            "out_of": names_of(data["out_of"]),
        }
