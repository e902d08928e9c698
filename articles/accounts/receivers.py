"""What happens to somebody's log-ins when their account changes, whoever changes it and by whatever way."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save

from . import devices, sessions


def connect() -> None:
    user_logged_in.connect(on_log_in)
    post_save.connect(on_account, sender=User)


def on_log_in(sender: Any, request: Any, user: AbstractBaseUser, **more: Any) -> None:
    # If the same person logs in once more over a session, Django keeps its key.
    if request.session.session_key == request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        request.session.cycle_key()
    sessions.begin(request, user)
    devices.meet(request, user)


def on_account(sender: Any, instance: User, created: bool, **more: Any) -> None:
    """`was_before` is what audit/receivers.py remembers of the account as it was."""
    before = getattr(instance, "was_before", None)
    if created or not before:
        return
    if not (instance.is_active and instance.is_staff):
        sessions.end(instance)
    elif before["password"] != instance.password:
        # Django lets the session in which somebody changes their own password go on.
        sessions.end(instance, but=sessions.own_key())
        devices.forget(instance)
