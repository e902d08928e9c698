"""Links with which one person sets a password: sent by e-mail, or handed over by an administrator.

Nothing is stored for them. A link is signed, holds for as long as PASSWORD_RESET_TIMEOUT says, and holds no
longer once it was used, the person has logged in, or the e-mail address has changed.
"""

import datetime
import logging
import smtplib
import threading

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from articles.conf import absolute, paper

logger = logging.getLogger("articles.admin")

MAIL_ERRORS = (OSError, smtplib.SMTPException)


def sends_email():
    """Whether e-mail reaches people; without a server it is written to the console."""
    return bool(settings.EMAIL_HOST)


def password_link(user):
    number, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    # Never of the Host that a request names: that may be anybody's.
    return absolute(reverse("desk_set_password", args=[number, token]))


def good_until(now=None):
    return (now or timezone.now()) + datetime.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def email_with_link(user, *, invites):
    context = {
        "paper": paper().name,
        "person": user,
        "link": password_link(user),
        "until": good_until(),
        "invites": invites,
    }
    subject = f"{paper().name}: " + ("your account at the desk" if invites else "a new password")
    return EmailMessage(subject, render_to_string("admin/email/password_link.txt", context), to=[user.email])


def send_in_a_thread(email):
    """Whoever asks does not learn from the time that it takes whether there is such an account."""
    threading.Thread(target=send_quietly, args=(email,), name="password e-mail").start()


def send_quietly(email):
    try:
        email.send()
    except MAIL_ERRORS as error:
        logger.error("A link for a new password could not be sent: %s", error)
