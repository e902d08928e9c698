from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from articles.audit import record
from articles.backup.archive import manifest_at_end, size_of
from articles.backup.destinations import archive_at, destination, room_beside
from articles.backup.errors import BackupFailed, in_plain_words
from articles.backup.keeping import remove_old
from articles.backup.make import make_backup
from articles.backup.restore import examined, in_megabytes
from articles.backup.verify import compare, restored_in_scratch
from articles.conf import backup_place, paper
from articles.database.state import database_problems
from articles.management.passphrase import add_passphrase_option, passphrase_from
from articles.management.progress import Progress
from articles.management.scratch_site import print_in_scratch
from articles.models import AuditEntry

VERIFY = "verify"


class Command(BaseCommand):
    help = (
        "Makes a backup of database, pictures, documents and settings while the site runs: backup [FOLDER], "
        "or backup s3://BUCKET/FOLDER. "
        "Old ones in the same place are removed by a rule: 7 days, 4 weeks and 12 months are kept. "
        "backup verify ARCHIVE restores one into a scratch place and compares it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "words",
            nargs="*",
            metavar="FOLDER | s3://BUCKET/FOLDER | verify ARCHIVE",
            help="without a place: BACKUP_STORE, or else BACKUP_FOLDER",
        )
        parser.add_argument("--with-secrets", action="store_true", help="keep the secrets too, encrypted")
        parser.add_argument("--keep-all", action="store_true", help="remove no older backup")
        parser.add_argument("--scratch", type=Path, metavar="FOLDER", help="verify: where there is room")
        parser.add_argument("--without-press", action="store_true", help="verify: print no pages of it")
        add_passphrase_option(parser)

    def handle(self, *, words, **options):
        act, arguments = (self.verify, words[1:]) if words[:1] == [VERIFY] else (self.make, words)
        if len(arguments) > 1 or (act == self.verify and not arguments):
            raise CommandError("Write `backup`, `backup FOLDER` or `backup verify ARCHIVE`.")
        try:
            act(*arguments, **options)
        except BackupFailed as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(
                f"The database does not answer: {str(error).strip()}. Nothing was kept."
            ) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing of this was kept.") from None

    def make(self, place=None, *, with_secrets, keep_all, passphrase_file, verbosity, **options):
        # A database without our tables would be a backup of nothing.
        for problem in database_problems():
            raise CommandError(problem)
        kept_in = destination(place or backup_place())
        passphrase = passphrase_from(passphrase_file, twice=True) if with_secrets else ""
        progress = Progress(self.stderr, 0, noun="files", verbosity=verbosity)
        archive = make_backup(kept_in, now=timezone.now(), passphrase=passphrase, tell=progress.at)
        progress.end()
        record(AuditEntry.Kind.EXPORTED, "the whole newsroom", detail=f"backup {archive.name}")
        with in_plain_words(kept_in):
            manifest, size = manifest_at_end(archive), size_of(archive)
        self.stdout.write(
            f"{archive} is whole: {manifest.files} files, {in_megabytes(size)}, "
            f"{sum(manifest.counts.values())} rows."
        )
        if manifest.missing_files:
            names = ", ".join(manifest.missing[:3])
            self.stderr.write(
                f"{manifest.missing_files} files that the database names are missing, {names} among them. "
                "Put them back from an older backup. Until then no older backup is removed."
            )
        elif not keep_all:
            self.remove_old(kept_in)

    def remove_old(self, kept_in):
        with in_plain_words(kept_in):
            removed, broken = remove_old(kept_in, paper().url)
        for old in removed:
            self.stdout.write(f"{old.name} was removed, because the rule keeps it no longer.")
        for old in broken:
            self.stderr.write(f"{old} is not whole; it was left there, and counts as no backup.")

    def verify(self, archive, *, scratch, without_press, verbosity, **options):
        archive = archive_at(archive)
        manifest = examined(archive)
        self.stdout.write(f"The checksums of all {manifest.files} files are right.")
        progress = Progress(self.stderr, 0, noun="files", verbosity=verbosity)
        folder = (scratch or room_beside(archive)).absolute()
        with (
            in_plain_words(folder),
            restored_in_scratch(archive, manifest, folder, now=timezone.now(), tell=progress.at) as place,
        ):
            progress.end()
            compare(archive, manifest, place)
            self.stdout.write(
                f"It was restored: {len(manifest.counts)} tables with {sum(manifest.counts.values())} rows, "
                f"{manifest.files} files, as they were on {manifest.moment_in_words}."
            )
            if not without_press:
                for sentence in print_in_scratch(place):
                    self.stdout.write(sentence)
        self.stdout.write(f"{archive} can be restored.")
