import json
import resource
import time
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from articles.conf import var_folder
from articles.importers.wordpress.dry_run import dry_run
from articles.importers.wordpress.planning import WorkerLost
from articles.importers.wordpress.reading import FileRefused
from articles.importers.wordpress.surveying import NoRoom
from articles.importers.wordpress.writing import import_all, undo
from articles.importers.wordpress.writing.undoing import KEPT, REMOVED
from articles.management.import_options import add_choices, add_choices_of_texts, asked_for
from articles.management.media_options import NOT_SAID, add_media_arguments, source_of_files
from articles.management.progress import Progress, time_left
from articles.models import ImportRun, State
from articles.whole_files import write_whole

# Seconds between two lines where there is no terminal.
PAUSE = 5


class Command(BaseCommand):
    # For import_job: who has asked, where it is written how far it is, the number of the run that goes on,
    # and what is called with that of this run as soon as it begins.
    stealth_options = ("by", "status", "goes_on", "on_run")
    help = (
        "Takes a WordPress export over (XML, gzip or zip; several parts in any order) and says in a report "
        "what became of each item and why. It can be stopped at any time; the same command goes on. Pictures "
        "and documents come from a folder that was copied from the old server, or are fetched from there."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        add_media_arguments(parser)
        parser.add_argument(
            "--report", type=Path, default=var_folder() / "wordpress-report", metavar="FOLDER"
        )
        add_choices(parser)
        add_choices_of_texts(parser)
        parser.add_argument("--undo", type=int, metavar="RUN", help="take back what nobody has touched since")

    def handle(self, *, files, undo, **options):
        if undo is not None:
            self.undo(undo)
        elif files:
            self.run(files, **options)
        else:
            raise CommandError("Name the files of the export.")

    def run(self, files, *, report, verbosity, status=None, **options):
        told = Told(self.stderr, verbosity, status=status)
        media = source_of_files(options)
        act = dry_run if options["dry_run"] else partial(import_all, **of_run(options))
        try:
            settings, now = asked_for(options), timezone.now()
            result = act(files, report, settings=settings, now=now, media=media, on_progress=told.at)
        except (FileRefused, NoRoom) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. Give the same command again for the rest.") from None
        except WorkerLost as error:
            raise CommandError(f"{error} Give the same command again for the rest.") from error
        except (OperationalError, InterfaceError) as error:
            message = f"The database does not answer: {str(error).strip()}. Give the same command again."
            raise CommandError(message) from error
        finally:
            told.end()
            if media:
                media.close()
        self.tell(result, with_advice=status is None)
        if not (media or options["media"] or options["dry_run"]):
            self.stdout.write(f"No files were taken over; {NOT_SAID}")

    def tell(self, result, *, with_advice):
        """The advice is for who has typed the command; the desk has buttons instead."""
        for line in in_words(result.summary):
            self.stdout.write(line)
        if with_advice:
            self.stdout.write(f"Everything else is in {result.report}.")
        if with_advice and result.run:
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
            "somebody has edited or deleted them here since. Sections, tags, authors, pictures and documents "
            "stay."
        )


def of_run(options):
    """What import_job has said of the run."""
    named = {name: options[name] for name in ("by", "on_run") if name in options}
    return {**named, "run": ImportRun.objects.filter(pk=options.get("goes_on")).first()}


class Told:
    """How far it is: a bar on a terminal, and elsewhere a line every five seconds."""

    def __init__(self, stream, verbosity, *, status=None):
        self.stream, self.is_quiet, self.status = stream, not verbosity, status
        self.progress = Progress(stream, 0, noun="items", verbosity=verbosity)
        self.begun = self.last = time.monotonic()
        self.stage, self.written = None, 0

    def at(self, done, total):
        if self.progress.shows:
            # Not each item: a terminal is slower than reading.
            if total and (done % 1000 == 0 or done == total):
                self.progress.at(done, total)
            return
        now = time.monotonic()
        if total != self.stage:
            self.stage, self.begun = total, now
        if self.status and now - self.written >= 1:
            self.written = now
            write_whole(self.status, json.dumps(status_of(done, total, now - self.begun)))
        if now - self.last >= PAUSE and not self.is_quiet:
            self.last = now
            self.stream.write(line_of(done, total, now - self.begun))

    def end(self):
        self.progress.end()


def status_of(done, total, seconds):
    """The same as values. Without a total, the items are read for the first time."""
    rate = done / max(seconds, 0.001)
    return {
        "done": done,
        "total": total,
        "rate": round(rate),
        "left": round((total - done) / rate) if total and rate else None,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    }


def line_of(done, total, seconds):
    """Like “1200 of 2311 items, 410 a second, about 3 s left, 98 MB”. Without a total they are read only."""
    status = status_of(done, total, seconds)
    rate, memory = f"{status['rate']} a second", f"{status['memory']} MB"
    if total is None:
        return f"{done} items read for the first time, {rate}, {memory}"
    return f"{done} of {total} items, {rate}, {time_left(done, total, seconds)}, {memory}"


STATES = dict(State.choices)


def in_words(summary):
    """What an operator has to know before anything else."""
    results = ", ".join(f"{number} {name}" for name, number in summary["sum"]["results"].items())
    yield f"{summary['sum']['read']} items: {results}"
    for name in ("articles", "pages"):
        if summary[name]:
            states = ", ".join(
                f"{number} {STATES.get(state, state)}" for state, number in summary[name].items()
            )
            yield f"{name.capitalize()}: {states}"
    for zone in summary["zones"]:
        guessed = zone.get("inferred") == zone["used"]
        share = f", which explains {zone['explained']} of {zone['of']} times" if guessed else ""
        yield f"Time zone of {zone['site']}: {zone['used']}{share}"
    form = summary["permalinks"]
    yield f"Permalinks: {form['form']}, {form['explained']} of {form['of']}"
    for name in ("pictures", "documents"):
        if results := summary[name].get("results"):
            yield f"{name.capitalize()}: " + ", ".join(f"{number} {name}" for name, number in results.items())
    for reason, number in summary["held_back"].items():
        yield f"Held back as drafts, {reason}: {number}"
    for reason, number in summary["not_imported"].items():
        yield f"Not taken over, {reason}: {number}"
