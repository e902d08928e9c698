"""How long the desk takes to answer, through Django's own handler in this process.

    python -m tests.benchmarks.desk 200      prints JSON: kind → {"median": …, "most": …} in milliseconds

The database is that of DATABASE_URL. The clock's time, because an editor waits for commits too.
"""

import itertools
import json
import os
import statistics
import sys
import time
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - settings come first
from django.test import Client  # noqa: E402 - settings come first

from articles.models import Article  # noqa: E402 - settings come first
from tests.articles.admin.desk.filled_form import fields  # noqa: E402 - settings come first

WORDS = 5_000
WARM_UP = 5
LIST = "/admin/articles/article/"
KEEP = f"{LIST}desk/unsaved/"
PARAGRAPH = "The commission counted the boats again. " * 10


def body_of(number):
    """5,000 words, which differ from those of other numbers."""
    words = len(PARAGRAPH.split())
    return f"<p>Count {number}.</p>" + f"<p>{PARAGRAPH}</p>" * (WORDS // words)


class Desk:
    """An editor with the form of one article open."""

    def __init__(self):
        users = get_user_model().objects
        self.editor = users.filter(is_superuser=True).first() or users.create_superuser("benchmark")
        self.client = Client(HTTP_HOST="localhost")
        self.client.force_login(self.editor)
        self.form = f"{LIST}{Article.objects.order_by('-pk').first().pk}/change/"
        self.tab = uuid.uuid4().hex
        self.numbers = itertools.count(1)
        self.sent = fields(self.opened())

    def opened(self):
        return self.client.get(self.form)

    def autosave(self):
        number = next(self.numbers)
        kept = {
            **{"user": self.editor.pk, "uid": self.sent["uid"], "tab": self.tab, "number": number},
            **{"version": int(self.sent["version"]), "fields": {"body": body_of(number)}},
        }
        return self.client.post(KEEP, json.dumps(kept), content_type="application/json")

    def save(self):
        """As from a form that is loaded after each save; its loading is measured by itself."""
        self.sent = fields(self.opened()) | {"body": body_of(next(self.numbers)), "_save_draft": "1"}
        started = time.perf_counter()
        answer = self.client.post(self.form, self.sent)
        return answer, time.perf_counter() - started

    def listed(self):
        return self.client.get(LIST)


def measure(act, requests, status):
    """Milliseconds of the median, and those that 99 of 100 stay within."""
    took = []
    for _ in range(WARM_UP + requests):
        started = time.perf_counter()
        answer = act()
        seconds = time.perf_counter() - started
        if isinstance(answer, tuple):
            answer, seconds = answer
        if answer.status_code != status:
            raise SystemExit(f"{act.__name__}: {answer.status_code}, {answer.content[:500]}")
        took.append(seconds * 1000)
    took = sorted(took[WARM_UP:])
    return {"median": statistics.median(took), "most": took[min(len(took) - 1, int(len(took) * 0.99))]}


def main(requests):
    desk = Desk()
    acts = {
        "autosave, 5,000 words": (desk.autosave, 200),
        "save, 5,000 words": (desk.save, 302),
        "the form": (desk.opened, 200),
        "the list": (desk.listed, 200),
    }
    costs = {kind: measure(act, requests, status) for kind, (act, status) in acts.items()}
    json.dump(costs, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
