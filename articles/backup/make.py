"""Making a backup while the site runs."""

import datetime
import platform
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.db import connection

from articles.conf import files_named_by_settings, paper, said
from articles.picture_files import storage_of
from articles.publishing.backups import BackupUnderWay, backup_under_way
from articles.whole_files import UNFINISHED

from .archive import Archive, Manifest, new_archive, size_of
from .databases import Copy, of_this_site
from .destinations import ArchiveFile, Destination
from .errors import BackupFailed, in_plain_words
from .keeping import archive_name, beginning
from .said import FILES, SECRETS, SETTINGS, as_dotenv, encrypted, mark_of_secret_key

MEDIA = "media/"
# Of the files that are missing, so many are named.
NAMED = 100
Tell = Callable[[int, int], None]


def make_backup(
    destination: Destination,
    *,
    now: datetime.datetime,
    passphrase: str = "",
    tell: Tell = lambda done, total: None,
) -> ArchiveFile:
    """The new archive. With a passphrase, the secrets are in it. `tell` hears how many files are in it by
    now, and of how many.

    BackupFailed says why there is none; what was kept before is untouched then.
    """
    name = archive_name(paper().url, now)
    secrets = encrypted(said().secrets, passphrase) if passphrase else b""
    with in_plain_words(destination):
        try:
            with backup_under_way() as row:
                # What another backup of this site has left that was killed. No other is under way.
                destination.sweep(beginning(paper().url))
                with (
                    new_archive(destination, name) as archive,
                    TemporaryDirectory(dir=destination.room, prefix=f"{UNFINISHED}{name}-") as scratch,
                ):
                    write(archive, Path(scratch), now, secrets, tell)
                row.archive = str(destination.archive(name))
                row.size = size_of(destination.archive(name))
        except BackupUnderWay as error:
            raise BackupFailed(str(error)) from error
    return destination.archive(name)


def write(archive: Archive, scratch: Path, now: datetime.datetime, secrets: bytes, tell: Tell) -> None:
    database = of_this_site()
    with database.copied(scratch) as copy:
        missing = add_media(archive, copy, tell)
        add_settings(archive, secrets)
        archive.add_file(database.member, copy.file)
        tables = connection.introspection.django_table_names(only_existing=False, include_views=False)
        archive.complete(
            Manifest(
                site=paper().url,
                database=database.kind,
                moment=now.isoformat(),
                counts=copy.rows.counts(tables),
                migrations=copy.rows.migrations(),
                secrets=sorted(said().secrets),
                secret_key=mark_of_secret_key(),
                has_secrets=bool(secrets),
                missing_files=len(missing),
                missing=missing[:NAMED],
                versions={"python": platform.python_version(), "django": django.get_version()},
            )
        )


def add_media(archive: Archive, copy: Copy, tell: Tell) -> list[str]:
    """Returns the names of files that the database names and that are not there."""
    total, missing = sum(1 for _ in copy.rows.media_files()), []
    for number, name in enumerate(copy.rows.media_files(), 1):
        try:
            with storage_of(name).open(name) as file:
                archive.add(MEDIA + name, file, file.size)
        except FileNotFoundError:
            # The rest is worth keeping all the more.
            missing.append(name)
        tell(number, total)
    return missing


def add_settings(archive: Archive, secrets: bytes) -> None:
    archive.add_text(SETTINGS, as_dotenv(said().plain))
    for name, path in files_named_by_settings().items():
        archive.add_file(f"{FILES}{name}{path.suffix}", path)
    if secrets:
        archive.add_text(SECRETS, secrets)
