import zoneinfo
from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from articles.importers.wordpress.deciding.states import Kind, Options
from articles.importers.wordpress.dry_run import Settings, dry_run
from articles.importers.wordpress.reading import FileRefused
from articles.importers.wordpress.surveying import NoRoom
from articles.importers.wordpress.writing import import_all
from articles.management.progress import Progress
from articles.models.addresses import article_address, shortened, validate_first_word
from articles.publishing.article.readiness import EARLIEST, FARTHEST
from articles.publishing.article.slugs import LONGEST


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
        "and other files are not fetched yet."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--report", type=Path, default=Path("wordpress-report"), metavar="FOLDER")
        parser.add_argument("--timezone", type=zone_name, metavar="ZONE", help="of the old site")
        parser.add_argument("--type", type=mapping, action="append", default=[], metavar="NAME=article|page")
        parser.add_argument("--trash", action="store_true", help="take the trash over, as withdrawn")
        parser.add_argument("--publish-due", action="store_true", help="publish what missed its schedule")
        parser.add_argument("--repair", action="store_true", help="mend what can be mended safely")

    def handle(self, *, files, report, verbosity, **options):
        progress = Progress(self.stderr, 0, noun="items", verbosity=verbosity)
        act = dry_run if options["dry_run"] else import_all
        settings, now = asked_for(options), timezone.now()
        try:
            result = act(files, report, settings=settings, now=now, on_progress=shown(progress))
        except (FileRefused, NoRoom) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. Give the same command again for the rest.") from None
        except (OperationalError, InterfaceError) as error:
            message = f"The database does not answer: {str(error).strip()}. Give the same command again."
            raise CommandError(message) from error
        finally:
            progress.end()
        for line in in_words(result.summary):
            self.stdout.write(line)
        self.stdout.write(f"Everything else is in {result.report}.")
        if not result.is_whole:
            raise CommandError("The report has more or fewer results than there are items.", returncode=2)


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


def shown(progress):
    """Every thousandth item, because a terminal is slower than reading."""

    def show(done, total):
        if total and (done % 1000 == 0 or done == total):
            progress.at(done, total)

    return show


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
    for reason, number in summary["held_back"].items():
        yield f"Held back as drafts, {reason}: {number}"
    for reason, number in summary["not_imported"].items():
        yield f"Not taken over, {reason}: {number}"
