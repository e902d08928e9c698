"""Pages that could not be rendered, and pictures whose files could not be made. They are noted in the
database and tried again after 2, 4, 8 … seconds, an hour at most."""

import datetime

from django.utils import timezone
from django.utils.text import Truncator

from articles.models import PictureFailure, PrintFailure
from articles.publishing.shared.records import announce

AT_ONCE = 500
# If more pages than this fail, the cause is not in a single page, so no more notifications are made.
MOST_TOLD = 20
LONGEST_ERROR = 4000  # characters; some quote a whole page
LONGEST_WAIT = datetime.timedelta(hours=1)


def wait_after(attempts: int) -> datetime.timedelta:
    return min(datetime.timedelta(seconds=2 ** min(attempts, 12)), LONGEST_WAIT)


def note_failure(shelf: str, path: str, error: str) -> None:
    failure = PrintFailure.objects.filter(shelf=shelf, path=path).first()
    if failure is None and PrintFailure.objects.filter(shelf=shelf)[:MOST_TOLD].count() < MOST_TOLD:
        announce("print_failed", 0, {"path": path})
    note_again(failure or PrintFailure(shelf=shelf, path=path, attempts=0), error)


def note_again(failure: PrintFailure | PictureFailure, error: str) -> None:
    now = timezone.now()
    failure.attempts += 1
    # PostgreSQL takes no NUL in a text.
    failure.error = Truncator(error.replace("\0", "�")).chars(LONGEST_ERROR)
    failure.failed_at = now
    failure.next_try_at = now + wait_after(failure.attempts)
    failure.save()


def forget_failures(shelf: str, paths: list[str]) -> None:
    """Delete the failures of these pages, because they are printed now. Usually there are none, and then
    nothing is written."""
    if not PrintFailure.objects.filter(shelf=shelf).exists():
        return
    # There may be more paths than a query takes values, for instance after tags were merged.
    for start in range(0, len(paths), AT_ONCE):
        PrintFailure.objects.filter(shelf=shelf, path__in=paths[start : start + AT_ONCE]).delete()


def to_try_again(shelf: str, now: datetime.datetime) -> list[str]:
    due = PrintFailure.objects.filter(shelf=shelf, next_try_at__lte=now)
    return list(due.order_by("next_try_at").values_list("path", flat=True)[:50])


def pictures_to_try_again(now: datetime.datetime) -> list[int]:
    due = PictureFailure.objects.filter(next_try_at__lte=now)
    return list(due.order_by("next_try_at").values_list("image", flat=True)[:50])
