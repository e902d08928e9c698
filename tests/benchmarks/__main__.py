"""make bench: python -m tests.benchmarks [--only PART …] [--write]

It ends by itself: what is not measured when its minutes are over is named, and left as it is in docs/benchmarks.md.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.servers.application import ROOT

from .importing import importing_sizes, importing_table
from .newsroom import demo_newsroom, on_sqlite
from .press import press_tables
from .press_shelf import make_pictures
from .report import (
    api_table,
    desk_table,
    files_table,
    library_table,
    related_table,
    renditions_table,
    search_table,
    view_table,
    wire_table,
)
from .sections import HEADINGS, section, with_sections
from .wire import weigh

PAPER = ROOT / "docs" / "benchmarks.md"
TABLES = {
    "views": view_table,
    "desk": desk_table,
    "search": search_table,
    "files": files_table,
    "api": api_table,
    "related": related_table,
}
IN_BOTH_SIZES = ("views", "desk")
MINUTES, FEW, MANY = 25, 1_000, 20_000
# With BIG=1. The texts of a million articles are those of words.py, and the search is then measured in these.
MANY_IF_BIG, MOST_IF_BIG = 100_000, 1_000_000
PUBLICATIONS = 100  # of which it is measured what their related articles cost


class TimeIsOver(Exception):
    """The minutes that were given are over."""


class Bench:
    def __init__(self, asked):
        self.asked = asked
        self.is_big = bool(os.environ.get("BIG"))
        # Part → newsroom → figures, for those of TABLES.
        self.figures = {part: {} for part in TABLES}
        # Part → its tables, when they are there.
        self.tables = {}

    def run(self):
        if self.asks(*TABLES, "wire", "press", "library"):
            with demo_newsroom() as newsroom:
                self.measure_wire(newsroom)
                self.measure_sizes(newsroom)
        if self.asks("import"):
            with stage("Bringing an old site in"):
                self.tables["import"] = importing_table(**importing_sizes())
        if self.asks("renditions"):
            with stage("Making renditions"):
                self.tables["renditions"] = renditions_table(measured_alone("renditions"))
        if self.asks("search", "related"):
            self.measure_sqlite(self.asked.articles[1])

    def asks(self, *parts):
        return any(part in self.asked.only for part in parts)

    def measure_wire(self, newsroom):
        if self.asks("wire"):
            with stage("Weighing pages"):
                newsroom.application.manage("press", "all", "--best")
                addresses = measured(newsroom.application, "addresses")
                self.tables["wire"] = wire_table(weigh(newsroom.application, addresses))

    def measure_sizes(self, newsroom):
        few, many = self.asked.articles
        self.grow(newsroom, few)
        self.measure_newsroom(newsroom, few)
        # In the smaller one, where printing all of it takes seconds.
        if self.asks("press") and not self.asked.print_all:
            self.measure_press(newsroom)
        if self.asks(*TABLES):
            self.grow(newsroom, many)
            self.measure_newsroom(newsroom, many)
        if self.asks("press") and self.asked.print_all:
            self.grow(newsroom, many)
            self.measure_press(newsroom)
        if self.asks("library"):
            with stage("Filling the library of pictures and asking it"):
                costs = measured(newsroom.application, "pictures", self.asked.requests)
                self.tables["library"] = library_table(costs)
        if self.is_big and self.asks("search", "files", "api", "related"):
            self.grow(newsroom, MOST_IF_BIG, realistic=True)
            self.measure_rest(newsroom, MOST_IF_BIG)

    def grow(self, newsroom, size, *, realistic=False):
        with stage(f"Growing the newsroom to {size:,} articles"):
            newsroom.grow(size, realistic=realistic)

    def measure_newsroom(self, newsroom, size):
        requests, application = self.asked.requests, newsroom.application
        self.measure_rest(newsroom, size)
        if self.asks("views"):
            with stage("Measuring the views"):
                rounds = [measured(application, "views", requests) for _ in range(self.asked.rounds)]
                self.figures["views"][size] = best(rounds)
        if self.asks("desk"):
            with stage("Measuring the desk"):
                self.figures["desk"][size] = measured(application, "desk", requests)

    def measure_rest(self, newsroom, size):
        # First, because the index is then built, and not while other things are measured.
        self.measure_search(newsroom.application, f"PostgreSQL, {size:,}")
        newsroom.settle()
        if self.asks("files"):
            with stage("Measuring feeds and sitemaps"):
                files = measured(newsroom.application, "files", self.asked.requests)
                self.figures["files"][f"{size:,} articles"] = files
        if self.asks("api"):
            with stage("Asking the content API"):
                answers = measured(newsroom.application, "api", self.asked.requests)
                self.figures["api"][f"{size:,} articles"] = answers

    def measure_search(self, application, name):
        """Related articles are found with the search's index, so it is built for them too."""
        if self.asks("search", "related"):
            with stage("Building the search's index and asking it"):
                self.figures["search"][name] = measured(application, "search", self.asked.requests)
        if self.asks("related"):
            with stage("Finding related articles"):
                publications = min(PUBLICATIONS, self.asked.requests)
                self.figures["related"][name] = measured(application, "related", publications)

    def measure_sqlite(self, size):
        with stage(f"Growing a newsroom on SQLite to {size:,} articles"), on_sqlite(size) as application:
            self.measure_search(application, f"SQLite, {size:,}")

    def measure_press(self, newsroom):
        with stage("Making pictures"):
            make_pictures(newsroom.application)
        with stage("Printing, serving and publishing"):
            asked = self.asked
            self.tables["press"] = press_tables(newsroom, publishes=asked.publishes, rounds=asked.rounds)

    def sections(self):
        """Part → its section, of those that were asked for and are whole."""
        tables = {
            part: table(self.figures[part])
            for part, table in TABLES.items()
            if len(self.figures[part]) == 2 or (self.figures[part] and part not in IN_BOTH_SIZES)
        }
        return {
            part: section(part, text, **vars(self.asked))
            for part, text in (tables | self.tables).items()
            if self.asks(part)
        }


