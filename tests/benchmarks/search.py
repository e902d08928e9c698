"""How fast the search's index is built and answers.

    python -m tests.benchmarks.search 200      prints JSON: {"built": articles a second, "kinds": kind → milliseconds}

The database is that of DATABASE_URL. Words are taken from its own articles: a rare one from few of them, a common one
from more than half. The clock's time, from the typed text to the numbers of the articles; for a page to its last byte.
"""

import itertools
import json
import os
import random
import re
import statistics
import sys
import time
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.conf import settings  # noqa: E402 - settings come first
from django.test import Client  # noqa: E402 - settings come first

from articles.body import words_of  # noqa: E402 - settings come first
from articles.database.state import refresh_statistics  # noqa: E402 - settings come first
from articles.models import Article, PublicEntry  # noqa: E402 - settings come first
from articles.outbox.consumers import CONSUMERS, Follower, have_all_start_over  # noqa: E402 - settings come first
from articles.search.index import PUBLIC  # noqa: E402 - settings come first
from articles.search.question import read_question  # noqa: E402 - settings come first
from articles.search.results import find, languages  # noqa: E402 - settings come first
from articles.views.search import page  # noqa: E402 - settings come first
from articles.views.search.brake import Brake  # noqa: E402 - settings come first

SAMPLE = 300
WORD = re.compile(r"[a-z]{3,}")


def built():
    """Both indexes are built; articles a second of the readers'."""
    have_all_start_over()
    PublicEntry.objects.all().delete()
    rates = {name: rate_of(Follower(CONSUMERS[name])) for name in ("search", "desk search")}
    refresh_statistics()
    return rates["search"]


def rate_of(follower):
    begun = time.perf_counter()
    while follower.turn():
        pass
    return PublicEntry.objects.count() / (time.perf_counter() - begun)


class Words:
    """Of a sample of the articles, by how many of them have each."""

    def __init__(self, dice):
        self.dice = dice
        numbers = list(Article.objects.published().order_by("pk").values_list("pk", flat=True))
        chosen = dice.sample(numbers, min(SAMPLE, len(numbers)))
        bodies = Article.objects.filter(pk__in=chosen).order_by("pk").values_list("prepared_body", flat=True)
        self.texts = [WORD.findall(words_of(body).lower()) for body in bodies]
        times = Counter(itertools.chain.from_iterable(map(set, self.texts)))
        self.by_share = {
            "rare": sorted(word for word, number in times.items() if number == 1),
            "some": sorted(word for word, number in times.items() if 0.02 <= number / len(chosen) <= 0.15),
            "common": sorted(word for word, number in times.items() if number / len(chosen) >= 0.5),
        }

    def one(self, share):
        return self.dice.choice(self.by_share[share])

    def phrase(self):
        text = self.dice.choice([text for text in self.texts if len(text) > 3])
        place = self.dice.randrange(len(text) - 2)
        return f'"{text[place]} {text[place + 1]}"'


def ask(typed):
    find(PUBLIC, read_question(typed, languages(PUBLIC, settings.NEWSROOM["LANGUAGE"])))


def kinds(words):
    client = Client(HTTP_HOST="localhost")
    return {
        "a rare word": lambda: ask(words.one("rare")),
        "two words": lambda: ask(f"{words.one('some')} {words.one('some')}"),
        "a common word": lambda: ask(words.one("common")),
        "two common words": lambda: ask(f"{words.one('common')} {words.one('common')}"),
        "a phrase": lambda: ask(words.phrase()),
        "a page for two words": lambda: client.get(
            "/search/", {"q": f"{words.one('some')} {words.one('some')}"}
        ),
    }


def measured(act, requests):
    taken = []
    for _ in range(requests):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return {"median": statistics.median(taken), "most": statistics.quantiles(taken, n=20)[-1]}


def main(requests):
    page.BRAKE = Brake(10**9, 1e-9)
    rate = built()
    asked = kinds(Words(random.Random(1)))  # noqa: S311 - words, not secrets
    for act in asked.values():
        act()
    print(
        json.dumps({"built": rate, "kinds": {kind: measured(act, requests) for kind, act in asked.items()}})
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
