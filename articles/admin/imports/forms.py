import zoneinfo

from django import forms

from articles.publishing import Refused
from articles.publishing.import_jobs import exports, store_export, upload_folders

FOLDER = "var/import/"


class StartForm(forms.Form):
    files = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Files on the server",
        help_text=f"Those in {FOLDER}. A large export has several parts; choose all of them.",
    )
    upload = forms.FileField(
        required=False,
        allow_empty_file=True,
        max_length=None,
        label="Or a file of yours",
        help_text="In WordPress: Tools, Export, All content. An .xml file, or one packed as .gz or .zip, of"
        f" at most 250 MB. Larger ones are put into {FOLDER} on the server.",
        widget=forms.FileInput(attrs={"accept": ".xml,.gz,.zip"}),
    )
    media = forms.ChoiceField(
        label="Pictures and documents",
        widget=forms.RadioSelect,
        initial="none",
        help_text=f"A folder is a copy of the old wp-content/uploads that was put into {FOLDER}.",
    )
    timezone = forms.ChoiceField(
        required=False,
        label="Time zone of the old site",
        help_text="The dry run says which one the export shows. Choose another only if that is wrong.",
    )
    trash = forms.BooleanField(required=False, label="Take the trash over, as withdrawn articles")
    publish_due = forms.BooleanField(required=False, label="Publish what has missed its schedule")
    repair = forms.BooleanField(required=False, label="Mend what can be mended safely in a broken file")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].choices = [(name, name) for name in exports()]
        self.fields["media"].choices = [
            ("none", "Leave them out; texts link to where they were"),
            *((f"dir:{name}", f"From the folder {name}") for name in upload_folders()),
            ("fetch", "Fetch them from the old server, when it is imported"),
        ]
        zones = sorted(zoneinfo.available_timezones())
        self.fields["timezone"].choices = [("", "As the export shows"), *((zone, zone) for zone in zones)]
        if not self.fields["files"].choices:
            del self.fields["files"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("files") or cleaned.get("upload")):
            self.add_error("upload", "Choose a file.")
        return cleaned

    def chosen(self):
        """The names of the files. An upload is stored beside the others; None if it is refused, which is an
        error at its field."""
        found = list(self.cleaned_data.get("files", []))
        if upload := self.cleaned_data["upload"]:
            try:
                found.append(store_export(upload.name, upload.chunks()))
            except Refused as refusal:
                self.add_error("upload", str(refusal))
                return None
        return found

    def options(self):
        media, _, folder = self.cleaned_data["media"].partition(":")
        named = {name: self.cleaned_data[name] for name in ("timezone", "trash", "publish_due", "repair")}
        return {"media": media, "media_dir": folder, **{name: said for name, said in named.items() if said}}
