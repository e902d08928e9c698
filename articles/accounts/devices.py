"""Browsers with which somebody has logged in, known again by a cookie of the desk's addresses."""

import hashlib
import logging
import secrets
import smtplib
import threading

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMessage
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from articles.audit.origin import origin
from articles.conf import absolute, paper
from articles.models import KnownDevice

from . import agents

logger = logging.getLogger("articles")
COOKIE = "newsroom_device"
LASTS = 400 * 24 * 3600  # seconds; browsers keep none longer


def meet(request: HttpRequest, person: AbstractBaseUser) -> None:
    """Called when somebody has logged in. The browser is remembered; if it is new, and not their first one,
    they are told by e-mail."""
    token = request.COOKIES.get(COOKIE, "")
    known = KnownDevice.objects.filter(person_id=person.pk)
    if token and known.filter(hashed=hashed(token)).update(last_at=timezone.now()):
        return
    is_first = not known.exists()
    # Two people at one computer share the cookie.
    request.new_device = token if 20 <= len(token) <= 64 else secrets.token_urlsafe(32)
    KnownDevice.objects.get_or_create(person_id=person.pk, hashed=hashed(request.new_device))
    if not is_first and person.email and settings.EMAIL_HOST:
        email = notice(request, person)
        threading.Thread(target=send_quietly, args=(email,), name="device e-mail").start()


def forget(person: AbstractBaseUser) -> None:
    """All but the browser that asks, once there is a new password: somebody else may have had the old one.
    Their rows stay, or the next log-in would be taken for the first, of which nobody is told."""
    request = origin().request
    own = hashed(request.COOKIES.get(COOKIE, "")) if request is not None else ""
    others = KnownDevice.objects.filter(person_id=person.pk).exclude(hashed=own)
    others.update(hashed=Concat(Value("forgotten "), Cast("pk", CharField())))


def remember(request: HttpRequest, response: HttpResponse) -> None:
    if token := getattr(request, "new_device", ""):
        response.set_cookie(
            COOKIE,
            token,
            max_age=LASTS,
            path=reverse("admin:index"),
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def notice(request: HttpRequest, person: AbstractBaseUser) -> EmailMessage:
    context = {
        "paper": paper().name,
        "person": person,
        "agent": agents.in_words(request.META.get("HTTP_USER_AGENT", "")),
        "address": origin().address,
        "at": timezone.localtime(),
        "link": absolute(reverse("desk_log_ins")),
    }
    text = render_to_string("admin/email/new_device.txt", context)
    return EmailMessage(f"{paper().name}: a log-in with a new device", text, to=[person.email])


def send_quietly(email: EmailMessage) -> None:
    try:
        email.send()
    except (OSError, smtplib.SMTPException) as error:
        logger.error("A notice of a new device could not be sent: %s", error)
