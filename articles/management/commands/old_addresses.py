from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.importers.wordpress.old_addresses import list_all
from articles.importers.wordpress.reading import FileRefused
from articles.importers.wordpress.surveying import NoRoom
from articles.management.import_options import add_choices, asked_for


class Command(BaseCommand):
    help = (
        "Writes every address that a WordPress export knows, with what is to be found there after the "
        "import, for check_old_addresses. Give the options that the import had."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--with-files",
            action="store_true",
            help="also those of pictures and documents, in each size; give it if files were taken over",
        )
        add_choices(parser)

    def handle(self, *, files, verbosity, with_files, **options):
        given = {"settings": asked_for(options), "now": timezone.now(), "with_files": with_files}
        try:
            number = list_all(files, self.stdout, **given)
        except (FileRefused, NoRoom) as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stderr.write(f"{number} addresses")
