from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from articles.management.progress import Progress
from articles.publishing.tasks.prepare_all import count_prepared_otherwise, prepare_all

BEGIN_AGAIN = "What is prepared stays so; give the same command again for the rest."


class Command(BaseCommand):
    help = (
        "Prepares the bodies of articles and pages that another version of the code prepared in another way. "
        "To be run after an update whose start says so, while the site runs; it can be stopped at any time."
    )

    def handle(self, *, verbosity, **options):
        try:
            self.prepare(verbosity)
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. {BEGIN_AGAIN}") from None
        except (OperationalError, InterfaceError) as error:
            raise CommandError(
                f"The database does not answer: {str(error).strip()}. {BEGIN_AGAIN}"
            ) from error

    def prepare(self, verbosity):
        progress = Progress(
            self.stderr, count_prepared_otherwise(), noun="articles and pages", verbosity=verbosity
        )
        try:
            for rows in prepare_all():
                progress.add(rows)
        finally:
            progress.end()
        self.stdout.write(
            f"{progress.done} articles and pages prepared."
            if progress.done
            else "Everything is prepared as this version prepares it; there is nothing to do."
        )
