"""Sends the notices of one server, in a thread of its own, so that nobody waits for it.

A server that is down is tried again after 2, 4, 8 … seconds, an hour at most, and at once when there is more
to tell. After three days nobody is interested any more, and the notice is dropped.
"""

import datetime
import logging
import threading
from collections.abc import Sequence
from functools import partial

from django.db.models import Max
from django.utils import timezone

from articles.models import Notice, PressStatus, PrintFailure
from articles.models.processes.press import SEEN_LATELY
from articles.threads import keep_running, take_turns

from .services import TIMEOUT, Service, TellingFailed

logger = logging.getLogger("articles.press")

LONGEST_WAIT = datetime.timedelta(hours=1)
KEPT = datetime.timedelta(days=3)
# For so long a notice is left to the host that is sending it.
IN_HAND = datetime.timedelta(seconds=6 * TIMEOUT)
# By so much the clocks of two hosts may differ.
CLOCKS = datetime.timedelta(seconds=1)


class Sending:
    def __init__(self, service: Service) -> None:
        self.service = service

    def run(self, stop: threading.Event) -> None:
        take_turns(
            lambda: self.turn(printed_until(timezone.now())), stop, logger=logger, waits="Telling waits"
        )

    def turn(self, until: datetime.datetime | None) -> bool:
        """Tell the server of what changed before `until`, as much as it takes at once. True if there may be
        more."""
        now = timezone.now()
        if until is None or not (notices := self._take_in_hand(until, now)):
            return False
        try:
            self.service.tell([notice.address for notice in notices])
        except TellingFailed as error:
            self._put_back(notices, str(error))
            return False
        for notice in notices:
            # One that was noted anew meanwhile stays.
            Notice.objects.filter(pk=notice.pk, noted_at=notice.noted_at).delete()
        return True

    def _take_in_hand(self, until: datetime.datetime, now: datetime.datetime) -> list[Notice]:
        """No transaction is open while a server is asked, so the rows say themselves who has them."""
        due = Notice.objects.filter(service=self.service.name, next_try_at__lte=now, noted_at__lt=until)
        # The press has kept an old copy of these.
        failed = PrintFailure.objects.values("path")
        found = list(due.exclude(address__in=failed)[: self.service.at_once])
        return [
            notice
            for notice in found
            if Notice.objects.filter(pk=notice.pk, next_try_at=notice.next_try_at).update(
                next_try_at=now + IN_HAND
            )
        ]

    def _put_back(self, notices: Sequence[Notice], why: str) -> None:
        now = timezone.now()
        waiting = Notice.objects.filter(service=self.service.name)
        tries = waiting.aggregate(most=Max("tries"))["most"] or 0
        if not tries:
            logger.error("Telling waits: %s", why)
        next_try = now + min(datetime.timedelta(seconds=2 ** min(tries + 1, 12)), LONGEST_WAIT)
        waiting.filter(pk__in=[notice.pk for notice in notices]).update(
            tries=tries + 1, last_error=why[:4000]
        )
        # All that waits for this server waits: whoever did not take one takes no other.
        waiting.filter(noted_at__lte=now).update(next_try_at=next_try)
        dropped, _ = waiting.filter(noted_at__lt=now - KEPT).delete()
        if dropped:
            logger.error("%s notices are dropped, nobody has taken them for days: %s", dropped, why)


def printed_until(now: datetime.datetime) -> datetime.datetime | None:
    """What changed before this time is printed on all hosts, and forgotten by the stores in front of them.
    None if that is not known, because no press runs."""
    presses = [press.printed_until for press in PressStatus.objects.filter(seen_at__gt=now - SEEN_LATELY)]
    return min(presses) - CLOCKS if presses and all(presses) else None


class Telling:
    """The threads that send, one for each server."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.sendings = [Sending(service) for service in services]

    def open(self, stop: threading.Event) -> None:
        for sending in self.sendings:
            keep_running(partial(sending.run, stop), stop, name=f"telling {sending.service.name}")

    def work_off(self, until: datetime.datetime) -> None:
        for sending in self.sendings:
            while sending.turn(until):
                pass
