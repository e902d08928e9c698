"""One's own page: name, e-mail address, password, and what comes by e-mail."""

import hashlib
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from articles.admin.notifications import want
from articles.models import EmailWanted
from articles.models.desk.notification import Kind

from .confirming import is_own_password

NAMES = ("first_name", "last_name", "email")


class OwnPageForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(
        choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple, label="By e-mail too, when"
    )
    password = forms.CharField(
        label="Your password",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Needed only for another e-mail address: a new password can be asked for with that.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = User
        fields = NAMES

    def __init__(self, *args, saved, wanted, is_password, **more):
        """`saved` is the account as it is now, which a form that is bound changes."""
        super().__init__(*args, **more)
        self.is_password = is_password
        self.saved, self.now = saved, digest(saved, wanted)
        self.initial |= {"kinds": wanted, "seen": self.now}

    def clean(self):
        data = super().clean()
        if data.get("seen") != self.now:
            # What was typed stays, and the next try is one that has seen it.
            self.data = self.data.copy()
            self.data["seen"] = self.now
            raise forms.ValidationError(
                f"This was changed elsewhere meanwhile: {self.saved.get_full_name() or 'no name'}, "
                f"{self.saved.email or 'no e-mail address'}. Save again to have what stands here."
            )
        is_other = "email" in data and data["email"] != self.saved.email
        if is_other and self.saved.has_usable_password() and not self.is_password(data["password"]):
            self.add_error(
                "password",
                "This is not your password, which is needed for another e-mail address, or too many were"
                " wrong: then wait a little.",
            )
        return data


def digest(user, wanted):
    said = [*(getattr(user, name) for name in NAMES), *sorted(wanted)]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]


@never_cache
def own_page(request):
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=request.user.pk)
        saved = User.objects.get(pk=user.pk)
        wanted = list(EmailWanted.objects.filter(person=user).values_list("kind", flat=True))
        form = OwnPageForm(
            request.POST or None,
            instance=user,
            saved=saved,
            wanted=wanted,
            is_password=partial(is_own_password, request),
        )
        is_kept = request.method == "POST" and form.is_valid()
        if is_kept:
            user.save(update_fields=NAMES)
            want(user, form.cleaned_data["kinds"])
    if is_kept:
        messages.success(request, "Kept.")
        return HttpResponseRedirect(reverse("desk_own_page"))
    context = {**admin.site.each_context(request), "title": "Your page", "form": form, "person": saved}
    return TemplateResponse(request, "admin/people/own_page.html", context)
