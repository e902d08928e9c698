from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.importers.wordpress.old_addresses import list_all
from articles.importers.wordpress.reading import FileRefused
from articles.importers.wordpress.surveying import NoRoom

from .import_wordpress import asked_for, mapping, zone_name


class Command(BaseCommand):
    help = (
        "Writes every address that a WordPress export knows, with what is to be found there after the "
        "import, for check_old_addresses. Give the options that the import had."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--timezone", type=zone_name, metavar="ZONE", help="of the old site")
        parser.add_argument("--type", type=mapping, action="append", default=[], metavar="NAME=article|page")
        parser.add_argument("--trash", action="store_true")
        parser.add_argument("--publish-due", action="store_true")
        parser.add_argument("--repair", action="store_true")

    def handle(self, *, files, verbosity, **options):
        try:
            number = list_all(files, self.stdout, settings=asked_for(options), now=timezone.now())
        except (FileRefused, NoRoom) as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stderr.write(f"{number} addresses")
