"""Tells webhooks what is written down for them. One thread asks the database, others wait for the receivers:
each has one at most, so that a slow one delays no other. What is told to one comes in its order.

A receiver that does not answer with a yes is told again after 2, 4, 8 … seconds, an hour at most. After three
days nobody is interested any more, and what waits since then is dropped.
"""

import datetime
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from django.utils import timezone

from articles.models import Webhook, WebhookDelivery
from articles.press.telling.sending import printed_until
from articles.threads import keep_running, take_turns

from .messages import headers_of, message_of
from .posting import LIMITS, NotTaken, post, web

logger = logging.getLogger("articles.press")

AT_ONCE = 8
LONGEST_WAIT = datetime.timedelta(hours=1)
KEPT = datetime.timedelta(days=3)
# For so long a webhook is left to the host that tells it.
IN_HAND = datetime.timedelta(seconds=4 * LIMITS.answer)

Post = Callable[[str, bytes, dict[str, str]], str]


class Webhooks:
    def __init__(self, send: Post | None = None) -> None:
        self.send = send or partial(post, by=web())
        self.waiting: dict[int, tuple[WebhookDelivery, Future]] = {}

    def open(self, stop: threading.Event) -> None:
        keep_running(partial(self.run, stop), stop, name="webhooks")

    def run(self, stop: threading.Event) -> None:
        take_turns(
            lambda: self.turn(printed_until(timezone.now())), stop, logger=logger, waits="Webhooks wait"
        )

    def work_off(self, until: datetime.datetime) -> None:
        """Tell all that is due."""
        while self.turn(until) or self.waiting:
            for _, future in list(self.waiting.values()):
                future.exception()

    def turn(self, until: datetime.datetime | None) -> bool:
        """Note what receivers have answered, and tell those that wait for none of what was noted before
        `until`. True if there may be more at once."""
        done = [pk for pk, (_, future) in self.waiting.items() if future.done()]
        for pk in done:
            note_answer(*self.waiting.pop(pk))
        if until is None:
            return False
        free = max(0, AT_ONCE - len(self.waiting))
        begun = [self.begin(delivery) for delivery in due(until, self.waiting)[:free]]
        return bool(done) or any(begun)

    def begin(self, delivery: WebhookDelivery) -> bool:
        """Whether something was done with it: it is being told, or there is nothing to be told."""
        body = message_of(delivery)
        if body is None:
            WebhookDelivery.objects.filter(pk=delivery.pk, uid=delivery.uid).delete()
            return True
        if not take_in_hand(delivery.webhook):
            return False
        sent = delivery.webhook.address, body, headers_of(delivery, body)
        self.waiting[delivery.webhook_id] = delivery, answer_to(self.send, *sent)
        return True


def answer_to(send: Post, address: str, body: bytes, headers: dict[str, str]) -> Future:
    """What the receiver will have answered. A server that stops does not wait for it."""
    answer: Future = Future()

    def ask() -> None:
        try:
            answer.set_result(send(address, body, headers))
        except Exception as error:
            # Whatever it is, it is written down as the last result.
            answer.set_exception(error)

    threading.Thread(target=ask, name="webhook", daemon=True).start()
    return answer


def due(until: datetime.datetime, waiting: dict[int, object]) -> list[WebhookDelivery]:
    """The oldest of each webhook that is on and whose time has come."""
    hooks = Webhook.objects.filter(is_on=True, next_try_at__lte=timezone.now()).exclude(pk__in=waiting)
    rows = WebhookDelivery.objects.filter(webhook__in=hooks, noted_at__lte=until).select_related("webhook")
    oldest: dict[int, WebhookDelivery] = {}
    for row in rows.order_by("noted_at", "pk")[:1000]:
        oldest.setdefault(row.webhook_id, row)
    return list(oldest.values())


def take_in_hand(hook: Webhook) -> bool:
    """Whether it is this host's to tell."""
    mine = Webhook.objects.filter(pk=hook.pk, next_try_at=hook.next_try_at)
    return bool(mine.update(next_try_at=timezone.now() + IN_HAND))


def note_answer(delivery: WebhookDelivery, told: Future) -> None:
    now, hook = timezone.now(), Webhook.objects.filter(pk=delivery.webhook_id)
    error = told.exception()
    if error is None:
        # One that was noted anew meanwhile stays.
        WebhookDelivery.objects.filter(pk=delivery.pk, uid=delivery.uid).delete()
        hook.update(tries=0, next_try_at=now, last_at=now, last_result=told.result()[:300])
        return
    why = str(error) if isinstance(error, NotTaken) else f"{type(error).__name__}: {error}"
    logger.error("The webhook “%s” was not told: %s", delivery.webhook, why)
    tries = delivery.webhook.tries + 1
    wait = min(datetime.timedelta(seconds=2 ** min(tries, 12)), LONGEST_WAIT)
    hook.update(tries=tries, next_try_at=now + wait, last_at=now, last_result=f"Not taken: {why}"[:300])
    WebhookDelivery.objects.filter(webhook=delivery.webhook_id, noted_at__lt=now - KEPT).delete()
