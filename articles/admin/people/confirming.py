"""One's own password, asked for once more where a session alone must not be enough."""

from django import forms
from django.contrib.auth import authenticate, update_session_auth_hash


def is_own_password(request, typed):
    """Whether this is the password of the person who is logged in. Wrong ones count towards the limit of the
    log-in page."""
    person = authenticate(request, username=request.user.get_username(), password=typed)
    if person is not None and person.password != request.user.password:
        # Django has hashed it anew, as it does after an update, and the session goes by the hash.
        update_session_auth_hash(request, person)
    return person == request.user


class Confirmed(forms.Form):
    """Whoever finds a computer unlocked must not change how its owner logs in."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request, *args, **more):
        super().__init__(*args, **more)
        self.request = request
        if not request.user.has_usable_password():
            del self.fields["password"]

    def clean_password(self):
        typed = self.cleaned_data["password"]
        if not is_own_password(self.request, typed):
            raise forms.ValidationError(
                "This is not your password, or too many were wrong: then wait a little."
            )
        return typed
