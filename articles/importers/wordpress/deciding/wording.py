"""Headline, slug and standfirst of an item, out of what WordPress has in their place."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes, urlsplit

from articles.body.incoming.characters import unescaped
from articles.importers.wordpress.reading.clean import clean_name
from articles.importers.wordpress.records import Item
from articles.importers.wordpress.text.languages import one_language
from articles.words.slugs import WORD, slug_of

# Comments too, as blocks have them: no > stands in those.
TAG = re.compile(r"<[!/a-z][^<>]*>", re.IGNORECASE)
SPACES = re.compile(r"\s+")
# A shortcode or what one leaves: its own brackets, and not those of prose.
SHORTCODE = re.compile(r"\[/?[a-z][\w-]*(?: [^\[\]<>]*)?/?\]")
SENTENCE = re.compile(r".+?[.!?…](?=\s|$)", re.DOTALL)
NOT_IN_SLUGS = re.compile(f"[^{WORD}-]+")
CUT_OFF = ("[…]", "[...]", "[&hellip;]", "[&#8230;]")
# How much of a body is looked at for its first sentence, and how long that may be.
BEGINNING = 4_000
SENTENCE_LENGTH = 80
SHORT = 200


@dataclass(frozen=True, slots=True)
class Headline:
    text: str
    # Made from the text, because the item had none.
    is_made: bool = False


@dataclass(frozen=True, slots=True)
class Standfirst:
    standfirst: str = ""
    # What is too close to the text to stand above it.
    description: str = ""


def plain(text: str) -> str:
    """Text without tags, in one line. Entities are decoded twice at most: titles are often encoded twice."""
    text = TAG.sub(" ", text) if "<" in text else text
    for _ in range(2):
        if "&" in text:
            text = unescaped(text)
    return SPACES.sub(" ", text).strip()


def plain_lines(text: str) -> str:
    """Text without tags; its lines stay."""
    return "\n".join(map(plain, text.splitlines())).strip()


def headline_of(item: Item, language: str = "") -> Headline:
    """`language` is the one that is taken of an item in several."""
    text = clean_name(plain(one_language(item.title, language)))
    if text:
        return Headline(text)
    return Headline(first_sentence(one_language(item.body or item.excerpt, language)), is_made=True)


def first_sentence(body: str) -> str:
    text = beginning(body)
    match = SENTENCE.match(text)
    text = match[0] if match else text
    if len(text) <= SENTENCE_LENGTH:
        return text
    whole = text[:SENTENCE_LENGTH].rpartition(" ")[0]
    return f"{(whole or text[: SENTENCE_LENGTH - 1]).rstrip(',;:–—-')}…"


def beginning(body: str) -> str:
    return plain(SHORTCODE.sub(" ", body[:BEGINNING]))


def slug_from(text: str) -> str:
    """A slug as WordPress writes it, decoded: in small letters, with hyphens for dots and spaces.

    One that was cut inside a character loses that character.
    """
    return slug_of_short(text) if len(text) <= SHORT else decoded_slug(text)


# Those of categories and tags come again with each article.
@lru_cache(maxsize=4096)
def slug_of_short(text: str) -> str:
    return decoded_slug(text)


def decoded_slug(text: str) -> str:
    text = unquote_to_bytes(text).decode(errors="ignore") if "%" in text else text
    text = clean_name(unicodedata.normalize("NFC", text)).lower()
    text = NOT_IN_SLUGS.sub("", re.sub(r"[.\s]+", "-", text))
    return re.sub(r"-{2,}", "-", text).strip("-")


def slug_of_item(item: Item, headline: str) -> str:
    """Its own slug; else the last part of its address, the words of its headline, or its number."""
    return (
        slug_from(item.slug) or slug_from(last_part(item.link)) or slug_of(headline) or f"post-{item.post_id}"
    )


def last_part(link: str) -> str:
    """Empty if the address names the item by its number."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return "" if parts.query else parts.path.rstrip("/").rpartition("/")[2]


def standfirst_of(item: Item, language: str = "") -> Standfirst:
    """The excerpt, unless WordPress or somebody made it out of the beginning of the text."""
    excerpt = one_language(item.excerpt, language)
    text = plain(excerpt)
    is_cut = excerpt.rstrip().endswith(CUT_OFF) or text.endswith(CUT_OFF)
    if is_cut:
        text = re.sub(r"\s*\[(…|\.\.\.)\]$", "…", text)
    if text and (is_cut or words(beginning(one_language(item.body, language))).startswith(words(text))):
        return Standfirst(description=text)
    return Standfirst(standfirst=text)


def words(text: str) -> str:
    """Only letters and digits, so that spaces and quotes make no difference."""
    return re.sub(r"[\W_]+", "", text).casefold()
