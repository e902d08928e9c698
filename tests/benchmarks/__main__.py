"""make bench: python -m tests.benchmarks [--write]"""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

from .newsroom import demo_newsroom, on_sqlite
from .press import press_section
from .press_shelf import make_pictures
from .report import MISSED, QUERIES, RATIO, desk_table, search_table, view_table, wire_table
from .wire import weigh

ROOT = Path(__file__).resolve().parent.parent.parent
PAPER = ROOT / "docs" / "benchmarks.md"

INTRODUCTION = f"""\
# What pages cost

Written by `make bench ARGS=--write`; {MISSED} marks a figure over its budget. Measured with Python
{platform.python_version()} and PostgreSQL on one computer of {os.cpu_count()} cores.

## Queries and CPU time of the views

Through Django's own handler, uncompressed, with no cache of any kind behind them, on the demo newsroom grown to that
many articles: the CPU time of the median of {{requests}} requests for many different pages of the kind, the best of
{{rounds}} rounds. Budgets: at most {QUERIES} queries, and at most {RATIO} times the time in the larger newsroom.
Readers do not wait for this: they get printed pages.
"""
DESK = """\
## The desk

How long it takes to answer, from the request to the last byte, by the clock and with the database's commit: {requests}
requests of each kind, one after the other.
"""
SEARCH = """\
## The search

From the typed words to the numbers of the articles, and for a page to its last byte, by the clock: {requests} questions of
each kind, in words of the articles themselves, one after the other.
"""
# With BIG=1: many hours of building.
BIG = 1_000_000
WIRE = """\
## Bytes on the wire

Status line, headers and brotli body, as the running site sends them once the press had a quiet moment to compress each
page as small as can be; HTML with its style and script inside. Articles: all of the demo newsroom.
"""


def main():
    # Whoever ends this ends the servers that it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asked = arguments()
    with demo_newsroom() as newsroom:
        say("Weighing pages …")
        newsroom.application.manage("press", "all", "--best")
        weights = weigh(newsroom.application, measure(newsroom, "tests.benchmarks.addresses"))
        costs, desk, search = {}, {}, {}
        for size in asked.articles:
            say(f"Growing the newsroom to {size:,} articles …")
            newsroom.grow(size)
            if size == asked.articles[0]:
                make_pictures(newsroom.application)
            # First, because the index is then built, and not while other things are measured.
            say("Building the search's index and asking it …")
            search[f"PostgreSQL, {size:,}"] = measure_search(newsroom.application, asked.requests)
            say("Measuring its views …")
            costs[size] = best(measure_views(newsroom, asked.requests) for _ in range(asked.rounds))
            desk[size] = measure(newsroom, "tests.benchmarks.desk", str(asked.requests))
            if size == asked.articles[asked.print_all]:
                say("Printing, serving and publishing …")
                printed = press_section(newsroom, publishes=asked.publishes, rounds=asked.rounds)
        if os.environ.get("BIG"):
            newsroom.grow(BIG)
            search[f"PostgreSQL, {BIG:,}"] = measure_search(newsroom.application, asked.requests)
    with on_sqlite(asked.articles[-1]) as application:
        search[f"SQLite, {asked.articles[-1]:,}"] = measure_search(application, asked.requests)
    introduction = INTRODUCTION.format(requests=asked.requests, rounds=asked.rounds)
    parts = [introduction, view_table(costs), "", DESK.format(requests=asked.requests), desk_table(desk)]
    parts += ["", SEARCH.format(requests=asked.requests), search_table(search)]
    text = "\n".join([*parts, "", WIRE, wire_table(weights), "", printed])
    print(text)
    if asked.write:
        PAPER.write_text(text)


def arguments():
    parser = argparse.ArgumentParser(prog="make bench ARGS=…")
    parser.add_argument("--articles", type=int, nargs=2, default=[1_000, 100_000], metavar=("FEW", "MANY"))
    parser.add_argument("--requests", type=int, default=300, help="requests a view and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--publishes", type=int, default=200, help="measured from the verb to the reader")
    parser.add_argument("--print-all", action="store_true", help="print the larger newsroom: many minutes")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md too")
    return parser.parse_args()


def measure_views(newsroom, requests):
    return measure(newsroom, "tests.benchmarks.views", str(requests))


def measure_search(application, requests):
    return measured(application, "tests.benchmarks.search", str(requests))


def measure(newsroom, module, *arguments):
    return measured(newsroom.application, module, *arguments)


def measured(application, module, *arguments):
    """A module's JSON from a process of its own, that knows this newsroom alone."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=application.environment(),
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
