"""A newsroom in whose texts some words are everywhere and most are rare, as in any language.

    python -m tests.benchmarks.words 1000000      adds so many articles to the database of DATABASE_URL

The demo's own articles are made of a few thousand paragraphs, so their words are nearly all common. Here a word is the
less frequent the later it stands in a list of 200,000 (Zipf's law), and the text of an article is a dozen paragraphs of
100,000. It is written by the thousand, as the command demo writes: a million articles take minutes.
"""

import itertools
import os
import random
import sys
from dataclasses import replace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - settings come first

from articles.management.demo.bulk.blocks import Block, make_blocks  # noqa: E402 - settings come first
from articles.management.demo.bulk.names import Names  # noqa: E402 - settings come first
from articles.management.demo.bulk.stories import Stories, times  # noqa: E402 - settings come first
from articles.management.demo.bulk.writing import batches, find_cast, settle, write  # noqa: E402 - settings come first

WORDS, PARAGRAPHS = 200_000, 100_000
SENTENCE, SENTENCES = (6, 22), (3, 5)
# Mandelbrot's form of the law. With these, 700 words have as many different ones, and as many pairs, as in English.
SHIFT, EXPONENT = 2.7, 1.2
SYLLABLES = [
    first + second for first in "bdfghklmnprstvwz" for second in ("a", "e", "i", "o", "u", "ar", "en", "ist")
]
ENDINGS = ("", "s", "ed", "ing", "er", "ly")


def vocabulary(dice):
    """Short words first. Every second one stands in the list in several forms, so that there is something to stem."""
    found = {}
    for length in itertools.count(1):
        stems = {"".join(dice.choices(SYLLABLES, k=length)): None for _ in range(30 * 20 ** (length - 1))}
        for stem in stems:
            found |= dict.fromkeys(stem + ending for ending in dice.choice((ENDINGS, ("",))))
            if len(found) >= WORDS:
                return list(found)[:WORDS]


def paragraphs(dice):
    known = vocabulary(dice)
    frequencies = list(
        itertools.accumulate(1 / (place + SHIFT) ** EXPONENT for place in range(1, len(known) + 1))
    )
    for _ in range(PARAGRAPHS):
        lengths = [dice.randint(*SENTENCE) for _ in range(dice.randint(*SENTENCES))]
        words = iter(dice.choices(known, cum_weights=frequencies, k=sum(lengths)))
        sentences = [" ".join(itertools.islice(words, length)).capitalize() + "." for length in lengths]
        html = f"<p>{' '.join(sentences)}</p>"
        copied = html.encode()
        yield Block(html, html, sum(lengths), copied, copied)


def add_articles(count, seed=1):
    dice = random.Random(seed)  # noqa: S311 - words, not secrets
    names = Names(dice)
    blocks = replace(make_blocks(dice, names, []), paragraphs=tuple(paragraphs(dice)), figures=())
    stories = Stories(dice, names, blocks, find_cast())
    for batch in batches(times(count, timezone.now(), dice)):
        write(stories, batch)
    settle()


if __name__ == "__main__":
    add_articles(int(sys.argv[1]))
