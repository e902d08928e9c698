"""The content API: how long an answer takes through Django's own handler, and how large it is.

    python -m tests.benchmarks.api 200      prints JSON: kind → {"median", "most", "bytes"}

The database is that of DATABASE_URL. Milliseconds of the clock, because the database's work counts too; nothing is cached, and
each request is for another section, tag, author, place or article, as far as there are so many.
"""

import itertools
import json
import os
import random
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.test import Client  # noqa: E402 - settings come first

from articles.api import limits  # noqa: E402 - settings come first
from articles.api.paging import cursor_of  # noqa: E402 - settings come first
from articles.models import Article, Author, Section, Tag  # noqa: E402 - settings come first
from articles.models.collections.public_pages import with_stories  # noqa: E402 - settings come first
from articles.views.search.brake import Brake  # noqa: E402 - settings come first

SAMPLE = 300
ARTICLES = "/api/v1/articles"


def addresses():
    """Kind → its addresses, in turn for ever."""
    dice = random.Random(1)  # noqa: S311 - places in a list, not secrets
    numbers = list(Article.objects.published().order_by("pk").values_list("pk", flat=True))
    chosen = dice.sample(numbers, min(SAMPLE, len(numbers)))
    rows = Article.objects.filter(pk__in=chosen).values_list("uid", "publish_at", "pk")
    found = {
        "a list, the newest": [ARTICLES],
        "a list of a hundred": [f"{ARTICLES}?limit=100"],
        "a list from any place on": [f"{ARTICLES}?cursor={cursor_of(at, number)}" for _, at, number in rows],
        "a section's list": [
            f"{ARTICLES}?section={each.get_absolute_url().strip(chr(47))}" for each in sections()
        ],
        "a tag's list": [f"{ARTICLES}?tag={each.slug}" for each in with_stories(Tag)[:SAMPLE]],
        "an author's list": [f"{ARTICLES}?author={each.slug}" for each in with_stories(Author)[:SAMPLE]],
        "an article": [f"{ARTICLES}/{uid}" for uid, *_ in rows],
    }
    return {kind: itertools.cycle(each) for kind, each in found.items()}


def sections():
    return Section.objects.shown()


def measured(client, addresses, requests):
    taken, lengths = [], []
    for address in itertools.islice(addresses, requests):
        begun = time.perf_counter()
        response = client.get(address)
        taken.append((time.perf_counter() - begun) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{address} answers {response.status_code}; that is nothing to measure.")
        lengths.append(len(response.content))
    return {
        "median": statistics.median(taken),
        "most": statistics.quantiles(taken, n=20)[-1],
        "bytes": statistics.median(lengths),
    }


def main(requests):
    limits.BRAKE = Brake(10**9, 1e-9)
    client = Client(HTTP_HOST="localhost")
    found = {}
    for kind, asked in addresses().items():
        measured(client, asked, 5)
        found[kind] = measured(client, asked, requests)
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
