"""What somebody who is logged in asked for and was refused."""

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from articles.models import AuditEntry

from .record import fit, record

# Of one person in an hour: whoever tries all numbers is known by these, and fills no disk.
MOST = 20
AN_HOUR = datetime.timedelta(hours=1)
LAST = "no more of these are written down for this hour"


def note_refusal(request: HttpRequest, person: AbstractBaseUser) -> None:
    """The method and the address without its query, once in an hour for each."""
    what = fit(f"{request.method} {request.path}")
    since = timezone.now() - AN_HOUR
    found = AuditEntry.objects.filter(kind=AuditEntry.Kind.FORBIDDEN, person=person.pk, at__gte=since)
    noted = list(found.values_list("what", flat=True)[:MOST])
    if len(noted) < MOST and what not in noted:
        record(AuditEntry.Kind.FORBIDDEN, what, by=person, detail=LAST if len(noted) == MOST - 1 else "")
