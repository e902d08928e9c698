"""Writes down how often readers have followed redirects, and at which addresses they have found nothing.

Addresses that nobody has asked for any more are forgotten, and so are those with the fewest visits, when
there are too many: robots try thousands of addresses once.
"""

import datetime
from collections.abc import Mapping
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import MissedAddress, OldAddress
from articles.models.old_address import ADDRESS

MOST_KEPT = 2_000
KEPT = datetime.timedelta(days=60)
AT_ONCE = 500

Counts = Mapping[str, int]


def write_visits(followed: Counts, missed: Counts) -> None:
    """Add these numbers of visits to those that are written. The keys are addresses, encoded."""
    today = timezone.localdate()
    for names in portions(followed):
        add_followed({name: followed[name] for name in names}, today)
    for names in portions(missed):
        add_missed({name: missed[name] for name in names}, today)
    if missed:
        forget(today)


def portions(counts: Counts) -> list[list[str]]:
    # In one order, so that two servers that write the same rows do not wait for each other.
    names = iter(sorted(counts))
    return list(iter(lambda: list(islice(names, AT_ONCE)), []))


@transaction.atomic
def add_followed(counts: Counts, today: datetime.date) -> None:
    """A visit at a month of a list that has moved counts for the address of the list."""
    starts = {name: ADDRESS.fullmatch(name)[1] for name in counts}
    known = set(
        OldAddress.objects.filter(path__in={*starts, *starts.values()}).values_list("path", flat=True)
    )
    for name, number in counts.items():
        path = name if name in known else starts[name]
        if path in known:
            OldAddress.objects.filter(path=path).update(hits=F("hits") + number, last_hit_on=today)


@transaction.atomic
def add_missed(counts: Counts, today: datetime.date) -> None:
    known = set(MissedAddress.objects.filter(path__in=counts).values_list("path", flat=True))
    for path in sorted(known):
        MissedAddress.objects.filter(path=path).update(hits=F("hits") + counts[path], last_on=today)
    new = [
        MissedAddress(path=path, hits=counts[path], first_on=today, last_on=today)
        for path in counts
        if path not in known
    ]
    # Another server may have written one of them at this moment; its visits are the ones that count.
    MissedAddress.objects.bulk_create(new, ignore_conflicts=True)


def forget(today: datetime.date) -> None:
    MissedAddress.objects.filter(last_on__lt=today - KEPT).delete()
    over = MissedAddress.objects.count() - MOST_KEPT
    if over > 0:
        least = MissedAddress.objects.order_by("hits", "last_on", "pk").values_list("pk", flat=True)
        MissedAddress.objects.filter(pk__in=list(least[:over])).delete()
