"""SENTRY_DSN: where errors are sent, as Sentry shows it among the settings of a project."""

from importlib.util import find_spec
from urllib.parse import urlsplit

from environs import ValidationError

from .stores import is_address


def check_dsn(text):
    # It has a key in it, so it is not repeated.
    if not text:
        return
    if not is_address(text) or not urlsplit(text).username or not urlsplit(text).path.strip("/"):
        raise ValidationError("is no DSN; copy it from the project's settings in Sentry (Client Keys).")
    if find_spec("sentry_sdk") is None:
        raise ValidationError(
            "is set, and sentry-sdk is not installed; run: pip install -r requirements-sentry.txt."
        )
