"""The demo's texts, taken apart into sentences, quotations, list items and headings."""

import html
import random
import re
from dataclasses import dataclass

from articles.management.demo.reading import read_texts

from .names import FIRST, PLACES, Names

PARAGRAPH = re.compile(r"^<p>(.*)</p>$", re.M)
QUOTED = re.compile(r"<blockquote><p>(.*?)</p>", re.S)
ITEM = re.compile(r"<li>(.*?)</li>", re.S)
HEADING = re.compile(r"<h2>(.*?)</h2>")
TAG = re.compile(r"<[^>]+>")
SENTENCE_END = re.compile(r"(?<=[.?!”])\s+(?=[“A-Z])")
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\w,])")
PERSON = re.compile(r"\b(?:(Mr|Ms|Mrs|Dr|Professor|Sir) )?([A-Z][a-zé]{2,}) ([A-Z][a-zé]{2,})\b")
TITLED = re.compile(r"\b(Mr|Ms|Mrs|Dr|Professor) ([A-Z][a-zé]{2,})\b")
NOT_PEOPLE = {word for place in PLACES for word in place.split()} | set(
    "The This That Number Line Court Coast Office Civic Union Rural League National Museum University Land "
    "Street Road Row House Hall Assembly Reserve Common Ground Treasury Northline Lisk Water Steel Mutual "
    "Marine Parade Tollgate Comet Treaty Second Far First Last North South New Old Saint".split()
)


@dataclass(frozen=True)
class Sentences:
    """`runs` are sentences in the order in which they stood, a list for each article."""

    runs: tuple[tuple[str, ...], ...]
    quotations: tuple[str, ...]
    items: tuple[str, ...]
    headings: tuple[str, ...]


def take_apart() -> Sentences:
    bodies = [text.body for text in read_texts() if text.language in ("", "en-gb")]
    headings = {plain(found) for body in bodies for found in HEADING.findall(body)}
    return Sentences(
        runs=tuple(run for run in map(sentences_of, bodies) if len(run) > 3),
        quotations=tuple(plain(found) for body in bodies for found in QUOTED.findall(body)),
        items=tuple(plain(found) for body in bodies for found in ITEM.findall(body)),
        headings=tuple(sorted(headings)),
    )


def plain(text: str) -> str:
    return html.unescape(TAG.sub("", text)).strip()


def sentences_of(body: str) -> tuple[str, ...]:
    paragraphs = [plain(found) for found in PARAGRAPH.findall(body)]
    found = [sentence for each in paragraphs for sentence in SENTENCE_END.split(each)]
    return tuple(each for each in found if 25 <= len(each) <= 320 and each.count("“") == each.count("”"))


def varied(sentence: str, names: Names, rng: random.Random) -> str:
    """The sentence with other people and other numbers in it."""
    sentence = PERSON.sub(lambda found: another_person(found, names), sentence)
    sentence = TITLED.sub(lambda found: f"{found[1]} {names.surname()}", sentence)
    return NUMBER.sub(lambda found: another_number(found[0], rng), sentence)


def another_person(found: re.Match, names: Names) -> str:
    title, first, last = found.groups()
    if first in NOT_PEOPLE or last in NOT_PEOPLE or (not title and first not in FIRST):
        return found[0]
    return f"{title} {names.surname()}" if title else names.person()


def another_number(number: str, rng: random.Random) -> str:
    """Of about the same size; years stay years."""
    value = float(number.replace(",", ""))
    if "." in number:
        return f"{value * rng.uniform(0.5, 2):.1f}"
    if len(number) == 4 and 1800 <= value <= 2100:
        return str(rng.randint(1890, 2024))
    return f"{max(2, round(value * rng.uniform(0.4, 2.5))):,}"
