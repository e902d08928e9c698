"""Changes that touch many articles: the first slice is made with the verb, the rest is left to the press."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from articles.models import Task
from articles.publishing.records import Where

# Articles or list pages in a slice. What touches no more than these is done when the verb is.
SLICE = 200

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Done:
    """What a slice has done.

    shown: what its outbox entry says. cursor: where the next slice begins; None if there is none.
    """

    shown: Where = field(default_factory=dict)
    cursor: Any = None


Slice = Callable[[Arguments, Any], Done]


def begin(slice_of: Slice, arguments: Arguments, *, what: str) -> Where:
    """Make the first slice in the verb's transaction, and leave a task for the rest, if there is any.

    `slice_of` is one of tasks.KINDS. Answers what the verb's own outbox entry has to say of the slice.
    """
    done = slice_of(arguments, None)
    if done.cursor is not None:
        Task.objects.create(kind=slice_of.__name__, arguments=arguments, cursor=done.cursor, what=what[:300])
    return done.shown
