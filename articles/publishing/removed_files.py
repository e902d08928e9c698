"""Deleting the files of removed pictures and documents, but not while a backup is being made.

The verb that removes a row notes its files in the same transaction. They are deleted once that is committed.
A backup first writes down that it begins, and only then looks at the database. So whoever finds, after a
commit, that no backup is under way knows that every later backup lacks the row, and needs no file of it. What
has to wait is deleted when the backup is over.
"""

import logging
from collections.abc import Iterable

from django.db import transaction

from articles.models import Backup, RemovedFile
from articles.picture_files import storage_of

logger = logging.getLogger("articles.publishing")

AT_ONCE = 100


def remove_files(names: Iterable[str]) -> None:
    """To be called in the transaction that removes what the files belong to."""
    RemovedFile.objects.bulk_create([RemovedFile(name=name) for name in names])
    transaction.on_commit(delete_removed_files, robust=True)


def delete_removed_files() -> None:
    """Delete what was removed, unless a backup is under way. What can't be deleted is tried the next time."""
    reached = 0
    # In this order: a row that is read before a backup begins is in no backup.
    while noted := list(RemovedFile.objects.filter(pk__gt=reached).order_by("pk")[:AT_ONCE]):
        if Backup.objects.under_way().exists():
            return
        gone = []
        try:
            for file in noted:
                if is_deleted(file.name):
                    gone.append(file.pk)
        except ConnectionError as error:
            # Whoever removes something would wait for each of them.
            logger.error("What belonged to something that was removed cannot be deleted now: %s", error)
            return
        finally:
            RemovedFile.objects.filter(pk__in=gone).delete()
        reached = noted[-1].pk


def is_deleted(name: str) -> bool:
    """ConnectionError if the store does not answer."""
    try:
        storage_of(name).delete(name)
    except ConnectionError:
        raise
    except OSError as error:
        logger.error("The file %s of something that was removed cannot be deleted: %s", name, error)
        return False
    return True
