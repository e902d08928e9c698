"""One run of the importer, measured in a process of its own.

    python -m tests.benchmarks.import_run [--dry-run] FILE FOLDER      prints JSON

The database is that of DATABASE_URL. `thousands` are the seconds that each thousand items took in the second pass.
"""

import json
import os
import resource
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - settings come first

from articles.importers.wordpress.dry_run import dry_run  # noqa: E402 - settings come first
from articles.importers.wordpress.writing import import_all  # noqa: E402 - settings come first
from articles.management.commands.import_wordpress import Command  # noqa: E402 - settings come first
from articles.management.import_options import asked_for  # noqa: E402 - settings come first

MB = 1 << 10


class Clock:
    """When the second pass began, and each thousand of its items."""

    def __init__(self):
        self.marks = []

    def at(self, done, total):
        if total is None:
            self.marks = [time.perf_counter()]
        elif done % 1000 == 0:
            self.marks.append(time.perf_counter())

    @property
    def thousands(self):
        return [after - before for before, after in zip(self.marks, self.marks[1:], strict=False)]


def main(*arguments):
    options = vars(Command().create_parser("manage.py", "import_wordpress").parse_args(arguments))
    clock, begun = Clock(), time.perf_counter()
    act = dry_run if options["dry_run"] else import_all
    settings, now = asked_for(options), timezone.now()
    result = act(options["files"], options["report"], settings=settings, now=now, on_progress=clock.at)
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        json.dumps(
            {
                "results": result.summary["sum"]["results"],
                "seconds": time.perf_counter() - begun,
                "cpu": own.ru_utime + own.ru_stime,
                "cpu_of_workers": others.ru_utime + others.ru_stime,
                "megabytes": own.ru_maxrss / MB,
                "megabytes_of_a_worker": others.ru_maxrss / MB,
                "thousands": clock.thousands,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
