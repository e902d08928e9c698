"""What a press says of itself in the database, for `press status` and the desk."""

import datetime
import time

from django.utils import timezone

from articles.models import PressStatus, PrintFailure

from .position import Position, waiting

EVERY = 5.0  # seconds
LOST = datetime.timedelta(days=30)  # after which a shelf that nobody follows is no more


class Status:
    def __init__(self, name: str) -> None:
        self.name = name
        self._said_at = -EVERY
        self._trouble: tuple[str, datetime.datetime] | None = None

    def say(self, position: Position) -> None:
        """At most every few seconds, more often nobody looks."""
        if time.monotonic() - self._said_at < EVERY and self._trouble is None:
            return
        now = timezone.now()
        number, oldest = waiting(position, now)
        said = {"seen_at": now, "waiting": number, "oldest_at": oldest}
        if self._trouble:
            said["last_error"], said["last_error_at"] = self._trouble
        PressStatus.objects.update_or_create(shelf=self.name, defaults=said)
        self._said_at, self._trouble = time.monotonic(), None

    def note(self, error: BaseException) -> str:
        """Keep the trouble until the database can take it: it may be its own. Answers it in a line."""
        line = (str(error).strip() or type(error).__name__).splitlines()[0]
        self._trouble = (f"{type(error).__name__}: {line}", timezone.now())
        return line


def forget_lost_shelves(now: datetime.datetime) -> None:
    """Of hosts and folders that were given up, and their failures, that nobody tries again."""
    PressStatus.objects.filter(seen_at__lt=now - LOST).delete()
    PrintFailure.objects.left_behind(now).delete()
