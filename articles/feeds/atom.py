"""Atom 1.0 (RFC 4287)."""

import re
from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from articles.conf import paper
from articles.models.addresses.paths import FEED_TYPES
from articles.structured_data import machine_time
from articles.words.xml import DECLARATION, element, holding

from .entries import Entry, Person
from .feed import Feed
from .rss import media_content

CONTENT_TYPE = FEED_TYPES["atom"]
NAMES = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns_media": "http://search.yahoo.com/mrss/"}
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def write(feed: Feed, entries: Iterable[str]) -> str:
    """`entries` are the feed's as write_entry() writes them."""
    inner = f"\n{head(feed)}{''.join(entries)}"
    return DECLARATION + holding("feed", inner, xml_lang=paper().language, **NAMES)


def head(feed: Feed) -> str:
    return "".join(
        [
            element("id", feed.id),
            element("title", feed.title),
            element("subtitle", feed.description) if feed.description else "",
            element("updated", machine_time(feed.updated)),
            # Of entries without a byline.
            holding("author", element("name", paper().name) + element("uri", paper().url + "/")),
            element("link", rel="alternate", type="text/html", href=feed.home_address),
            element("link", rel="self", type=CONTENT_TYPE, href=feed.address),
            element("link", rel="hub", href=feed.hub) if feed.hub else "",
            element("generator", "Newsroom"),
        ]
    )


def write_entry(entry: Entry) -> str:
    return holding(
        "entry",
        "\n"
        + element("id", id_of(entry))
        + element("title", entry.title)
        + element("link", rel="alternate", type="text/html", href=entry.address)
        + element("published", machine_time(entry.published))
        + element("updated", machine_time(entry.updated))
        + people(entry)
        + "".join(element("category", term=name) for name in entry.categories)
        + (element("summary", entry.summary) if entry.summary else "")
        + element("content", entry.html, type="html", xml_lang=entry.language)
        + (media_content(entry.picture) if entry.picture else ""),
        xml_lang=entry.language,
    )


def id_of(entry: Entry) -> str:
    """An id of Atom is an address of some kind. A guid of RSS may be any text, and is made one here."""
    return entry.id if IRI.fullmatch(entry.id) else uuid5(NAMESPACE_URL, entry.id).urn


def people(entry: Entry) -> str:
    """Who wrote it, and who did something else for it. If nobody wrote it, the others are its authors."""
    wrote = [person for person in entry.people if not person.role] or entry.people
    named = [("author" if each in wrote else "contributor", each) for each in entry.people]
    return "".join(person_element(name, person) for name, person in named)


def person_element(name: str, person: Person) -> str:
    return holding(name, element("name", person.name) + element("uri", person.address))
