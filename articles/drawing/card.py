"""A picture for links to an article that has none: the paper's name and the headline.

Its address is signed like that of a rendition and has the same form, so file servers hand a request on:

    renditions/12/h12345-5f0c9a1e-Zk3vQ0aXb1Lw/1200x630.jpg
               │   │     │        └ signature of number and version
               │   │     └ version: changes with the headline, the paper's name and our way of drawing
               │   └ the article's number
               └ thousands, as for pictures

It is drawn when somebody asks for it, and not stored: a story that is withdrawn leaves nothing behind.
"""

import base64
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from PIL import Image, ImageDraw

from articles.conf import paper

from .colours import ACCENT, INK, PAPER, RULE
from .fonts import at_size, font_for
from .lines import broken, in_lines

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
# The largest of these in which the headline has no more lines than fit.
SIZES = (84, 76, 68, 60, 52, 46, 40, 36)
LINE = 1.16  # of the font's size
NAME_SIZE, ALONE_SIZE = 40, 110
TOP, BOTTOM = 170, 540
# To be raised whenever the drawing changes: other sites keep pictures by their addresses.
RECIPE = 1
SIGNATURE_BYTES = 9


@dataclass(frozen=True, slots=True)
class Card:
    """`name`: the paper's. `direction`: "ltr" or "rtl", that of the headline."""

    article_id: int
    headline: str
    direction: str
    name: str

    @property
    def key(self) -> str:
        text = f"{RECIPE} {self.name}\n{self.direction} {self.headline}"
        return sha256(text.encode()).hexdigest()[:8]

    @property
    def version(self) -> str:
        return f"{self.key}-{sign(self.article_id, self.key)}"

    @property
    def path(self) -> str:
        """Under the media root, like that of a rendition."""
        number = self.article_id
        return f"renditions/{number // 1000}/h{number}-{self.version}/{WIDTH}x{HEIGHT}.jpg"


def card_of(article_id: int, headline: str, direction: str) -> Card:
    return Card(article_id, headline, direction, paper().name)


def sign(article_id: int, key: str) -> str:
    digest = salted_hmac(
        "articles.drawing", f"{article_id} {key}", secret=settings.SECRET_KEY, algorithm="sha256"
    ).digest()
    return base64.urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()


def is_signed(article_id: int, version: str) -> bool:
    key, _, signature = version.partition("-")
    return constant_time_compare(signature, sign(article_id, key))


@lru_cache(maxsize=64)
def draw_card(card: Card) -> bytes:
    """As JPEG. A headline in a script for which there is no font gives way to the paper's name."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle([MARGIN, 56, WIDTH - MARGIN, 61], fill=INK)
    draw.rectangle([MARGIN, HEIGHT - 64, WIDTH - MARGIN, HEIGHT - 60], fill=ACCENT)
    of_name, of_headline = font_for(card.name), font_for(card.headline)
    if of_headline:
        if of_name:
            write(draw, [card.name], of_name, NAME_SIZE, "ltr", top=82)
            draw.rectangle([MARGIN, 142, WIDTH - MARGIN, 143], fill=RULE)
        size, lines = fitting(card.headline, of_headline)
        room = BOTTOM - TOP - len(lines) * size * LINE
        write(draw, lines, of_headline, size, card.direction, top=TOP + max(0, room) / 2)
    elif of_name:
        size, lines = fitting(card.name, of_name, largest=ALONE_SIZE)
        top = (HEIGHT - len(lines) * size * LINE) / 2
        write(draw, lines, of_name, size, "centred", top=top)
    buffer = BytesIO()
    # Letters have crisp edges, so colour is kept at full resolution.
    image.save(buffer, "JPEG", quality=88, subsampling="4:4:4", optimize=True)
    return buffer.getvalue()


def fitting(text: str, file: Path, *, largest: int = SIZES[0]) -> tuple[int, list[str]]:
    """The size and the lines. What does not fit in the smallest size either is cut."""
    for size in (largest, *SIZES):
        font, most = at_size(file, size), int((BOTTOM - TOP) / (size * LINE))
        lines = broken(text, font, WIDTH - 2 * MARGIN)
        if len(lines) <= most:
            return size, in_lines(text, font, WIDTH - 2 * MARGIN)
    last = lines[most - 1]
    while font.getlength(f"{last} …") > WIDTH - 2 * MARGIN:
        last = last[:-1]
    return size, [*lines[: most - 1], f"{last} …"]


def write(
    draw: ImageDraw.ImageDraw, lines: list[str], file: Path, size: int, direction: str, *, top: float
) -> None:
    font = at_size(file, size)
    for number, line in enumerate(lines):
        length = font.getlength(line)
        left = {
            "ltr": MARGIN,
            "rtl": WIDTH - MARGIN - length,
            "centred": (WIDTH - length) / 2,
        }[direction]
        draw.text((left, top + number * size * LINE), line, font=font, fill=INK)
