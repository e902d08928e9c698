"""Writing down that a backup is being made: while it is, the files of what is removed are kept."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles.models import Backup

from .removed_files import delete_removed_files

SAY_EVERY = 60.0  # seconds
KEPT = 400  # rows: those of a year, made daily


class BackupUnderWay(Exception):
    """Another backup is being made; says since when and where."""


@contextmanager
def backup_under_way() -> Iterator[Backup]:
    """Until the end of this, no file is deleted that a backup may need. Set `archive` when there is one.

    BackupUnderWay if another backup has begun and not ended."""
    backup, ended = begin(), threading.Event()
    saying = threading.Thread(target=say_so, args=(backup.pk, ended), name="backup", daemon=True)
    saying.start()
    try:
        yield backup
    except BaseException as error:
        backup.error = str(error) or type(error).__name__
        raise
    finally:
        ended.set()
        saying.join()
        # The archive is whole or not, whatever becomes of this.
        with suppress(DatabaseError):
            backup.ended_at = timezone.now()
            backup.save()
            forget_old()
            delete_removed_files()


@transaction.atomic
def begin() -> Backup:
    """One after the other, if several begin in the same moment: each sees what the one before has written. On
    SQLite a transaction is alone by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Backup._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    if other := Backup.objects.under_way().first():
        raise BackupUnderWay(
            f"A backup is being made already, since {timezone.localtime(other.begun_at):%H:%M} on "
            f"{other.host}. Wait for it; if it was killed, it counts no longer ten minutes after that."
        )
    return Backup.objects.create(host=socket.gethostname())


def say_so(number: int, ended: threading.Event) -> None:
    """In a thread of its own, which has a connection of its own."""
    while not ended.wait(SAY_EVERY):
        with suppress(DatabaseError):
            Backup.objects.filter(pk=number).update(seen_at=timezone.now())
    connection.close()


def forget_old() -> None:
    oldest = Backup.objects.values_list("pk", flat=True)[KEPT : KEPT + 1].first()
    if oldest is not None:
        Backup.objects.filter(pk__lte=oldest).delete()


def note_restored(archive: object) -> None:
    """In a database that was restored: the backup of which it is was under way when it was copied, and is not
    any more."""
    Backup.objects.filter(ended_at=None).update(ended_at=timezone.now(), archive=str(archive))
