"""Two editors who publish two articles with one headline in the same moment, again and again.

    python -m tests.articles.publishing.at_once ROUNDS

Answers a line of JSON for each round: the slugs, or what went wrong. On the database of DATABASE_URL.
"""

import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.db import DatabaseError, connection  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402 - settings come first

from articles import publishing  # noqa: E402 - settings come first
from tests import factories  # noqa: E402 - settings come first

EDITORS = 2
AT = timezone.now()


def publish(article, start):
    start.wait()
    try:
        return publishing.publish(article, by=None, at=AT).slug
    except DatabaseError as error:
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()


def one_round(number, editors):
    headline = f"Harbour towns weigh the price, {number}"
    drafts = [factories.article(headline=headline, tags=("coast",)) for _ in range(EDITORS)]
    start = threading.Barrier(EDITORS)
    return [done.result() for done in [editors.submit(publish, draft, start) for draft in drafts]]


def main(rounds):
    with ThreadPoolExecutor(EDITORS) as editors:
        for number in range(rounds):
            print(json.dumps(sorted(one_round(number, editors))), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