def main():
    # Whoever ends this ends the servers that it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asked = arguments()
    bench = Bench(asked)
    end_after(asked.minutes)
    try:
        bench.run()
    except TimeIsOver:
        say(f"{asked.minutes:g} minutes are over.")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    sections = bench.sections()
    for missing in sorted(set(asked.only) - set(sections)):
        say(f"Not measured, or not whole: {missing}")
    print("\n".join(sections.values()))
    if asked.write:
        PAPER.write_text(with_sections(PAPER.read_text(), sections))


def arguments():
    is_big = bool(os.environ.get("BIG"))
    parser = argparse.ArgumentParser(
        prog="make bench ARGS=…", epilog="BIG=1 measures larger newsrooms: hours."
    )
    sizes = [FEW, MANY_IF_BIG if is_big else MANY]
    parser.add_argument("--only", nargs="+", choices=HEADINGS, default=list(HEADINGS), help="these parts")
    parser.add_argument("--articles", type=int, nargs=2, default=sizes, metavar=("FEW", "MANY"))
    parser.add_argument("--requests", type=int, default=200, help="requests of each kind and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--publishes", type=int, default=200, help="measured from the verb to the reader")
    parser.add_argument("--print-all", action="store_true", help="print the larger newsroom: many minutes")
    minutes = 0 if is_big else MINUTES
    parser.add_argument("--minutes", type=float, default=minutes, help="after which it ends (0: never)")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md too")
    return parser.parse_args()


def end_after(minutes):
    def over(*_):
        raise TimeIsOver

    signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, minutes * 60)


@contextmanager
def stage(name):
    say(f"{name} …")
    begun = time.monotonic()
    yield
    say(f"  {time.monotonic() - begun:.0f} s")


def measured(application, module, *arguments):
    """A module's JSON from a process of its own, that knows this newsroom alone."""
    return measured_alone(module, *arguments, env=application.environment())


def measured_alone(module, *arguments, env=None):
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments)],
        env=env,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


def best(rounds):
    """What else runs on the machine only ever adds: of each figure, the round in which it was least."""
    first, *others = rounds
    for other in others:
        for kind, cost in other.items():
            first[kind] = min(first[kind], cost, key=lambda each: each["milliseconds"])
    return first


def say(sentence):
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
