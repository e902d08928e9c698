"""Sends the e-mails that are written down, in a thread of its own: no request waits for a mail server, and no
transaction is open meanwhile.

A server that is down is tried again after 2, 4, 8 … seconds, an hour at most; after three days the news is
old, and the e-mail is dropped. Each e-mail is sent by one host.
"""

import datetime
import logging
import threading
from functools import partial

from django.core.mail import get_connection
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from articles.models import Email
from articles.threads import keep_running, take_turns

from .emails import email_of

logger = logging.getLogger("articles.notifications")

AT_ONCE = 20
LONGEST_WAIT = datetime.timedelta(hours=1)
KEPT = datetime.timedelta(days=3)
# For so long an e-mail is left to the host that is sending it. Longer than a slow mail server takes.
IN_HAND = datetime.timedelta(minutes=5)


class Mail:
    def open(self, stop: threading.Event) -> None:
        keep_running(partial(self.run, stop), stop, name="e-mail")

    def run(self, stop: threading.Event) -> None:
        take_turns(self.turn, stop, logger=logger, waits="E-mails wait")

    def turn(self) -> bool:
        """Send what is due. True if there may be more at once."""
        found = list(due()[:AT_ONCE])
        return sum(self.sent(email) for email in found if take_in_hand(email)) > 0

    def sent(self, email: Email) -> bool:
        try:
            if message := email_of(email.notification):
                message.connection = get_connection()
                message.send()
        except (DatabaseError, InterfaceError):
            raise
        except Exception as error:
            # Whatever it is, the e-mails after this one do not wait for it.
            put_back(email, f"{type(error).__name__}: {error}", for_ever=is_for_ever(error))
            return False
        Email.objects.filter(pk=email.pk).update(done_at=timezone.now(), last_error="")
        return True


def due():
    waiting = Email.objects.filter(done_at=None, next_try_at__lte=timezone.now()).order_by(
        "next_try_at", "pk"
    )
    told = ("person", "article", "note", "by")
    return waiting.select_related("notification", *(f"notification__{each}" for each in told))


def take_in_hand(email: Email) -> bool:
    """Whether it is this host's to send."""
    mine = Email.objects.filter(pk=email.pk, next_try_at=email.next_try_at, done_at=None)
    return bool(mine.update(next_try_at=timezone.now() + IN_HAND))


def is_for_ever(error: Exception) -> bool:
    """Whether the mail server will never take it: it refuses whom it is for (5xx, RFC 5321), and nothing else
    was wrong."""
    codes = [code for code, _ in error.recipients.values()] if hasattr(error, "recipients") else []
    return bool(codes) and min(codes) >= 500


def put_back(email: Email, why: str, *, for_ever: bool) -> None:
    """Have it tried again later; given up if it is refused for ever, or old."""
    now = timezone.now()
    logger.error("E-mail %s could not be sent: %s", email.pk, why)
    is_old = email.noted_at < now - KEPT
    wait = min(datetime.timedelta(seconds=2 ** min(email.tries + 1, 12)), LONGEST_WAIT)
    Email.objects.filter(pk=email.pk).update(
        tries=email.tries + 1,
        last_error=why.replace("\0", "")[:4000],
        next_try_at=now + wait,
        done_at=now if is_old or for_ever else None,
    )
