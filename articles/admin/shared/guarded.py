"""Forms of sections, tags, authors, pages and pictures. They report a colleague's change instead of
overwriting it."""

import hashlib
import json

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from django.forms.utils import pretty_name
from django.utils.html import strip_tags

from articles.models.desk.people import name_of
from articles.publishing.shared.records import in_words as time_in_words
from articles.publishing.shared.versions import Outdated

LONGEST = 300


class GuardedForm(forms.ModelForm):
    """Carries the version of the row that it shows. To be mixed into the form of a Versioned model."""

    shown_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    # The newest entry of the admin's log of this row: a change that is not logged has no known author.
    shown_entry = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            entry = last_entry(self.instance)
            self.initial |= {"shown_version": self.version_now(), "shown_entry": entry.pk if entry else 0}

    def version_now(self):
        return self.instance.version

    def clean(self):
        cleaned = super().clean()
        shown, is_there = self.cleaned_data.get("shown_version"), self.instance.pk is not None
        if is_there and shown not in (None, "") and shown != self.version_now():
            entry = last_entry(self.instance)
            is_newer = entry and entry.pk > (self.cleaned_data.get("shown_entry") or 0)
            self.add_error(None, told(self.instance, entry if is_newer else None, self.differing()))
            # The editor has been told, so saving once more is allowed.
            self.data = self.data.copy()
            self.data[self.add_prefix("shown_version")] = self.version_now()
            self.data[self.add_prefix("shown_entry")] = entry.pk if entry else 0
        return cleaned

    def differing(self):
        """Label and present value of each field whose present value differs from the typed one."""
        for name, field in self.fields.items():
            if name in ("shown_version", "shown_entry") or name not in self.cleaned_data:
                continue
            present, typed = self.initial.get(name), self.cleaned_data[name]
            if field.has_changed(present, self.typed(name, typed)):
                yield field.label or pretty_name(name), in_words(field, present)

    def typed(self, name, cleaned):
        return self.data.get(self.add_prefix(name), cleaned)


class StateGuardedForm(GuardedForm):
    """Of a model of Django's, which has no versions: it carries a digest of all values that it shows."""

    shown_version = forms.CharField(required=False, widget=forms.HiddenInput)
    # Values that are no decision of whoever saves this form.
    UNSEEN = ("password", "shown_version", "shown_entry")

    def version_now(self):
        values = {name: self.initial.get(name) for name in sorted(self.fields) if name not in self.UNSEEN}
        said = {name: numbers_of(value) if is_rows(value) else str(value) for name, value in values.items()}
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]

    def typed(self, name, cleaned):
        return numbers_of(cleaned) if is_rows(cleaned) else super().typed(name, cleaned)


def is_rows(value):
    return isinstance(value, (list, QuerySet))


def numbers_of(rows):
    return sorted(row.pk for row in rows)


def in_words(field, value):
    """A value as an editor reads it: the name of a row, and a body without its tags."""
    if is_rows(value):
        value = ", ".join(map(str, value)) or "none"
    elif isinstance(field, forms.ModelChoiceField):
        value = field.queryset.filter(pk=value).first() or "none"
    return strip_tags("" if value is None else str(value)).strip()


def last_entry(row):
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=row.pk)
    return entries.select_related("user").order_by("-pk").first()


def told(row, entry, differing):
    """`entry` is the log's entry of the change, if there is one."""
    who, when = "Somebody", ""
    if entry:
        who = name_of(entry.user)
        when = f" on {time_in_words(entry.action_time)}"
    values = "; ".join(f"{label} is “{value[:LONGEST]}”" for label, value in differing)
    now = f" What differs from what you typed: {values}." if values else ""
    return (
        f"{who} has changed this {row._meta.verbose_name}{when}, after you opened it.{now} What you typed is"
        " below, and is not saved: save again to put it in its place."
    )


class LocksRow:
    """To be mixed into the admin class of a model without versions. Whoever saves the same row at the same
    moment waits, and is then told."""

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not connection.in_atomic_block:
            return found
        return type(found)._base_manager.select_for_update().filter(pk=found.pk).first()


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
