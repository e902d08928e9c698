"""Works on the tasks that verbs have left, one slice at a time, each in its own transaction.

A slice changes at most two hundred articles, writes one outbox entry with the pages that show the change, and
notes where the next slice begins. Any press may do the next slice, whichever shelf it prints. A task that
another press is working on is passed over.
"""

import datetime
import logging
from functools import partial

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction
from django.utils import timezone

from articles.database.errors import is_away
from articles.models import Task
from articles.publishing.article.content.working_copies import retag
from articles.publishing.picture_library.ending import end_use
from articles.publishing.sections import follow_section
from articles.publishing.shared.errors import Refused
from articles.publishing.shared.locks import tried_again
from articles.publishing.shared.records import announce
from articles.publishing.tags import take_tags

from .begin import Slice
from .print_what_shows import show

logger = logging.getLogger("articles.publishing")

KINDS: dict[str, Slice] = {each.__name__: each for each in (end_use, follow_section, retag, show, take_tags)}

LONGEST_WAIT = datetime.timedelta(hours=1)
# Errors from rows or arguments that are not as the code expects. Then the task waits, and printing goes on.
FAULTS = (
    *(ArithmeticError, AttributeError, DatabaseError, LookupError),
    *(ObjectDoesNotExist, Refused, TypeError, ValueError),
)


def work_slice() -> bool:
    """Do a slice of the oldest task that is due; True if there was one. A slice that fails is put back."""
    if not Task.objects.due().exists():
        return False
    in_hand: list[Task] = []
    try:
        return tried_again(partial(next_slice, in_hand))
    except FAULTS as error:
        if is_away(error) or not in_hand:
            raise
        put_back(in_hand[-1], error)
        return True


@transaction.atomic
def next_slice(in_hand: list[Task]) -> bool:
    task = Task.objects.due().select_for_update(skip_locked=True).first()
    if task is None:
        return False
    in_hand.append(task)
    done = KINDS[task.kind](task.arguments, task.cursor)
    if done.shown:
        announce("task", task.pk, done.shown)
    if done.cursor is None:
        task.delete()
        return True
    task.cursor, task.tries, task.last_error = done.cursor, 0, ""
    task.save(update_fields=["cursor", "tries", "last_error"])
    return True


def put_back(task: Task, error: Exception) -> None:
    """Have the task tried again after 2, 4, 8 … seconds, an hour at most. The failed slice has written
    nothing."""
    message = f"{type(error).__name__}: {error}".replace("\0", "�")
    logger.exception("“%s” could not go on, and is tried again: %s", task, message)
    tries = task.tries + 1
    wait = min(datetime.timedelta(seconds=2 ** min(tries, 12)), LONGEST_WAIT)
    # If another press has worked on the task meanwhile, nothing is changed.
    Task.objects.filter(pk=task.pk, tries=task.tries).update(
        tries=tries, next_try_at=timezone.now() + wait, last_error=message[:4000]
    )
