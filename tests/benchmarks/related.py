"""What related articles and the list of the most read cost.

    python -m tests.benchmarks.related 100      prints JSON: name → figure

The database is that of DATABASE_URL, with the search's index built. CPU time of this process, so that what else runs on the
machine does not count; on PostgreSQL its own time comes on top. Each of so many articles is treated as if it had just been
published: its list is written, and it is put into those of others, in a transaction that is not kept.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 - settings come first
from django.db.models import Q  # noqa: E402 - settings come first
from django.test.utils import CaptureQueriesContext  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402 - settings come first

from articles.models import Article, Related  # noqa: E402 - settings come first
from articles.press.reads.log import Log  # noqa: E402 - settings come first
from articles.press.serve.reads import ReadArticles  # noqa: E402 - settings come first
from articles.publishing.counting.reads import make_most_read, write_reads  # noqa: E402 - settings come first
from articles.related.consumer import RelatedLists  # noqa: E402 - settings come first
from articles.related.lists import bring_up_to_date  # noqa: E402 - settings come first

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
BEACONS, LINES = 20_000, 50_000
PARTS = 4  # of building everything, fifty articles each


class Undone(Exception):
    """Ends a transaction of which nothing is to stay."""


def undone(act):
    try:
        with transaction.atomic():
            found = act()
            raise Undone
    except Undone:
        return found


def took(act):
    """Milliseconds of CPU, and what came of it."""
    begun = time.process_time()
    found = act()
    return (time.process_time() - begun) * 1000, found


def related(requests, dice):
    numbers = list(Article.objects.published().newest_first().values_list("pk", flat=True)[:5_000])
    chosen = dice.sample(numbers, min(requests, len(numbers)))
    # How rare words are is then known.
    undone(lambda: published(chosen[0]))
    cpu, clock, queries, pages = [], [], [], []
    for number in chosen:
        with CaptureQueriesContext(connection) as asked:
            pages.append(len(undone(lambda number=number: published(number))))
        queries.append(len(asked))
        begun = time.perf_counter()
        cpu.append(took(lambda number=number: undone(lambda: published(number)))[0])
        clock.append((time.perf_counter() - begun) * 1000)
    return {
        "related, one publication: CPU ms, median": statistics.median(cpu),
        "… by the clock with the database": statistics.median(clock),
        "… queries, median and most": [statistics.median(queries), max(queries)],
        "… pages printed again, median and most": [statistics.median(pages), max(pages)],
    }


def published(number):
    """As if it were new: it is in no list."""
    Related.objects.filter(Q(article=number) | Q(other=number)).delete()
    return bring_up_to_date(number, tell_others=True)


def built():
    consumer, done, parts = RelatedLists(), "", 0

    def build():
        nonlocal done, parts
        while done is not None and parts < PARTS:
            done, parts = consumer.start_over(done), parts + 1

    milliseconds, _ = took(lambda: undone(build))
    return {"related, building: articles a second of CPU": parts * 50 / milliseconds * 1000}


def making():
    return make_most_read(timezone.now())


class EveryArticle:
    """A shelf on which every article stands."""

    def status_at(self, path):
        return 200


def reads(dice):
    rows = Article.objects.published().newest_first().only("uid", "slug", "address_date")[:1_000]
    paths = [article.get_absolute_url() for article in rows]
    site = ReadArticles(lambda environ, start: [b""], EveryArticle())
    # The thread that writes now and then is not begun.
    site.writes.begin = lambda: None
    asked = [
        {"REQUEST_METHOD": "POST", "PATH_INFO": f"/read{dice.choice(paths)}", "HTTP_USER_AGENT": BROWSER}
        for _ in range(BEACONS)
    ]
    beacon, _ = took(lambda: [site(environ, lambda *_: None) for environ in asked])
    written, _ = took(lambda: undone(lambda: write_reads(dict.fromkeys(paths, 3), timezone.now())))
    made, _ = undone(lambda: (write_reads(dict.fromkeys(paths, 3), timezone.now()), took(making))[1])
    return {
        "most read, a request: CPU µs in our server": beacon / BEACONS * 1000,
        "… writing a minute of all of them, 1,000 at most: CPU ms": written,
        "… making the list: CPU ms": made,
    }


def log(dice, folder):
    path = folder / "reads.log"
    words = [f"/read/2026/11/{day:02}/story-{number}/" for day in range(1, 29) for number in range(30)]
    now = time.time()
    path.write_text("".join(f"{now:.3f} {dice.choice(words)}\n" for _ in range(LINES)))
    milliseconds, _ = took(lambda: Log(path, lambda spelt: spelt).take(now, lambda found: None))
    return {"… reading nginx's log: lines a second of CPU": LINES / milliseconds * 1000}


def main(requests):
    dice = random.Random(1)  # noqa: S311 - articles, not secrets
    with tempfile.TemporaryDirectory() as folder:
        figures = related(requests, dice) | built() | reads(dice) | log(dice, Path(folder))
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]))
