"""Settings for alarms: who is told when something is wrong with the site."""

from django.core.exceptions import ValidationError as Refused
from django.core.validators import validate_email
from environs import ValidationError

from .stores import is_address


def parse_addresses(text):
    """A list of e-mail addresses."""
    addresses = [address for part in text.split(",") if (address := part.strip())]
    if wrong := [address for address in addresses if not is_mail(address)]:
        raise ValidationError(
            f"holds {', '.join(map(repr, wrong))}; write e-mail addresses with commas between them, like "
            "ops@example.org."
        )
    return addresses


def is_mail(text):
    try:
        validate_email(text)
    except Refused:
        return False
    return True


def check_webhook(text):
    # Most have a key in them, so it is not repeated.
    if text and not is_address(text):
        raise ValidationError("is no address; write one like https://chat.example.org/hooks/….")


def alarm_mistakes(*, addresses, mail_server):
    """Sentences for refuse_mistakes()."""
    if addresses and not mail_server:
        yield (
            "ALARM_EMAIL is set, and EMAIL_HOST is not, so no alarm could be sent; set EMAIL_HOST, or use "
            "ALARM_WEBHOOK."
        )
