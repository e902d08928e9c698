import itertools
import os
import random
import signal
import threading
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone

from articles.checks import start_advice
from articles.conf import paper, take_address
from articles.database.state import database_problems, migration_problems
from articles.management.arguments import count, whole_number
from articles.management.observing.watch import start_watching
from articles.management.progress import Progress
from articles.models import (
    Article,
    Notice,
    OutboxConsumer,
    OutboxEntry,
    PictureFailure,
    PressStatus,
    PrintFailure,
    Task,
)
from articles.models.processes.press import SEEN_LATELY
from articles.press.everything.compare import differences
from articles.press.everything.print_all import WholeSite, patiently, print_here
from articles.press.everything.processes import Printers
from articles.press.press import the_press
from articles.press.purge.stores import PurgeFailed
from articles.press.render.printer import DatabaseAway
from articles.press.shelf.files import the_shelf
from articles.press.shelf.interface import ShelfFull
from articles.press.shelf.release import printed_for

# Seconds that a picture or a page under way gets to be finished. Being cut off harms nothing: it comes again.
TO_FINISH = 1.5
# Exit codes of `press status`, beside 0. Any command ends with 1 if it fails, and with 2 if it is misspelt.
NOT_RUNNING, TROUBLE = 3, 4
MOST_NAMED = 20
BEGIN_AGAIN = "What is printed stays; give the same command again, and it goes on there."
ENDED = "A process that printed pages was ended from outside, perhaps for lack of memory."


