"""The press's figures beside what they are to reach.

    python -m tests.benchmarks.press [--articles 1000] [--publishes 200] [--seconds 4] [--rounds 3]

Alone with these; `make bench` has them too. wrk does the asking: apt install wrk nginx libnginx-mod-http-brotli-static
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers import Website
from tests.servers.application import ROOT

from .newsroom import DATABASE, demo_newsroom
from .press_fresh import Readers, measure_publishing, measure_schedule, renders_for
from .press_serving import measure_serving
from .press_shelf import make_pictures, measure_shelf, print_everything, typical_wait, worker_memory
from .report import MISSED, table

# Seconds: of an article, of the front and a section, of the others; of 99 in 100; after a scheduled second.
P50, P50_OTHERS, P99, SCHEDULED = {"article": 0.02, "front": 0.05, "section": 0.05}, 0.1, 0.3, 2.0
PAGES_A_SECOND, MEGABYTES, MEGABYTES_OF_ALL = 400, 110, 120
CLIENTS = 200


def press_tables(newsroom, **chosen):
    """Those of docs/benchmarks.md; each is said when it is there."""
    parts = []
    for part in press_parts(newsroom, **chosen):
        print(part, file=sys.stderr, flush=True)
        parts.append(part)
    return "\n\n".join(parts) + "\n"


def press_parts(newsroom, *, publishes=200, seconds=4, rounds=3):
    """Its tables, each when it is ready."""
    if not shutil.which("wrk"):
        yield "wrk is not installed; with it printed pages are measured too: apt install wrk"
        return
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        site = Website(Path(folder), application=newsroom.application)
        # Its section comes now: a new one is on every page, and would have all of them printed again.
        site.desk().do("publish", words="before", section="Fresh")
        printing, shelf = print_everything(site), measure_shelf(site)
        # The search's index and related articles, which the site would else write while it is measured.
        newsroom.application.manage("press", "once")
        site.start()
        try:
            yield serving_table(site, articles(newsroom), seconds=seconds, rounds=rounds)
            yield fresh_table(site, newsroom, publishes=publishes)
            yield shelf_table(site, newsroom, printing, shelf)
        finally:
            site.stop()


def articles(newsroom):
    command = [sys.executable, "-m", "tests.benchmarks.addresses"]
    environment = newsroom.application.environment()
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)["article"]


def serving_table(site, paths, *, seconds, rounds):
    rows = []
    for rates in measure_serving(site, paths, seconds=seconds, rounds=rounds):
        ours, theirs = rates.application / rates.bare, rates.nginx / rates.bare
        rows.append(
            (
                rates.what,
                f"{rates.bare:,.0f}",
                f"{rates.application:,.0f}",
                judged(f"{ours:.0%}", ours >= rates.reach[0]),
                f"{rates.reach[0]:.0%}",
                f"{rates.nginx:,.0f}",
                judged(f"{theirs:.0%}", theirs >= rates.reach[1]),
                f"{rates.reach[1]:.0%}",
            )
        )
    head = ("requests a second", "bare nginx", "application", "ratio", "reach", "our nginx", "ratio", "reach")
    return table(head, rows)


def fresh_table(site, newsroom, *, publishes):
    desk = site.desk()
    site.wait_for_press(desk, seconds=120)
    with Readers(site.port, ["/", *articles(newsroom)[:50]]):
        waits = measure_publishing(site, desk, publishes=publishes)
        late = measure_schedule(site, desk, stories=max(10, publishes // 5))
    rows = [
        (f"published: {kind}", *figures(each, P50.get(kind, P50_OTHERS), P99)) for kind, each in waits.items()
    ]
    early = sum(each < 0 for each in late)
    rows.append((f"scheduled ({early} of {len(late)} early)", *figures(late, SCHEDULED, SCHEDULED)))
    return table(("until it is served", "p50", "reach", "p99", "reach"), rows)


def figures(seconds, p50, p99):
    ordered = sorted(seconds)
    middle, most = statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    yield judged(f"{middle * 1000:.0f} ms", middle <= p50)
    yield f"{p50 * 1000:.0f} ms"
    yield judged(f"{most * 1000:.0f} ms", most <= p99)
    yield f"{p99 * 1000:.0f} ms"


def shelf_table(site, newsroom, printing, shelf):
    addresses = articles_by_age(newsroom)
    # The press reads the same tables while it has something to print.
    site.wait_for_press(site.desk(), seconds=120)
    renders = renders_for(site, newsroom.server, DATABASE, addresses[-1], CLIENTS)
    first, last = (typical_wait(site.application.port, path) for path in (addresses[0], addresses[-1]))
    memory = worker_memory(site)
    rows = [
        (f"renders for {CLIENTS} clients of one unprinted page", judged(f"{renders:.0f}", renders == 1), "1"),
        (
            f"`press all`, {printing.pages:,} pages, a second",
            judged(f"{printing.rate:.0f}", printing.rate >= PAGES_A_SECOND),
            f"{PAGES_A_SECOND}",
        ),
        (
            "memory of its largest process, a third of the way and at the end",
            judged(f"{printing.early:.0f} and {printing.late:.0f} MB", printing.late <= MEGABYTES_OF_ALL),
            f"{MEGABYTES_OF_ALL} MB, flat",
        ),
        (f"bytes a page on the shelf ({shelf.pages:,} pages, three files each)", f"{shelf.bytes:,.0f}", ""),
        ("… in blocks of the disk", f"{shelf.on_disk:,.0f}", ""),
        ("the newest and the oldest article, median wait", f"{first:.2f} and {last:.2f} ms", "the same"),
        (
            "memory of the largest web worker",
            judged(f"{memory:.0f} MB", memory <= MEGABYTES),
            f"{MEGABYTES} MB",
        ),
    ]
    return table(("what", "figure", "reach"), rows)


def articles_by_age(newsroom):
    """Newest first, of what was there before the measuring began."""
    question = (
        "SELECT to_char(address_date, '/YYYY/MM/DD/') || slug || '/' FROM articles_article "
        "WHERE state = 'published' AND publish_at <= now() AND slug NOT LIKE 'the-harbour%' ORDER BY publish_at DESC"
    )
    with newsroom.server.connect(DATABASE) as connection:
        return [path for (path,) in connection.execute(question)]


def judged(text, is_reached):
    return text if is_reached else f"{text} {MISSED}"


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.press")
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--publishes", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with demo_newsroom() as newsroom:
        newsroom.grow(min(asked.articles, 1_000))
        make_pictures(newsroom.application)
        newsroom.grow(asked.articles)
        chosen = {"publishes": asked.publishes, "seconds": asked.seconds, "rounds": asked.rounds}
        for part in press_parts(newsroom, **chosen):
            print(f"{part}\n", flush=True)


if __name__ == "__main__":
    main()
