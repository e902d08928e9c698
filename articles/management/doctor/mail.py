import smtplib

from django.conf import settings
from django.core.mail import get_connection

from articles.models import Email

from .finding import unwise, wrong


def mail():
    if not settings.EMAIL_HOST:
        yield unwise(
            "No mail server is set (EMAIL_HOST): nobody at the desk gets e-mail, and nobody can set a "
            "forgotten password anew alone."
        )
        return
    try:
        with get_connection():
            pass
    except (OSError, smtplib.SMTPException) as error:
        yield wrong(
            f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} takes no e-mail: {error}",
            trouble="e-mail",
        )
    if stuck := Email.objects.filter(done_at=None, tries__gt=0).count():
        yield wrong(
            f"{stuck} e-mails could not be sent; E-mails under Operation at the desk says why.",
            trouble="e-mail",
        )
