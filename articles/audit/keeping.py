"""How long the log is kept."""

import datetime

from django.db import transaction
from django.utils import timezone

from articles.conf import audit_days
from articles.models import AuditEntry, AuditPruning


@transaction.atomic
def prune() -> int:
    """Delete what is older than AUDIT_DAYS; returns the number of entries.

    The database lets an entry go only if a row of AuditPruning says that what is as old as it goes. These
    rows stay, so it is known ever after what was deleted, and when.
    """
    days = audit_days()
    before = timezone.now() - datetime.timedelta(days=days)
    old = AuditEntry.objects.filter(at__lt=before)
    if not days or not old.exists():
        return 0
    AuditPruning.objects.create(before=before)
    return old.delete()[0]
