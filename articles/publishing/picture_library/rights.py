"""Pictures whose licence ends. At a paper that has set it so, they leave readers' pages in the second in
which they may be used no longer.

A task waits for that second (ending.py), and an outbox entry wakes the press then. The picture stays where
editors put it, so it comes back as soon as its last day is put off.
"""

import datetime

from django.utils import timezone

from articles.conf import ended_pictures_leave
from articles.models import Image, Task
from articles.publishing.shared.records import announce

KIND = "end_use"


def should_be_withheld(image: Image) -> bool:
    return ended_pictures_leave() and image.has_ended


def plan_end(image: Image) -> None:
    """Leave a task for the second after the picture's last day, in place of an earlier one."""
    arguments = {"image": image.pk}
    Task.objects.filter(kind=KIND, arguments=arguments).delete()
    if image.usable_until is None or image.has_ended:
        return
    moment = end_of(image.usable_until)
    what = f"The picture “{image}” leaves readers' pages if the paper has set it so"[:300]
    task = Task.objects.create(kind=KIND, arguments=arguments, cursor=0, what=what, next_try_at=moment)
    announce("task", task.pk, {}, due_at=moment)


def end_of(day: datetime.date) -> datetime.datetime:
    """The second in which the day after begins, in the site's zone."""
    return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min))
