import resource
import time
import zoneinfo
from argparse import ArgumentTypeError
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from articles.conf import var_folder
from articles.importers.wordpress.deciding.states import Kind, Options
from articles.importers.wordpress.dry_run import Settings, dry_run
from articles.importers.wordpress.media import Folder
from articles.importers.wordpress.reading import FileRefused
from articles.importers.wordpress.surveying import NoRoom
from articles.importers.wordpress.writing import import_all, undo
from articles.importers.wordpress.writing.undoing import KEPT, REMOVED
from articles.management.progress import Progress, time_left
from articles.models import ImportRun
from articles.models.addresses import article_address, shortened, validate_first_word
from articles.publishing.article.readiness import EARLIEST, FARTHEST
from articles.publishing.article.slugs import LONGEST

# Seconds between two lines where there is no terminal.
PAUSE = 5


def zone_name(text):
    """For argparse's `type`."""
    if text not in zoneinfo.available_timezones():
        raise ArgumentTypeError(f"{text!r} is no time zone; write one like Europe/Berlin")
    return text


def mapping(text):
    """For argparse's `type`: `podcast=article` → the type and what it becomes."""
    name, _, kind = text.partition("=")
    if not name or kind not in (Kind.ARTICLE, Kind.PAGE):
        raise ArgumentTypeError(f"{text!r} is no mapping; write one like podcast=article or recipe=page")
    return name, Kind(kind)


def is_reserved(slug):
    try:
        validate_first_word(slug)
    except ValidationError:
        return True
    return False


def address_of(at, slug):
    return article_address(timezone.localdate(at), shortened(slug, LONGEST))


class Command(BaseCommand):
    help = (
        "Takes a WordPress export over (XML, gzip or zip; several parts in any order) and says in a report "
        "what became of each item and why. It can be stopped at any time; the same command goes on. Pictures "
        "come from a folder that was copied from the old server; other files are not taken over yet."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--media-dir",
            type=Path,
            metavar="FOLDER",
            help="the old wp-content/uploads, for pictures",
        )
        parser.add_argument(
            "--report", type=Path, default=var_folder() / "wordpress-report", metavar="FOLDER"
        )
        parser.add_argument("--timezone", type=zone_name, metavar="ZONE", help="of the old site")
        parser.add_argument("--type", type=mapping, action="append", default=[], metavar="NAME=article|page")
        parser.add_argument("--trash", action="store_true", help="take the trash over, as withdrawn")
        parser.add_argument("--publish-due", action="store_true", help="publish what missed its schedule")
        parser.add_argument("--undo", type=int, metavar="RUN", help="take back what nobody has touched since")
        parser.add_argument("--repair", action="store_true", help="mend what can be mended safely")

    def handle(self, *, files, undo, **options):
        if undo is not None:
            self.undo(undo)
        elif files:
            self.run(files, **options)
        else:
            raise CommandError("Name the files of the export.")

    def run(self, files, *, report, verbosity, media_dir, **options):
        told = Told(self.stderr, verbosity)
        act = partial(dry_run if options["dry_run"] else import_all, media=folder_at(media_dir))
        try:
            result = act(files, report, settings=asked_for(options), now=timezone.now(), on_progress=told.at)
        except (FileRefused, NoRoom) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. Give the same command again for the rest.") from None
        except (OperationalError, InterfaceError) as error:
            message = f"The database does not answer: {str(error).strip()}. Give the same command again."
            raise CommandError(message) from error
        finally:
            told.end()
        self.tell(result)

    def tell(self, result):
        for line in in_words(result.summary):
            self.stdout.write(line)
        self.stdout.write(f"Everything else is in {result.report}.")
        if result.run:
            self.stdout.write(f"This was run {result.run}; --undo {result.run} takes it back.")
        if not result.is_whole:
            raise CommandError("The report has more or fewer results than there are items.", returncode=2)

    def undo(self, number):
        run = ImportRun.objects.filter(pk=number).first()
        if run is None:
            known = ", ".join(map(str, ImportRun.objects.values_list("pk", flat=True)[:20])) or "none"
            raise CommandError(f"There is no run {number}. There are: {known}.")
        results = undo(run)
        self.stdout.write(
            f"{results[REMOVED]} articles and pages were removed. {results[KEPT]} were kept, because "
            "somebody has edited or deleted them here since. Sections, tags, authors and pictures stay."
        )


def folder_at(path):
    """The source of pictures, or None."""
    try:
        return Folder(path) if path else None
    except OSError as error:
        raise CommandError(f"{path} cannot be opened as a folder: {error.strerror}.") from error


class Told:
    """How far it is: a bar on a terminal, and elsewhere a line every five seconds."""

    def __init__(self, stream, verbosity):
        self.stream, self.is_quiet = stream, not verbosity
        self.progress = Progress(stream, 0, noun="items", verbosity=verbosity)
        self.begun = self.last = time.monotonic()
        self.stage = None

    def at(self, done, total):
        if self.progress.shows:
            # Not each item: a terminal is slower than reading.
            if total and (done % 1000 == 0 or done == total):
                self.progress.at(done, total)
            return
        now = time.monotonic()
        if total != self.stage:
            self.stage, self.begun = total, now
        if now - self.last >= PAUSE and not self.is_quiet:
            self.last = now
            self.stream.write(line_of(done, total, now - self.begun))

    def end(self):
        self.progress.end()


def line_of(done, total, seconds):
    """Like “1200 of 2311 items, 410 a second, about 3 s left, 98 MB”. Without a total they are read only."""
    rate = done / max(seconds, 0.001)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    if total is None:
        return f"{done} items read for the first time, {rate:.0f} a second, {memory} MB"
    return f"{done} of {total} items, {rate:.0f} a second, {time_left(done, total, seconds)}, {memory} MB"


def asked_for(options):
    types = dict(options["type"])
    return Settings(
        options=Options(
            types=types,
            with_trash=options["trash"],
            publish_due=options["publish_due"],
            earliest=EARLIEST,
            latest=timezone.now() + FARTHEST,
        ),
        zone=options["timezone"] or "",
        fallback_zone=settings.TIME_ZONE,
        with_repair=options["repair"],
        is_reserved=is_reserved,
        address_of=address_of,
    )


def in_words(summary):
    """What an operator has to know before anything else."""
    results = ", ".join(f"{number} {name}" for name, number in summary["sum"]["results"].items())
    yield f"{summary['sum']['read']} items: {results}"
    for name in ("articles", "pages"):
        if summary[name]:
            states = ", ".join(f"{number} {state}" for state, number in summary[name].items())
            yield f"{name.capitalize()}: {states}"
    for zone in summary["zones"]:
        guessed = zone.get("inferred") == zone["used"]
        share = f", which explains {zone['explained']} of {zone['of']} times" if guessed else ""
        yield f"Time zone of {zone['site']}: {zone['used']}{share}"
    form = summary["permalinks"]
    yield f"Permalinks: {form['form']}, {form['explained']} of {form['of']}"
    if pictures := summary["pictures"]:
        yield "Pictures: " + ", ".join(f"{number} {name}" for name, number in pictures["results"].items())
    for reason, number in summary["held_back"].items():
        yield f"Held back as drafts, {reason}: {number}"
    for reason, number in summary["not_imported"].items():
        yield f"Not taken over, {reason}: {number}"
