"""What the doctor finds on this host, kept where the operator's page finds it."""

import datetime
import socket
from dataclasses import asdict

from django.utils import timezone

from articles.management.doctor import ALL, OFTEN, examine, room_of_disks, versions
from articles.models import Examination

# A container's name goes with it.
GONE = datetime.timedelta(days=1)


def look(*, thoroughly):
    """The findings, by the names of their checks."""
    return examine(ALL if thoroughly else OFTEN)


def keep(found, now, *, thoroughly):
    """What was not looked at this time stays as it was found."""
    host = socket.gethostname()
    before = Examination.objects.filter(host=host).first() or Examination(host=host)
    said = {name: [asdict(finding) for finding in findings] for name, findings in found.items()}
    facts = {"disks": room_of_disks(), **({"versions": versions()} if thoroughly else {})}
    Examination.objects.update_or_create(
        host=host,
        defaults={"looked_at": now, "findings": before.findings | said, "facts": before.facts | facts},
    )
    Examination.objects.filter(looked_at__lt=now - GONE).delete()


def look_now():
    """For the operator who does not want to wait for the next time."""
    keep(look(thoroughly=True), timezone.now(), thoroughly=True)
