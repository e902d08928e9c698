import datetime
import socket
from pathlib import Path

from django.db import connection
from django.utils import timezone
from django.utils.timesince import timesince

from articles.backup.archive import manifest_at_end
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
    if whole.host == socket.gethostname():
        yield from archive(Path(whole.archive))


def archive(path):
    if not path.is_file():
        yield wrong(f"The newest backup, {path}, is not there any more; {HOW}", trouble="backup")
        return
    manifest = manifest_at_end(path)
    if manifest is None:
        yield wrong(f"The newest backup, {path}, is not whole; {HOW}", trouble="backup")
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
    kept = {nearest(folder).stat().st_dev for folder in places()}
    if path.stat().st_dev in kept:
        yield unwise(
            f"{path.parent} is on the same disk as what it keeps; set BACKUP_FOLDER to one on another disk."
        )


def places():
    yield media_folder()
    yield var_folder() if connection.vendor != "sqlite" else Path(connection.settings_dict["NAME"]).parent
