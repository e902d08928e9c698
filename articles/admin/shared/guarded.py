"""Forms of sections, tags, authors, pages and pictures. They report a colleague's change instead of
overwriting it."""

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.html import strip_tags

from articles.publishing.versions import Outdated

LONGEST = 300


class GuardedForm(forms.ModelForm):
    """Carries the version of the row that it shows. To be mixed into the form of a Versioned model."""

    shown_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["shown_version"] = self.instance.version

    def clean(self):
        cleaned = super().clean()
        shown, is_there = self.cleaned_data.get("shown_version"), self.instance.pk is not None
        if is_there and shown is not None and shown != self.instance.version:
            self.add_error(None, told(self.instance, self.differing()))
            # The editor has been told, so saving once more is allowed.
            self.data = self.data.copy()
            self.data[self.add_prefix("shown_version")] = self.instance.version
        return cleaned

    def differing(self):
        """Label and present value of each field whose present value differs from the typed one."""
        for name, field in self.fields.items():
            if name == "shown_version" or name not in self.cleaned_data:
                continue
            now, typed = field.prepare_value(self.initial.get(name)), self.cleaned_data[name]
            if field.has_changed(self.initial.get(name), self.data.get(self.add_prefix(name), typed)):
                yield field.label or name, text_of(now)


def text_of(value):
    """Without the tags of a body."""
    return strip_tags("" if value is None else str(value)).strip()


def told(row, differing):
    name = row._meta.verbose_name
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=row.pk)
    last = entries.select_related("user").order_by("-action_time", "-pk").first()
    who = last.user.get_full_name() or last.user.get_username() if last else "Somebody"
    when = f" at {timezone.localtime(last.action_time):%H:%M, %d %B}" if last else ""
    values = "; ".join(f"{label} is “{value[:LONGEST]}”" for label, value in differing)
    now = f" What differs from what you typed: {values}." if values else ""
    return (
        f"{who} has changed this {name}{when}, after you opened it.{now} What you typed is below, and is not"
        " saved: save again to put it in its place."
    )


class Guarded:
    """To be mixed into the admin class of a Versioned model."""

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Outdated:
            # Somebody has saved between this form's check and its save. Checked again, the form reports it.
            return super().changeform_view(request, *args, **kwargs)


def shown_version(form):
    """The version for the verb: that of the form, or none for a row that is new."""
    return form.cleaned_data.get("shown_version") if form.instance.pk else None
