"""Follows the outbox of DATABASE_URL's database as a press does, one look at a time, for test_open_transactions.py.

    python -m tests.articles.outbox.looker POSITION

Each line that it reads names one of the functions below; it answers each with a line of JSON. The position is
read from its file and written there each time, as by a press that was killed in between.
"""

import datetime
import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.db import connection  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402 - settings come first

from articles.models import OutboxEntry  # noqa: E402 - settings come first
from articles.outbox import cursor as position  # noqa: E402 - settings come first
from articles.press.shelf.notes import FolderNote  # noqa: E402 - settings come first

FILE = FolderNote(Path(sys.argv[1]))


def begin():
    started = position.Position.start()
    started.write(FILE)
    return started.last


def look():
    found, after = position.look(position.Position.read(FILE), timezone.now())
    after.write(FILE)
    return found


def can_follow():
    return position.can_follow(position.Position.read(FILE), timezone.now())


def waiting():
    return position.waiting(position.Position.read(FILE), timezone.now())[0]


def prune():
    """As if a hundred days had passed, and an entry had been written then."""
    later = timezone.now() + datetime.timedelta(days=100)
    newest = OutboxEntry.objects.create(change={"kind": "page", "id": 0}, due_at=later)
    OutboxEntry.objects.filter(pk=newest.pk).update(written_at=later)
    return position.prune(position.Position.read(FILE), later)


def plan():
    """How PostgreSQL answers a look, in a table that it knows the size of."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE articles_outboxentry")
    seen = position.Position.read(FILE)
    return (
        OutboxEntry.objects.filter(position.unseen(seen) | position.Q(pk=seen.last)).order_by("pk").explain()
    )


for line in sys.stdin:
    print(json.dumps(globals()[line.strip()]()), flush=True)