class Command(BaseCommand):
    help = "The press: prints readers' pages. run | once | all | check | status"

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        run = acts.add_parser("run", help="follow the outbox until stopped")
        run.add_argument(
            "--jobs",
            type=whole_number(0, 256),
            default=0,
            help="more processes, for printing everything anew beside the news (none)",
        )
        acts.add_parser("once", help="print what is due now, and stop")
        everything = acts.add_parser("all", help="print every public page")
        everything.add_argument(
            "--jobs", type=whole_number(1, 256), default=os.cpu_count(), help="processes (all cores)"
        )
        everything.add_argument("--best", action="store_true", help="compress as small as can be: slow")
        check = acts.add_parser("check", help="compare the shelf with what the views say now")
        check.add_argument("--sample", type=count, help="only so many pages, chosen by chance")
        acts.add_parser("status", help="how far the press is")

    def handle(self, *, act, **options):
        getattr(self, f"press_{act}")(**options)

    def press_run(self, *, jobs, **options):
        try:
            self.follow(jobs)
        except BrokenProcessPool as error:
            raise CommandError(
                f"{ENDED} Start the press again, with fewer --jobs; it goes on there."
            ) from error

    def follow(self, jobs):
        stop = threading.Event()

        def stopped(*_):
            stop.set()
            cut_off = threading.Timer(TO_FINISH, os._exit, [0])
            cut_off.daemon = True
            cut_off.start()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stopped)
        # A database that comes later needs no second start of the press.
        for problem in database_problems():
            self.stderr.write(f"The press waits: {problem}")
        for sentence in start_advice():
            self.stdout.write(sentence)
        press = the_press()
        # Started before this process takes the lead. Otherwise they would inherit the lock, and keep it if
        # this process is killed.
        press.walking.printers = Printers(jobs) if jobs else None
        start_watching()
        # The lead goes with the shelf's folder: on a new one the press takes it up again.
        while not stop.is_set():
            with press.shelf.lead() as leading:
                if not leading:
                    raise CommandError(f"Another press prints on {press.shelf.name}; stop it first.")
                self.stdout.write(f"The press prints on {press.shelf.name}.")
                self.stdout.flush()
                press.run(stop, leading)

    def press_once(self, **options):
        press = the_press()
        with press.shelf.lead() as leading:
            if not leading:
                raise CommandError(f"Another press prints on {press.shelf.name}; it will do it.")
            self.print_what_is_due(press)
            press.consumers.work_off()
            # They may have written what is to be printed, such as other lists of related articles.
            self.print_what_is_due(press)
            press.background.work_off(threading.Event())
            self.purge(press)
            # All is printed and purged now.
            press.telling.work_off(until=timezone.now())
            press.webhooks.work_off(until=timezone.now())
        for task in Task.objects.filter(tries__gt=0)[:MOST_NAMED]:
            self.stderr.write(f"Not done: {task}, {task.in_words(timezone.now())}: {task.last_error}")

    def print_what_is_due(self, press):
        while press.turn():
            pass

    def purge(self, press):
        try:
            press.purges.work_off()
        except PurgeFailed as error:
            raise CommandError(f"{error}. The next press tries again.") from error

    def press_all(self, *, jobs, best, verbosity, **options):
        started = timezone.now()
        try:
            for problem in patiently(migration_problems):
                raise CommandError(problem)
            whole = patiently(WholeSite, the_shelf())
            print_chunks = partial(print_here, best=best) if jobs == 1 else Printers(jobs, best=best).print
            progress = Progress(self.stderr, 0, noun="articles", verbosity=verbosity)
            for come in whole.print(print_chunks):
                progress.at(come.articles, come.total)
            progress.end()
        except DatabaseAway as error:
            raise CommandError(f"The database does not answer: {error}. {BEGIN_AGAIN}") from error
        except BrokenProcessPool as error:
            raise CommandError(f"{ENDED} {BEGIN_AGAIN}") from error
        except ShelfFull as error:
            raise CommandError(f"{error}. Make room. {BEGIN_AGAIN}") from error
        except OSError as error:
            raise CommandError(f"{error}. {BEGIN_AGAIN}") from error
        tally, seconds = whole.tally, (timezone.now() - started).total_seconds()
        for address, error in tally.failed[:MOST_NAMED]:
            self.stderr.write(f"not printed: {address}: {error}")
        self.stdout.write(
            f"{tally.pages} pages printed, {tally.changed} of them changed, {len(tally.failed)} failed,"
            f" {tally.pages / max(seconds, 0.001):.0f} a second."
        )
        if tally.failed:
            raise CommandError(f"{len(tally.failed)} pages could not be printed.")
        whole.complete(best=best)

    def press_check(self, *, sample, **options):
        # An empty shelf would ask the database nothing, and differ from it in nothing.
        for problem in database_problems():
            raise CommandError(problem)
        shelf = the_shelf()
        agree_on_address(shelf)
        paths = shelf.walk()
        if sample:
            paths = list(paths)
            paths = random.sample(paths, k=min(sample, len(paths)))
        counted, asked = itertools.tee(paths)
        found = 0
        for path, reason in differences(asked):
            found += 1
            self.stdout.write(f"{path} {reason}")
        number = sum(1 for _ in counted)
        self.stdout.write(f"{number} pages compared, {found} differences.")
        if found:
            raise CommandError("The shelf differs from the site; `manage.py press all` prints it anew.")

    def press_status(self, **options):
        now = timezone.now()
        presses, given_up = PressStatus.objects.in_use_and_given_up(now)
        for press in presses:
            self.stdout.write(f"{press.shelf}: {press.in_words(now)}")
            if press.last_error:
                self.stdout.write(f"  last error: {press.error_in_words()}")
        self.stdout.write(f"{OutboxEntry.objects.filter(due_at__gt=now).count()} changes are due later.")
        late = self.late_changes(now)
        tasks, failures = Task.objects.all(), PrintFailure.objects.without(given_up)
        for task in tasks[:MOST_NAMED]:
            self.stdout.write(f"in slices, {task.in_words(now)}: {task} {task.last_error}".rstrip())
        consumers = OutboxConsumer.objects.filter(tries__gt=0)
        for consumer in OutboxConsumer.objects.filter(Q(tries__gt=0) | Q(built_until__isnull=False)):
            error = f": {consumer.last_error}" if consumer.last_error else ""
            self.stdout.write(f"consumer “{consumer}” {consumer.in_words(now)}{error}")
        for failure in failures[:MOST_NAMED]:
            self.stdout.write(f"not printed: {failure.path} ({failure.attempts} tries): {failure.error}")
        untold = Notice.objects.filter(tries__gt=0)
        for notice in untold[:MOST_NAMED]:
            self.stdout.write(
                f"not told to {notice.service}: {notice}, {notice.in_words(now)}: {notice.last_error}"
            )
        pictures = PictureFailure.objects.select_related("image")
        for failure in pictures[:MOST_NAMED]:
            self.stdout.write(
                f"picture not made: {failure.image} ({failure.attempts} tries): {failure.error}"
            )
        if not presses:
            raise CommandError("No press has printed yet.", returncode=NOT_RUNNING)
        if not all(press.is_running(now) for press in presses):
            raise CommandError("A press does not run.", returncode=NOT_RUNNING)
        stuck = tasks.filter(tries__gt=0)
        in_trouble = any(press.is_in_trouble(now) for press in presses)
        if in_trouble or failures or pictures or stuck or consumers or untold:
            raise CommandError("A press is in trouble.", returncode=TROUBLE)
        if late:
            raise CommandError("Scheduled changes did not go out.", returncode=TROUBLE)

    def late_changes(self, now):
        """Name scheduled changes that did not go out; True if any has waited for longer than a moment."""
        overdue, held = Article.objects.going_out(now), Article.objects.held_back()
        for article in overdue[:MOST_NAMED]:
            self.stdout.write(f"overdue: {changes_of(article)}; a press that runs publishes them at once.")
        for article in held[:MOST_NAMED]:
            self.stdout.write(f"not published: {changes_of(article)}: {article.scheduled_problem}")
        return held.exists() or Article.objects.going_out(now - SEEN_LATELY).exists()


def changes_of(article):
    at = timezone.localtime(article.scheduled_for)
    return f"the changes to “{article}” scheduled for {at:%d %B %H:%M:%S}"


def agree_on_address(shelf):
    """A site on this computer is known by its port, which only those who started it have said."""
    printed = printed_for(shelf)
    if printed is None or printed == paper().url:
        return
    if urlsplit(printed).hostname != paper().host:
        raise CommandError(
            f"{shelf.name} was printed for {printed}, and SITE_URL is {paper().url} here: give the command"
            f" the settings that the site has, SITE_URL={printed} among them."
        )
    take_address(printed)
