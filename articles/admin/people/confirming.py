"""One's own password, asked for once more where a session alone must not be enough."""

from django import forms
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.signals import user_login_failed
from django.utils import timezone

from articles.accounts import factors, passkeys

WRONG_FACTOR = "Type the code that your app shows now, or a recovery code, or show a passkey."


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


class ConfirmedWithFactor(Confirmed):
    """Whoever has learnt somebody's password, too, must not take away what keeps it from being enough."""

    code = forms.CharField(
        label="A code of your app, or a recovery code",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )
    shown_passkey = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        # Only with the right password: a recovery code is used up by this.
        if not self.errors and factors.has_any(self.request.user):
            self.check_factor(data)
        # An answer of a passkey is good once.
        self.data = {**self.data.dict(), "shown_passkey": ""}
        return data

    def check_factor(self, data):
        person = self.request.user
        try:
            if is_shown(self.request, data["shown_passkey"]) or is_taken(person, data["code"]):
                return
        except factors.Wait as wait:
            until = timezone.localtime(wait.until)
            self.add_error("code", f"Too many wrong codes. Try again after {until:%d %B, %H:%M:%S}.")
            return
        if data["code"] or data["shown_passkey"]:
            said = {"username": person.get_username(), "second_factor": "wrong code"}
            user_login_failed.send(sender=__name__, credentials=said, request=self.request)
        self.add_error("code", WRONG_FACTOR)


def is_taken(person, code):
    """An empty one would be counted as a wrong one."""
    return bool(code and factors.takes(person, code))


def is_shown(request, answer):
    if not answer:
        return False
    try:
        passkeys.use(request, request.user, answer, kept_as=passkeys.CONFIRMING)
    except passkeys.NotTaken:
        return False
    return True
