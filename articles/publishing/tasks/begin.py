"""Changes that affect many articles: the verb does the first slice itself, and leaves the rest to the
press."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from articles.models import Task
from articles.publishing.shared.records import Where

# Articles or list pages in a slice. If a change affects no more than these, it is done together with the
# verb.
SLICE = 200

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Done:
    """The result of a slice.

    shown: the content of its outbox entry. cursor: where the next slice begins; None if there is no next
    slice.
    """

    shown: Where = field(default_factory=dict)
    cursor: Any = None


Slice = Callable[[Arguments, Any], Done]


def begin(slice_of: Slice, arguments: Arguments, *, what: str) -> Where:
    """Do the first slice in the verb's transaction, and write a task for the rest if there is any.

    `slice_of` is one of KINDS in work.py. Returns what the verb's own outbox entry must say for the first
    slice.
    """
    done = slice_of(arguments, None)
    if done.cursor is not None:
        Task.objects.create(kind=slice_of.__name__, arguments=arguments, cursor=done.cursor, what=what[:300])
    return done.shown
