"""Numbers and names in an export. They stay the same from one export to the next, so that an importer that
has had the one before knows what is new."""

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from articles.models import Article, Author, Document, Image, Page, Section, Tag

# WordPress counts everything in one row.
POSTS = {Article: 0, Page: 1, Image: 2, Author: 3, Document: 4}
TERMS = {Section: 0, Tag: 1, Author: 2}
LOGIN = re.compile(r"[a-z0-9_-]{1,60}")
# Co-Authors Plus puts this before the name of an author.
CAP = "cap-"


def post_id(thing: Article | Page | Image | Author | Document) -> int:
    return thing.pk * len(POSTS) + POSTS[type(thing)]


def image_id(number: int) -> int:
    return number * len(POSTS) + POSTS[Image]


def term_id(thing: Section | Tag | Author) -> int:
    return thing.pk * len(TERMS) + TERMS[type(thing)]


def slug(text: str) -> str:
    """As WordPress stores it: letters beyond ASCII are percent-encoded, in small letters."""
    return text if text.isascii() else quote(text, safe="-_").lower()


def login(author: Author) -> str:
    """WordPress takes no letters beyond ASCII in one."""
    return author.slug if LOGIN.fullmatch(author.slug) else f"author-{author.pk}"


def html(text: str) -> str:
    """WordPress takes titles, names and excerpts for HTML."""
    return escape(text, quote=False)


def categories(sections: Iterable[Section]) -> dict[int, str]:
    """The slug of each section as a category. There all have one space, and here each department has its own:
    a slug that is taken is followed by that of the department, as WordPress does it."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    for section in sections:
        wanted = section.slug
        if wanted in taken and section.parent:
            wanted = f"{section.slug}-{section.parent.slug}"
        start, number = wanted, 1
        while wanted in taken:
            number += 1
            wanted = f"{start}-{number}"
        taken.add(wanted)
        found[section.pk] = wanted
    return found
