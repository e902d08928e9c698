"""How long the library of pictures takes to answer, through Django's own handler in this process.

    python -m tests.benchmarks.pictures 100      prints JSON: kind → {"median": …, "most": …} in milliseconds

The database is that of DATABASE_URL. It is filled up to PICTURES rows first, which have no files: neither the list nor the
dialog reads one. The clock's time; of an upload with the bytes on the disk and the row committed.
"""

import io
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

from django.contrib.auth import get_user_model  # noqa: E402 - settings come first
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402 - settings come first
from django.db import connection  # noqa: E402 - settings come first
from django.test import Client  # noqa: E402 - settings come first
from PIL import Image as Picture  # noqa: E402 - settings come first

from articles.models import Article, ArticlePicture, Image  # noqa: E402 - settings come first

PICTURES, AT_ONCE = 200_000, 5_000
WARM_UP, UPLOADS = 3, 20
LIST = "/admin/articles/image/"
PICKER = f"{LIST}picker/"
UPLOAD = "/admin/articles/article/desk/upload/"
WORDS = "harbour dusk crane boat quay storm wall engineer mayor council market bridge tram school".split()


def fill(dice):
    """Pictures of which one in two hundred has a word of its own, and one in ten no alt text. One in four is used."""
    there = Image.objects.count()
    for start in range(there, PICTURES, AT_ONCE):
        rows = [picture(number, dice) for number in range(start, min(PICTURES, start + AT_ONCE))]
        for row in rows:
            row.set_search_text()
        Image.objects.bulk_create(rows)
    article = Article.objects.order_by("pk").values_list("pk", flat=True).first()
    if article and not ArticlePicture.objects.filter(article=article).count() > AT_ONCE:
        used = Image.objects.order_by("pk").values_list("pk", flat=True)[::4]
        links = [ArticlePicture(article_id=article, image_id=number) for number in used]
        ArticlePicture.objects.bulk_create(links, batch_size=AT_ONCE, ignore_conflicts=True)
    with connection.cursor() as cursor:
        # As any server does by itself after a while.
        cursor.execute("ANALYZE")


def picture(number, dice):
    rare = f"rare{number // 200}" if number % 200 == 0 else ""
    words = " ".join(dice.choices(WORDS, k=8))
    return Image(
        file=f"masters/00/{number}.jpg",
        width=1800 if number % 3 else 1200,
        height=1200 if number % 3 else 1800,
        fingerprint=f"{number:064}",
        original_name=f"IMG_{number}.jpg",
        alt="" if number % 10 == 0 else f"{words} {rare}".strip(),
        caption=" ".join(dice.choices(WORDS, k=20)),
        credit="Photograph: Ana Lind" if number % 7 else "",
        bands=tuple(dice.randrange(1 << 16) for _ in range(4)),
    )


def photograph():
    """A JPEG of twelve million pixels, as a camera writes it."""
    channels = [Picture.effect_noise((500, 375), 80).resize((4000, 3000)) for _ in range(3)]
    file = io.BytesIO()
    Picture.merge("RGB", channels).save(file, "JPEG", quality=88)
    return file.getvalue()


class Library:
    def __init__(self):
        users = get_user_model().objects
        editor = users.filter(is_superuser=True).first() or users.create_superuser("benchmark")
        self.client = Client(HTTP_HOST="localhost")
        self.client.force_login(editor)
        self.data = photograph()
        self.numbers = itertools.count(random.randrange(1 << 40))  # noqa: S311 - a file that is not there yet

    def get(self, address, **query):
        return lambda: self.client.get(address, query)

    def upload(self):
        # What follows a picture's end does not belong to it, but makes it another file.
        file = SimpleUploadedFile("camera.jpg", self.data + b"%x" % next(self.numbers))
        return self.client.post(UPLOAD, {"upload": file})


def measure(act, requests):
    """Milliseconds of the median, and those that 19 of 20 stay within."""
    took = []
    for _ in range(WARM_UP + requests):
        started = time.perf_counter()
        answer = act()
        took.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{answer.status_code}, {answer.content[:500]}")
    took = sorted(took[WARM_UP:])
    return {"median": statistics.median(took), "most": took[min(len(took) - 1, int(len(took) * 0.95))]}


def main(requests):
    fill(random.Random(1))  # noqa: S311 - no secret
    library = Library()
    acts = {
        "the library": library.get(LIST),
        "the library, a word that many have": library.get(LIST, q="harbour"),
        "the library, without alt text": library.get(LIST, missing="alt"),
        "the library, used by nothing": library.get(LIST, use="none"),
        "the dialog": library.get(PICKER),
        "the dialog, a word that many have": library.get(PICKER, q="harbour"),
        "the dialog, a word that one has": library.get(PICKER, q="rare77"),
        "the dialog, a word that none has": library.get(PICKER, q="zebra"),
        "the dialog, portraits without credit": library.get(PICKER, shape="portrait", missing="credit"),
        "the dialog, used by nothing": library.get(PICKER, use="none"),
    }
    costs = {kind: measure(act, requests) for kind, act in acts.items()}
    costs["an upload of 12 megapixels"] = measure(library.upload, min(requests, UPLOADS))
    json.dump(costs, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
