"""The times in the form of an article: the publish time and the end."""

import datetime
import json

from django import forms
from django.utils import timezone

from articles.publishing import Problem
from articles.publishing.article.scheduling.saved_times import times_of
from articles.publishing.shared.records import in_words, which_of_two

from .fields import SiteTimeField

WHICH = (("before", "before the clocks go back"), ("after", "after the clocks go back"))
AGAIN = "Yours is in the form and is not saved: save again to put it in its place."


class TimeForm(forms.Form):
    """To be inherited from, by a form with a time that may come twice, because the clocks go back."""

    def within_reason(self, name):
        time = self.cleaned_data[name]
        if time and not 1950 <= time.year <= timezone.now().year + 11:
            raise forms.ValidationError(
                f"{time.year} cannot be meant; choose a time between 1950 and ten years from now."
            )
        return self.the_one_meant(name, time) if time else None

    def the_one_meant(self, name, time):
        local = timezone.localtime(time)
        if not which_of_two(local):
            return time
        which = self.data.get(f"{name}_which")
        if which not in dict(WHICH):
            raise forms.ValidationError(
                f"The clocks go back that night, so {local:%H:%M} comes twice. Choose which one.",
                code="which",
            )
        # In UTC, because Python holds a time that comes twice to be unequal to that of any other zone.
        return local.replace(fold=int(which == "after")).astimezone(datetime.UTC)

    def which(self, name):
        """The choice if the time in the field comes twice: value, words, whether it is chosen."""
        try:
            time = self.fields[name].to_python(self[name].value())
        except forms.ValidationError:
            return None
        local = time and timezone.localtime(time)
        if not local or not which_of_two(local):
            return None
        chosen = self.data.get(f"{name}_which") if self.is_bound else ("before", "after")[local.fold]
        return [(value, f"{local:%H:%M}, {words}", value == chosen) for value, words in WHICH]


class TimesForm(TimeForm):
    """To be inherited from. The form has the attribute `article`, which is None for a new one."""

    publish_at = SiteTimeField(label="Publish time")
    expires_at = SiteTimeField(label="Until")
    # Of a time that comes twice: which one.
    publish_at_which = forms.ChoiceField(choices=WHICH, required=False)
    expires_at_which = forms.ChoiceField(choices=WHICH, required=False)
    # Both times as the form showed them: JSON of times_as_shown().
    times_shown = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_publish_at(self):
        return self.within_reason("publish_at")

    def clean_expires_at(self):
        return self.within_reason("expires_at")

    def which_publish_at(self):
        return self.which("publish_at")

    def which_expires_at(self):
        return self.which("expires_at")

    def typed_times(self):
        """The times that the editor has changed, by name, and the problems: what a colleague has changed as
        well, to another time. A time that only a colleague has changed becomes that of this form."""
        now, data = times_of(self.article), self.cleaned_data
        shown, changed, problems = self.shown_times(now), {}, []
        for name in set(now) & set(self.data):
            present, typed = to_minute(now[name]), data[name]
            if typed == shown[name]:
                data[name] = now[name]
            elif present in (shown[name], typed):
                changed[name] = typed
            else:
                other = f"to {in_words(present)}" if present else "so that there is none"
                problems.append(Problem(name, f"Somebody has changed this meanwhile, {other}. {AGAIN}"))
        return changed, problems

    def has_told_of_times(self):
        """The editor is told what a colleague has changed, so the next press takes that into account."""
        self.data = self.data.copy()
        self.data["times_shown"] = times_as_shown(self.article)

    def shown_times(self, now):
        try:
            shown = json.loads(self.cleaned_data["times_shown"])
            return {name: shown[name] and datetime.datetime.fromisoformat(shown[name]) for name in now}
        except (ValueError, KeyError, TypeError, RecursionError):
            return {name: to_minute(time) for name, time in now.items()}


def to_minute(time):
    """As a field shows it."""
    return time and time.replace(second=0, microsecond=0)


def times_as_shown(article):
    times = {name: to_minute(time) for name, time in times_of(article).items()}
    return json.dumps({name: time and time.isoformat() for name, time in times.items()})
