"""Feeds and sitemaps: how long each takes through Django's own handler, how large it is, and what memory it takes.

    python -m tests.benchmarks.files 200      prints JSON: kind → {"median", "most", "bytes", "megabytes"}

The database is that of DATABASE_URL. Milliseconds of the clock, because the database's work counts too. Megabytes are what
Python has allocated while it made the file, at the most; they must not grow with the newsroom.
"""

import json
import os
import statistics
import sys
import time
import tracemalloc

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.test import Client  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402 - settings come first

from articles.models import Author, Section, Tag  # noqa: E402 - settings come first
from articles.models.addresses.paths import (  # noqa: E402 - settings come first
    FEEDS,
    LISTS_SITEMAP,
    NEWS_SITEMAP,
    SITEMAP,
    feed_address,
    month_sitemap,
)
from articles.models.collections.public_pages import with_stories  # noqa: E402 - settings come first
from articles.sitemaps.files import months  # noqa: E402 - settings come first

# A feed has fifty whole texts. The index of sitemaps counts a million articles, and is asked for a few times a day.
MOST_FEEDS, MOST_SITEMAPS = 50, 20


def addresses():
    """Kind → its address; of the months the one with most articles."""
    longest = max(months(timezone.now()), key=lambda row: row[1])[0]
    starts = {
        "the paper": "/",
        "a section": Section.objects.shown(timezone.now()).order_by("pk").first().get_absolute_url(),
        "a tag": with_stories(Tag).order_by("pk").first().get_absolute_url(),
        "an author": with_stories(Author).order_by("pk").first().get_absolute_url(),
    }
    feeds = {
        f"feed of {name}, {form}": feed_address(start, form)
        for name, start in starts.items()
        for form in FEEDS
    }
    return feeds | {
        "sitemap, index": SITEMAP,
        "sitemap, lists": LISTS_SITEMAP,
        "sitemap, news": NEWS_SITEMAP,
        "sitemap, the longest month": month_sitemap(longest.year, longest.month),
    }


def measured(client, address, requests):
    taken = []
    for _ in range(requests):
        begun = time.perf_counter()
        length = len(fetched(client, address))
        taken.append((time.perf_counter() - begun) * 1000)
    tracemalloc.start()
    fetched(client, address)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {
        "median": statistics.median(taken),
        "most": statistics.quantiles(taken, n=20)[-1],
        "bytes": length,
        "megabytes": peak / 1024**2,
    }


def fetched(client, address):
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answers {response.status_code}; that is no file to measure.")
    return response.content


def main(requests):
    client = Client(HTTP_HOST="localhost")
    found = {}
    for kind, address in addresses().items():
        fetched(client, address)
        times = min(requests, MOST_SITEMAPS if kind.startswith("sitemap") else MOST_FEEDS)
        found[kind] = measured(client, address, times)
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
