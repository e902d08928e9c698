"""The brake at the log-in page. django-axes counts wrong passwords by account and address, in the database
that all workers share. articles/http/client_address.py says whose address it is, and this what the form says.

A count for the account alone would let anybody lock an editor out, so it goes with the address.
"""

from axes.backends import AxesStandaloneBackend
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
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


def is_stopped(request):
    """Whether the password was not even looked at, or was one wrong one too many."""
    return getattr(request, "axes_locked_out", False)


def too_many_tries(request, username):
    tries = AccessAttempt.objects.filter(username=username, ip_address=request.axes_ip_address)
    newest = tries.order_by("-attempt_time").values_list("attempt_time", flat=True).first() or timezone.now()
    until = timezone.localtime(newest + get_cool_off(request))
    zone = timezone.get_default_timezone_name()
    return (
        f"Too many wrong passwords for this account. Try again after {until:%H:%M:%S} ({zone}); until then"
        " not even the right one is taken here. Forgotten? The link below the form leads to a new one."
    )


@receiver(pre_save, sender=AccessAttempt)
def keep_no_form(sender, instance, **more):
    """The desk's log-in form carries an article along, and that is not for a list of failed log-ins."""
    instance.get_data = instance.post_data = ""
