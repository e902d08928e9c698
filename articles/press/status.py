"""The state of a press, written into the database for `press status` and the desk."""

import datetime
import time

from django.utils import timezone

from articles.models import PressStatus, PrintFailure
from articles.outbox.cursor import Position, waiting

EVERY = 5.0  # seconds
LOST = datetime.timedelta(days=30)  # after which a shelf whose press is silent is forgotten


class Status:
    def __init__(self, name: str) -> None:
        self.name = name
        self._said_at = -EVERY
        self._trouble: tuple[str, datetime.datetime] | None = None
        # The press before this one may have ended while it was in trouble.
        self._may_be_in_trouble = True

    def say(self, position: Position, under_way: str = "", *, until: datetime.datetime | None = None) -> None:
        """Write the state, at most every few seconds; new trouble at once. `until` is when the last change
        was made that is printed and that the stores in front have been told of, if that is known."""
        if time.monotonic() - self._said_at < EVERY and self._trouble is None:
            return
        now = timezone.now()
        number, oldest = waiting(position, now)
        values = {"seen_at": now, "waiting": number, "oldest_at": oldest, "under_way": under_way}
        if until:
            values["printed_until"] = until
        if self._trouble:
            values["last_error"], values["last_error_at"] = self._trouble
            values["recovered_at"] = None
        PressStatus.objects.update_or_create(shelf=self.name, defaults=values)
        self._said_at, self._trouble = time.monotonic(), None

    def note(self, error: BaseException) -> str:
        """Keep the error until it can be written: the database itself may be away. Returns it in one line."""
        line = (str(error).strip() or type(error).__name__).splitlines()[0]
        self._trouble = (f"{type(error).__name__}: {line}", timezone.now())
        self._may_be_in_trouble = True
        return line

    def all_is_well(self) -> None:
        """The press works again: write down that the trouble is over."""
        if self._may_be_in_trouble and self._trouble is None:
            known = PressStatus.objects.filter(shelf=self.name, recovered_at=None)
            known.exclude(last_error="").update(recovered_at=timezone.now())
            self._may_be_in_trouble = False


def forget_lost_shelves(now: datetime.datetime) -> None:
    """Delete the rows of shelves that no press follows any more, and failures that nobody tries again."""
    PressStatus.objects.filter(seen_at__lt=now - LOST).delete()
    PrintFailure.objects.left_behind(now).delete()
