from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from articles.backup.destinations import archive_at
from articles.backup.errors import BackupFailed
from articles.backup.restore import (
    RESTORED,
    advice,
    beside,
    examined,
    in_megabytes,
    obstacles,
    restore,
    this_site,
)
from articles.conf import picture_store
from articles.database.state import migration_problems
from articles.management.passphrase import add_passphrase_option, passphrase_from
from articles.management.progress import Progress
from articles.publishing.backups import note_restored


class Command(BaseCommand):
    help = (
        "Brings a newsroom back from a backup, into an empty site that does not run. What differs "
        "between the settings then and now is named; no setting is changed."
    )
    # They would look at a database that is not there yet.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("archive", help="its path, or s3://BUCKET/FOLDER/NAME")
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would be done, and whether it can be"
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="also if there is a newsroom already; its files are put aside",
        )
        parser.add_argument(
            "--beside",
            type=Path,
            metavar="FOLDER",
            help="into that folder and a database of its own, while the site runs",
        )
        parser.add_argument("--with-secrets", action="store_true", help="decrypt the secrets of the backup")
        add_passphrase_option(parser)

    def handle(self, *, archive, **options):
        try:
            self.restore(archive_at(archive), **options)
        except BackupFailed as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(f"The database does not answer: {str(error).strip()}.") from error
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. Look whether the site is as it was, and give the command again."
            ) from None

    def restore(
        self, archive, *, dry_run, replace, beside, with_secrets, passphrase_file, verbosity, **options
    ):
        manifest, now = examined(archive), timezone.now()
        self.describe(archive, manifest)
        if dry_run and beside:
            self.stdout.write(f"It would be restored into {beside} and a database of its own.")
            return
        passphrase = passphrase_from(passphrase_file, twice=False) if with_secrets else ""
        place = self.place(beside, now)
        with ExitStack() as undone:
            if beside:
                undone.callback(place.database.drop)
            found = obstacles(place, manifest, replaces=replace)
            if dry_run:
                for sentence in found or ["Nothing is in the way: it can be restored here."]:
                    self.stdout.write(sentence)
                return
            if found:
                raise CommandError(" ".join(found))
            progress = Progress(self.stderr, 0, noun="files", verbosity=verbosity)
            aside = restore(archive, place, manifest, now=now, passphrase=passphrase, tell=progress.at)
            progress.end()
            undone.pop_all()
        self.say_what_is_next(archive, place, aside, beside)

    def place(self, folder, now):
        return beside(folder.absolute(), f"{now:%Y%m%d%H%M%S}") if folder else this_site()

    def describe(self, archive, manifest):
        self.stdout.write(
            f"{archive} is whole: {manifest.site} as it was on {manifest.moment_in_words}; "
            f"{manifest.files} files, "
            f"{in_megabytes(manifest.bytes)}, {sum(manifest.counts.values())} rows in "
            f"{len(manifest.counts)} tables."
        )
        for sentence in advice(archive, manifest):
            self.stderr.write(sentence)

    def say_what_is_next(self, archive, place, aside, folder):
        self.stdout.write(f"Restored: {place.database.described()} and {place.media}.")
        self.stdout.write(
            f"The settings of that time are in {place.folder / RESTORED}; nothing here was changed by them."
        )
        if aside:
            self.stdout.write(f"What was there before is in {aside}; delete it when all is well.")
        if folder:
            self.stdout.write(
                f"To look at it, start a server with VAR_DIR={folder.absolute()}, with DATABASE_URL for "
                f"{place.database.described()}, and with a SITE_URL and a PORT of its own on localhost."
            )
            if picture_store():
                self.stdout.write(
                    "Give it an empty PICTURES_BUCKET too: otherwise it deletes pictures in the site's store."
                )
            return
        if picture_store():
            self.stdout.write(
                "The site keeps its pictures in a store. Put those of the backup there: "
                "python manage.py move_pictures --to store"
            )
        if problems := migration_problems():
            self.stdout.write(f"It is of an older version: {problems[0]}")
        else:
            note_restored(archive)
        self.stdout.write(
            "Start the site. The press finds that the database is another one, and prints everything anew."
        )
