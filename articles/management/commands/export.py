import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from articles.audit import record
from articles.conf import counting_no_reads, paper
from articles.exporters.folder import ExportFailed, Folder
from articles.exporters.json_lines import write_json
from articles.exporters.snapshot import one_moment
from articles.exporters.static import Answer, write_site
from articles.exporters.wxr import write_wxr
from articles.models import AuditEntry
from articles.press.everything.addresses import every_address
from articles.press.render.printable import content_type_of, facts_of
from articles.press.render.printer import DatabaseAway, Printer, PrintFailed
from articles.press.shelf.files import the_shelf

FORMATS = ("wxr", "json", "static")


class Command(BaseCommand):
    help = (
        "Writes the whole newsroom into an empty folder: as a WordPress export (wxr), as one JSON line for "
        "each thing (json), or as the readers' pages for any web server (static). wxr and json have drafts "
        "and what is not public too, because this is the owner's export; no format has accounts or passwords."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument(
            "--without-media", action="store_true", help="leave the files of pictures and documents out"
        )
        parser.add_argument(
            "--uploads-url",
            default="",
            metavar="URL",
            help="wxr: where WordPress will find the folder of uploads while it imports",
        )

        parser.add_argument(
            "--revisions", action="store_true", help="json: with every version that was ever saved"
        )

    def handle(self, *, folder, format, **options):
        begun, now = time.monotonic(), timezone.now()
        write = getattr(self, f"write_{format}")
        try:
            with Folder(folder) as made, one_moment():
                write(made, now=now, tell=self.tell, **options)
                made.complete(format=format, site=paper().url, moment=now.isoformat())
            record(AuditEntry.Kind.EXPORTED, "the whole newsroom", detail=f"export as {format}")
        except ExportFailed as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. Nothing was kept in {folder}.") from None
        except (OperationalError, InterfaceError, DatabaseAway) as error:
            message = f"The database does not answer: {str(error).strip()}. Nothing was kept; begin again."
            raise CommandError(message) from error
        if options["verbosity"]:
            told = ", ".join(f"{number} {name}" for name, number in made.counts.items())
            self.stdout.write(f"{folder} has everything: {told}, in {time.monotonic() - begun:.0f} s.")

    def tell(self, line):
        self.stderr.write(line)

    def write_wxr(self, folder, *, now, tell, uploads_url, without_media, **options):
        write_wxr(folder, now=now, uploads=uploads_url, with_media=not without_media, tell=tell)

    def write_json(self, folder, *, now, tell, revisions, without_media, **options):
        write_json(folder, now=now, with_revisions=revisions, with_media=not without_media, tell=tell)

    def write_static(self, folder, *, now, tell, without_media, **options):
        ask, where = Asked(folder, tell), paper().url
        with counting_no_reads():
            write_site(folder, every_address(), ask, address=where, tell=tell, with_media=not without_media)


class Asked:
    """What an anonymous reader gets. A page that fails is named, and the others are written."""

    def __init__(self, folder, tell):
        self.folder, self.tell = folder, tell
        self.printer = Printer(the_shelf())

    def __call__(self, path):
        try:
            response = self.printer.render(path)
        except PrintFailed as error:
            self.folder.counts["failed"] += 1
            self.tell(f"{path} is left out: {error}")
            return None
        if response.streaming:
            # A file, which is copied from where it is.
            return None
        leads_to = facts_of(response).leads_to or response.get("Location", "")
        return Answer(response.status_code, content_type_of(response), response.content, leads_to)
