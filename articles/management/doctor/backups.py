import datetime
import socket
from functools import lru_cache
from pathlib import Path

from django.db import connection
from django.utils import timezone
from django.utils.timesince import timesince

from articles.backup.archive import manifest_at_end, size_of
from articles.backup.destinations import archive_at
from articles.backup.errors import BackupFailed
from articles.conf import media_folder, paper, var_folder
from articles.models import Backup

from .disks import nearest
from .finding import unwise, wrong

# One that is made every night is never older than that.
OLD = datetime.timedelta(days=2)
HOW = "run: python manage.py backup (docs/operating/backup.md)"


def backups():
    now = timezone.now()
    last = Backup.objects.exclude(ended_at=None).first()
    if last and last.error:
        yield wrong(f"The last backup failed: {last.error}", trouble="backup")
    whole = Backup.objects.whole().first()
    if whole is None:
        is_public = paper().url.startswith("https:")
        trouble = "backup" if is_public else ""
        yield (wrong if is_public else unwise)(f"No backup was ever made; {HOW}", trouble=trouble)
        return
    if now - whole.begun_at > OLD:
        yield wrong(f"The newest backup is {timesince(whole.begun_at, now)} old; {HOW}", trouble="backup")
    if whole.is_in_store:
        yield from in_store(whole)
    elif whole.host == socket.gethostname():
        yield from in_folder(Path(whole.archive))


def in_store(backup):
    """Every host may look there."""
    try:
        manifest = manifest_in_store(backup.archive, size_of(archive_at(backup.archive)))
    except FileNotFoundError:
        yield gone(backup.archive)
    except (OSError, BackupFailed) as error:
        yield wrong(f"The newest backup, {backup.archive}, can't be looked at: {error}.", trouble="backup")
    else:
        yield from contents(backup.archive, manifest)


@lru_cache(maxsize=1)
def manifest_in_store(named, size):
    """Read once by each process: one of that size is whole or not, and stays so. The store is looked at every
    minute, and some have a price for what they are asked for."""
    return manifest_at_end(archive_at(named))


def in_folder(path):
    if not path.is_file():
        yield gone(path)
        return
    manifest = manifest_at_end(path)
    yield from contents(path, manifest)
    kept = {nearest(folder).stat().st_dev for folder in places()}
    if manifest and path.stat().st_dev in kept:
        yield unwise(
            f"{path.parent} is on the same disk as what it keeps; set BACKUP_FOLDER to one on another disk."
        )


def gone(archive):
    return wrong(f"The newest backup, {archive}, is not there any more; {HOW}", trouble="backup")


def contents(archive, manifest):
    if manifest is None:
        yield wrong(f"The newest backup, {archive}, is not whole; {HOW}", trouble="backup")
        return
    if manifest.missing_files:
        yield wrong(
            f"{manifest.missing_files} files were missing when the newest backup was made, such as "
            f"{manifest.missing[0]}; put them back from an older one."
        )
    if not manifest.has_secrets:
        yield unwise(
            "The newest backup has no secrets; give it --with-secrets, or keep SECRET_KEY elsewhere."
        )


def places():
    yield media_folder()
    yield var_folder() if connection.vendor != "sqlite" else Path(connection.settings_dict["NAME"]).parent
