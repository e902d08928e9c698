"""One article after another: blocks in a row, and all that the publishing verbs keep of them."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from articles.body import word_count
from articles.publishing.article.content.slugs import slug_from

from .blocks import Block, Blocks, minutes
from .headlines import headline, standfirst
from .names import Names, one_of
from .tables import NEW_LINE, Copied

MEDIAN_WORDS, SPREAD = 600, 0.5
SHORTEST, LONGEST = 90, 5000
OWN_WORDS = word_count(
    "That, at any rate, is how Ada Holt, 19, of , tells it; the Holt inquiry, which sat for 2 days and cost "
    "2 crowns, put it otherwise."
)


@dataclass(frozen=True)
class Cast:
    """Numbers of what the stories refer to. A section comes with its department."""

    sections: tuple[tuple[int, int], ...]
    authors: tuple[int, ...]
    tags: tuple[int, ...]
    images: tuple[int, ...]


@dataclass(slots=True)
class Story:
    """An article's columns that differ from story to story, and its rows in other tables."""

    at: datetime.datetime
    day: datetime.date
    headline: str
    slug: str
    kicker: str
    standfirst: str
    parts: list[Block]
    contents: list[list[str]]
    excerpt: str
    word_count: int
    reading_minutes: int
    section_id: int
    department_id: int
    lead_image_id: int | None
    authors: list[int]
    tags: list[int]
    pictures: list[int]

    @property
    def body(self) -> str:
        return "\n".join([part.stored for part in self.parts])

    @property
    def prepared_body(self) -> str:
        return "\n".join([part.page for part in self.parts])

    def copied_bodies(self) -> tuple[Copied, Copied]:
        """Both of them as COPY takes them; without pictures they are the same."""
        body = Copied(NEW_LINE.join([part.copied_stored for part in self.parts]))
        if not self.pictures:
            return body, body
        return body, Copied(NEW_LINE.join([part.copied_page for part in self.parts]))


class Stories:
    """Writes stories; the same seed writes the same ones."""

    def __init__(self, rng: random.Random, names: Names, blocks: Blocks, cast: Cast) -> None:
        self.rng, self.names, self.blocks, self.cast = rng, names, blocks, cast
        self.zone = timezone.get_current_timezone()
        # The first tags and authors of the list turn up most often.
        self.tag_weights = [1 / (place + 3) for place in range(len(cast.tags))]
        self.author_weights = [1 / (place + 4) for place in range(len(cast.authors))]

    def story(self, at: datetime.datetime) -> Story:
        rng, cast = self.rng, self.cast
        parts, contents = self.parts()
        title = headline(rng, self.names)
        section_id, department_id = one_of(cast.sections, rng)
        opening = one_of(self.blocks.openings, rng)
        parts = [opening.block, self.own_paragraph(), *parts]
        words = sum(part.words for part in parts)
        return Story(
            at=at,
            day=at.astimezone(self.zone).date(),
            headline=title,
            slug=slug_from(title),
            kicker=one_of(("Analysis", "Explained", "Comment"), rng) if rng.random() < 0.12 else "",
            standfirst=standfirst(rng, self.names),
            parts=parts,
            contents=contents if len(contents) > 2 else [],
            excerpt=opening.excerpt,
            word_count=words,
            reading_minutes=minutes(words),
            section_id=section_id,
            department_id=department_id,
            lead_image_id=one_of(cast.images, rng) if cast.images and rng.random() < 0.7 else None,
            authors=self.some(cast.authors, self.author_weights, 2 if rng.random() < 0.25 else 1),
            tags=self.some(cast.tags, self.tag_weights, rng.randint(2, 4)),
            pictures=[part.image_id for part in parts if part.image_id],
        )

    def some(self, numbers: tuple[int, ...], weights: list[float], count: int) -> list[int]:
        if not numbers:
            return []
        return list(dict.fromkeys(self.rng.choices(numbers, weights, k=count)))

    def parts(self) -> tuple[list[Block], list[list[str]]]:
        """What follows the opening: paragraphs, every few of them under a heading, now and then more."""
        rng, blocks = self.rng, self.blocks
        wanted = min(LONGEST, max(SHORTEST, MEDIAN_WORDS * 2.718 ** rng.gauss(0, SPREAD)))
        paragraphs = rng.choices(blocks.paragraphs, k=max(0, round(wanted / 58) - 2))
        parts: list[Block] = list(paragraphs)
        if len(parts) > 3 and rng.random() < 0.5:
            parts.insert(rng.randrange(1, len(parts)), one_of(blocks.others, rng))
        if blocks.figures and len(parts) > 3 and rng.random() < 0.15:
            parts.insert(rng.randrange(1, len(parts)), one_of(blocks.figures, rng))
        count = min(9, len(parts) // 3) if rng.random() < 0.6 else 0
        chosen = rng.sample(blocks.headings, count)
        for number, heading in enumerate(chosen):
            parts.insert(number + number * len(paragraphs) // count, heading.block)
        return parts, [[heading.id, heading.text] for heading in chosen]

    def own_paragraph(self) -> Block:
        """A paragraph that no other story has, with names that few have."""
        names, whole = self.names, self.whole
        first, second = one_of(self.blocks.remarks, self.rng), one_of(self.blocks.remarks, self.rng)
        place = names.place()
        html = (
            f"<p>{first.text} That, at any rate, is how {names.person()}, {whole(19, 93)}, of {place}, tells "
            f"it; the {names.surname()} inquiry, which sat for {whole(2, 400)} days and cost "
            f"{whole(2, 9999):,} crowns, put it otherwise. {second.text}</p>"
        )
        # A person is two words; what stands between the names and numbers is OWN_WORDS long.
        words = first.words + second.words + OWN_WORDS + 1 + place.count(" ")
        copied = html.encode()
        return Block(html, html, words, copied, copied)

    def whole(self, least: int, most: int) -> int:
        return least + int(self.rng.random() * (most - least + 1))


def times(count: int, now: datetime.datetime, rng: random.Random) -> Iterator[datetime.datetime]:
    """When each was published, oldest first: about 140 a day up to now, over two years at least."""
    days = max(730.0, count / 140)
    step = datetime.timedelta(days=days) / max(1, count)
    for number in range(count, 0, -1):
        yield (now - step * (number - rng.random() * 0.98)).replace(microsecond=0)
