"""Writes down how often readers have followed redirects, and at which addresses they have found nothing.

Addresses that nobody has asked for any more are forgotten, and so are those with the fewest visits, when
there are too many: robots try thousands of addresses once.
"""

import datetime
from collections import Counter
from collections.abc import Mapping
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import MissedAddress, OldAddress
from articles.models.addresses.old_address import ADDRESS

MOST_KEPT = 2_000
KEPT = datetime.timedelta(days=60)
AT_ONCE = 500

Counts = Mapping[str, int]


@transaction.atomic
def write_visits(followed: Counts, missed: Counts) -> None:
    """Add these numbers of visits to those that are written. The keys are addresses, encoded. If there is an
    error, nothing is added, so that all may be tried again."""
    today = timezone.localdate()
    add_followed(followed, today)
    if missed:
        add_missed(missed, today)
        forget(today)


def portions(counts: Counts) -> list[list[str]]:
    # In one order, so that two servers that write the same rows do not wait for each other.
    names = iter(sorted(counts))
    return list(iter(lambda: list(islice(names, AT_ONCE)), []))


def add_followed(counts: Counts, today: datetime.date) -> None:
    """A visit at a month of a list that has moved counts for the address of the list."""
    hits: Counter[str] = Counter()
    for names in portions(counts):
        starts = {name: ADDRESS.fullmatch(name)[1] for name in names}
        known = set(
            OldAddress.objects.filter(path__in={*starts, *starts.values()}).values_list("path", flat=True)
        )
        for name in names:
            path = name if name in known else starts[name]
            if path in known:
                hits[path] += counts[name]
    for path, number in sorted(hits.items()):
        OldAddress.objects.filter(path=path).update(hits=F("hits") + number, last_hit_on=today)


def add_missed(counts: Counts, today: datetime.date) -> None:
    known: set[str] = set()
    for names in portions(counts):
        known.update(MissedAddress.objects.filter(path__in=names).values_list("path", flat=True))
    # First all that are changed, then all that are new, each in one order.
    for path in sorted(known):
        MissedAddress.objects.filter(path=path).update(hits=F("hits") + counts[path], last_on=today)
    new = [
        MissedAddress(path=path, hits=counts[path], first_on=today, last_on=today)
        for path in sorted(counts.keys() - known)
    ]
    # Another server may have written one of them at this moment; its visits are the ones that count.
    MissedAddress.objects.bulk_create(new, ignore_conflicts=True)


def note_missed(counts: Counts) -> None:
    """Addresses of an old site at which there is nothing here, with the visits that they had there. What is
    known already stays as it is, so that one may note them twice."""
    longest = MissedAddress._meta.get_field("path").max_length
    known = set(MissedAddress.objects.filter(path__in=counts).values_list("path", flat=True))
    new = {path: number for path, number in counts.items() if path not in known and len(path) <= longest}
    write_visits({}, new)


def forget(today: datetime.date) -> None:
    """Rows that another server changes at this moment stay, so that the two do not wait for each other."""
    free = MissedAddress.objects.select_for_update(skip_locked=True).values_list("pk", flat=True)
    MissedAddress.objects.filter(pk__in=list(free.filter(last_on__lt=today - KEPT))).delete()
    over = MissedAddress.objects.count() - MOST_KEPT
    if over > 0:
        least = free.order_by("hits", "last_on", "pk")[:over]
        MissedAddress.objects.filter(pk__in=list(least)).delete()
