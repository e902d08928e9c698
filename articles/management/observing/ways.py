"""How somebody is told of trouble: by e-mail, and by a POST to a chat or to whatever calls people."""

import json
import smtplib
import socket
from dataclasses import dataclass

from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from articles.conf import absolute, alarm_settings, paper
from articles.press.telling.services import TellingFailed, post


@dataclass(frozen=True)
class Message:
    trouble: str
    sentence: str
    host: str
    since: str
    is_over: bool = False

    @property
    def subject(self):
        return f"{paper().name}: {'over' if self.is_over else 'trouble'}: {self.trouble}"

    @property
    def text(self):
        said = "It is over." if self.is_over else self.sentence
        until = f" It said: {self.sentence}" if self.is_over else ""
        return f"{said}{until}\n\nSince {self.since}, found by {self.host}."


def message_of(trouble, *, is_over):
    zone = timezone.get_default_timezone_name()
    return Message(
        trouble=trouble.name,
        sentence=trouble.sentence,
        host=trouble.host,
        since=f"{timezone.localtime(trouble.since):%d %B %Y %H:%M} ({zone})",
        is_over=is_over,
    )


class ByEmail:
    name = "email"

    def __init__(self, addresses):
        self.addresses = addresses

    def tell(self, message):
        foot = f"How the site runs: {absolute(reverse('desk_operation'))}"
        try:
            send_mail(message.subject[:200], f"{message.text}\n\n{foot}\n", None, self.addresses)
        except (OSError, smtplib.SMTPException) as error:
            raise TellingFailed(f"the mail server takes no alarm: {error}") from error


class ByWebhook:
    """JSON. Slack, Mattermost and Teams read “text”, Discord reads “content”, programs read the others."""

    name = "webhook"

    def __init__(self, address):
        self.address = address

    def tell(self, message):
        text = f"{message.subject}\n{message.text}"
        said = {
            "text": text,
            "content": text,
            "site": paper().url,
            "host": message.host,
            "trouble": message.trouble,
            "state": "over" if message.is_over else "trouble",
            "sentence": message.sentence,
        }
        post(self.address, json.dumps(said), "application/json; charset=utf-8")


def ways():
    """Those that the settings name."""
    settings = alarm_settings()
    found = [ByEmail(list(settings.email))] if settings.email else []
    return found + ([ByWebhook(settings.webhook)] if settings.webhook else [])


def try_ways():
    """Tell each of them a message that says that it is a try. Sentences about how that went."""
    said = Message("none", "This is a try of the alarms; nothing is wrong.", socket.gethostname(), "now")
    for way in ways():
        try:
            way.tell(said)
            yield f"An alarm by {way.name} was taken; look whether it has come."
        except TellingFailed as error:
            yield f"An alarm by {way.name} was not taken: {error}"
