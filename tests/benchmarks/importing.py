"""What bringing an old site in costs, beside what it is to reach.

    python -m tests.benchmarks.importing [--articles 2000] [--megabytes 20 60]

Alone with these; `make bench` has them too. With BIG=1: 20,000 articles, 200 MB and 2 GB. Everything goes into an
empty newsroom on a PostgreSQL of its own, without pictures.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.servers import Application, Postgres
from tests.servers.application import ROOT

from .exports import write_export
from .newsroom import DATABASE
from .report import MISSED, table

RATE, SLOWDOWN, MEGABYTES, DIFFERENCE, FIRST = 500, 1.1, 120, 10, 60
# Seconds of a dry run of a megabyte: nine minutes for two gigabytes.
OF_A_MEGABYTE = 9 * 60 / 2048
KILLED_AT = 0.9
WRITES = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables
WHERE relname IN ('articles_article', 'articles_page', 'articles_revision', 'articles_image',
                  'articles_oldaddress', 'articles_outboxentry')
"""
IMPORTED = "SELECT count(*) FROM articles_imported"


class Room:
    """A folder for exports, and a database that is made anew for each of the runs."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server
        self.number = 0

    def export(self, **size):
        path = self.folder / "export.xml"
        return path, write_export(path, **size)

    def newsroom(self):
        self.number += 1
        url = self.server.create_database(f"{DATABASE}{self.number}")
        application = Application(self.folder / f"site{self.number}", database_url=url)
        application.manage("migrate", "--verbosity=0")
        return application

    def ask(self, query):
        with self.server.connect(f"{DATABASE}{self.number}") as connection:
            return connection.execute(query).fetchone()[0]


def started(application, path, *options):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.import_run", *map(str, options), str(path)],
        env=application.environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )


def run(application, path, *options):
    process = started(application, path, *options)
    said = process.communicate()[0]
    if process.returncode:
        raise RuntimeError(f"the import ended with {process.returncode}")
    return json.loads(said)


def rows_of_speed(room, articles):
    """The first import, and the same once more."""
    path, number = room.export(articles=articles)
    application = room.newsroom()
    first = run(application, path)
    rate = number / first["seconds"]
    thousands = first["thousands"]
    growth = thousands[-1] / thousands[0] if len(thousands) > 1 else 1
    yield f"{number:,} articles, imported in a second", judged(f"{rate:.0f}", rate >= RATE), f"≥ {RATE}"
    cpu = first["cpu"] + first["cpu_of_workers"]
    yield "… of CPU time, without that of the database", f"{number / cpu:.0f}", ""
    yield "the last thousand to the first", judged(f"{growth:.2f}", growth <= SLOWDOWN), f"≤ {SLOWDOWN}"
    before = room.ask(WRITES)
    second = run(application, path)
    written = room.ask(WRITES) - before
    yield "rows that a second run writes", judged(f"{written}", not written), "0"
    yield "… its articles in a second", f"{number / second['seconds']:.0f}", ""


def rows_of_memory(room, sizes):
    """An import and a dry run of a smaller and a larger file."""
    peaks = {"import": [], "dry run": []}
    for size in sizes:
        path, number = room.export(size=size << 20)
        application = room.newsroom()
        dry = run(application, path, "--dry-run")
        seconds, most = dry["seconds"], OF_A_MEGABYTE * size
        yield f"dry run of {size:,} MB, seconds", judged(f"{seconds:.0f}", seconds <= most), f"≤ {most:.0f}"
        real = run(application, path)
        peaks["dry run"].append(dry["megabytes"])
        peaks["import"].append(real["megabytes"])
        of_worker = f"{real['megabytes_of_a_worker']:.0f}"
        yield f"import of {size:,} MB, articles in a second", f"{number / real['seconds']:.0f}", ""
        yield "… memory of each of its workers, MB", of_worker, ""
    for name, (small, large) in peaks.items():
        for size, peak in zip(sizes, (small, large), strict=True):
            yield (
                f"{name} of {size:,} MB, peak of memory, MB",
                judged(f"{peak:.0f}", peak <= MEGABYTES),
                f"≤ {MEGABYTES}",
            )
        grown = large - small
        yield f"{name}, difference, MB", judged(f"{grown:.0f}", grown <= DIFFERENCE), f"≤ {DIFFERENCE}"


def rows_of_resuming(room, size):
    """A run is killed when nine tenths are there, and given again."""
    path, number = room.export(size=size << 20)
    application = room.newsroom()
    process = started(application, path)
    while room.ask(IMPORTED) < number * KILLED_AT and process.poll() is None:
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    there, begun = room.ask(IMPORTED), time.monotonic()
    process = started(application, path)
    while room.ask(IMPORTED) == there and process.poll() is None:
        time.sleep(0.1)
    seconds = time.monotonic() - begun
    process.communicate()
    what = f"{size:,} MB killed at {there / number:.0%}: until the next article, seconds"
    yield what, judged(f"{seconds:.1f}", seconds <= FIRST and room.ask(IMPORTED) == number), f"≤ {FIRST}"


def judged(text, is_reached):
    return text if is_reached else f"{text} {MISSED}"


def importing_table(*, articles, megabytes):
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        server = Postgres(Path(folder) / "postgres", fsync="on", full_page_writes="on", autovacuum="on")
        with server:
            room = Room(Path(folder), server)
            rows = []
            for row in every_row(room, articles, megabytes):
                print(*row, sep=" | ", file=sys.stderr, flush=True)
                rows.append(row)
            size = (room.folder / "export.xml").stat().st_size / room.ask(IMPORTED)
            rows.append(("bytes of an item", f"{size:,.0f}", ""))
    return table(("what", "figure", "reach"), rows)


def every_row(room, articles, megabytes):
    yield from rows_of_speed(room, articles)
    yield from rows_of_memory(room, megabytes)
    yield from rows_of_resuming(room, megabytes[-1])


def importing_sizes():
    if os.environ.get("BIG"):
        return {"articles": 20_000, "megabytes": [200, 2048]}
    return {"articles": 2_000, "megabytes": [20, 60]}


def main():
    # Whoever ends this ends the servers that it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int)
    parser.add_argument("--megabytes", type=int, nargs=2)
    asked = {name: value for name, value in vars(parser.parse_args()).items() if value}
    print(importing_table(**importing_sizes() | asked))


if __name__ == "__main__":
    main()
