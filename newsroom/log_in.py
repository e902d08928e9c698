"""The log-in page: a password, and then the second factor of whoever has one or must have one.

django-axes counts what was wrong, passwords and codes together, by account and address, in the database that
all workers share. articles/http/client_address.py says whose address it is. A count for the account alone
would let anybody lock an editor out, so it goes with the address. The codes of one account are also slowed
down by django-otp, from wherever they come: whoever gets that far knows the password.
"""

from axes.backends import AxesStandaloneBackend
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone


class Brake(AxesStandaloneBackend):
    def authenticate(self, request, username=None, password=None, **more):
        # A command that tries a password has no request, and is no stranger.
        if request is not None:
            super().authenticate(request, username, password, **more)


class LogInForm(AdminAuthenticationForm):
    def clean_username(self):
        """Django's form lets longer names pass than an account, or a note of a failed try, can have."""
        name = self.cleaned_data["username"]
        if len(name) > self.fields["username"].max_length:
            raise self.get_invalid_login_error()
        return name

    def get_invalid_login_error(self):
        if not is_stopped(self.request):
            return super().get_invalid_login_error()
        return ValidationError(too_many_tries(self.request, self.cleaned_data["username"]), code="stopped")


class CodeForm(forms.Form):
    """The second step. Its names are no field's of the desk, whose forms are carried along."""

    second_code = forms.CharField(
        label="Code",
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )
    second_passkey = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)


def may_try(request, username):
    """Whether the brake is off for this account from here."""
    if AxesProxyHandler.is_allowed(request, {"username": username}):
        return True
    request.axes_locked_out = True
    return False


def is_stopped(request):
    """Whether the password was not even looked at, or was one wrong one too many."""
    return getattr(request, "axes_locked_out", False)


def too_many_tries(request, username):
    tries = AccessAttempt.objects.filter(username=username, ip_address=request.axes_ip_address)
    newest = tries.order_by("-attempt_time").values_list("attempt_time", flat=True).first() or timezone.now()
    until = timezone.localtime(newest + get_cool_off(request))
    zone = timezone.get_default_timezone_name()
    return (
        f"Too many wrong passwords or codes for this account. Try again after {until:%H:%M:%S} ({zone});"
        " until then not even the right one is taken here. Forgotten? The link below the form leads to a new"
        " password."
    )


@receiver(pre_save, sender=AccessAttempt)
def keep_no_form(sender, instance, **more):
    """The desk's log-in form carries an article along, and that is not for a list of failed log-ins."""
    instance.get_data = instance.post_data = ""
