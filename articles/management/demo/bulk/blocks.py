"""Blocks of bodies: put together anew from sentences, and each sanitised and prepared once."""

import random
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape

from articles.body import excerpt, number_parts, outline, plain_text, reading_minutes, sanitise, word_count
from articles.conf import paper
from articles.models import Image
from articles.publishing.shared.prepared_body import prepared

from .names import Names
from .sentences import Sentences, take_apart, varied
from .tables import as_copied

PARAGRAPHS, QUOTATIONS, LISTS = 2400, 300, 120
# A first paragraph fills a card's excerpt by itself, so that the excerpt is the paragraph's own.
EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a body as it is stored, and as readers get it; both also as PostgreSQL's COPY takes them.

    Encoded once here and not in every story that holds it, which is half of the time that writing takes.
    """

    stored: str
    page: str
    words: int
    copied_stored: bytes
    copied_page: bytes
    image_id: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    block: Block
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Opening:
    block: Block
    excerpt: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that is stored and printed as it stands."""

    text: str
    words: int


@dataclass(frozen=True)
class Blocks:
    openings: tuple[Opening, ...]
    paragraphs: tuple[Block, ...]
    others: tuple[Block, ...]
    figures: tuple[Block, ...]
    headings: tuple[Heading, ...]
    # Of these every story makes a paragraph that is its own.
    remarks: tuple[Remark, ...]


def block(html: str, image_id: int | None = None) -> Block:
    """What the verbs would store and print of a body that is this block alone."""
    stored = number_parts(sanitise(html))
    made = prepared(stored, paper().language)
    return Block(
        stored, made.html, made.word_count, as_copied(stored), as_copied(made.html), image_id=image_id
    )


@cache
def minutes(words: int) -> int:
    return reading_minutes("a " * words, paper().language)


def make_blocks(rng: random.Random, names: Names, images: list[Image]) -> Blocks:
    sentences = take_apart()
    paragraphs = [block(f"<p>{escape(paragraph(sentences, names, rng))}</p>") for _ in range(PARAGRAPHS)]
    quotations = [block(quotation(sentences, names, rng)) for _ in range(QUOTATIONS)]
    lists = [block(a_list(sentences, names, rng)) for _ in range(LISTS)]
    return Blocks(
        openings=openings(paragraphs),
        paragraphs=tuple(paragraphs),
        others=(*quotations, *lists),
        figures=tuple(block(figure(image), image.pk) for image in images),
        headings=headings(sentences),
        remarks=tuple(
            Remark(each, word_count(each)) for run in sentences.runs for each in run if plain_enough(each)
        ),
    )


def paragraph(sentences: Sentences, names: Names, rng: random.Random) -> str:
    """Two to five sentences: mostly each followed by its own next one, now and then by any other."""
    run = rng.choice(sentences.runs)
    place = rng.randrange(len(run))
    found = []
    for _ in range(rng.choice((2, 3, 3, 4, 4, 5))):
        found.append(varied(run[place], names, rng))
        place += 1
        if place == len(run) or rng.random() < 0.4:
            run = rng.choice(sentences.runs)
            place = rng.randrange(len(run))
    return " ".join(found)


def quotation(sentences: Sentences, names: Names, rng: random.Random) -> str:
    words, source = rng.choice(sentences.quotations), f"{names.person()}, {names.place()}"
    return f"<blockquote><p>{escape(words)}</p><p><cite>{escape(source)}</cite></p></blockquote>"


def a_list(sentences: Sentences, names: Names, rng: random.Random) -> str:
    items = rng.sample(sentences.items, rng.randint(3, 5))
    return "<ul>" + "".join(f"<li>{escape(varied(item, names, rng))}</li>" for item in items) + "</ul>"


def figure(image: Image) -> str:
    return (
        f'<figure><img data-image="{image.pk}" alt="{escape(image.alt)}" width="{image.width}" '
        f'height="{image.height}"><figcaption>{escape(image.caption or image.alt)} '
        f"<cite>{escape(image.credit or 'The Newsroom')}</cite></figcaption></figure>"
    )


def openings(paragraphs: list[Block]) -> tuple[Opening, ...]:
    long_enough = [each for each in paragraphs if len(plain_text(each.stored)) > EXCERPT]
    return tuple(Opening(each, excerpt(each.stored)) for each in long_enough)


def headings(sentences: Sentences) -> tuple[Heading, ...]:
    """No two of them share an id, so that any may stand together."""
    found = {}
    for text in sentences.headings:
        made = block(f"<h2>{escape(text)}</h2>")
        (part,) = outline(made.stored)
        found.setdefault(part.id, Heading(made, part.id, part.heading))
    return tuple(found.values())


def plain_enough(sentence: str) -> bool:
    """No sign that HTML writes in another way, no address."""
    return not any(sign in sentence for sign in '&<>"\xa0/@') and word_count(sentence) < 40
