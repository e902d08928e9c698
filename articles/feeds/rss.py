"""RSS 2.0, with what readers' programs expect of it beside: whole texts, bylines, pictures."""

from collections.abc import Iterable
from email.utils import format_datetime
from html import escape

from django.utils import timezone

from articles.conf import paper
from articles.models.addresses.paths import FEED_TYPES
from articles.structured_data import machine_time
from articles.words.xml import DECLARATION, element, holding

from .entries import Entry, Picture
from .feed import Feed

CONTENT_TYPE = FEED_TYPES["rss"]
NAMES = {
    "xmlns_atom": "http://www.w3.org/2005/Atom",
    "xmlns_content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns_dc": "http://purl.org/dc/elements/1.1/",
    "xmlns_dcterms": "http://purl.org/dc/terms/",
    "xmlns_media": "http://search.yahoo.com/mrss/",
}


def write(feed: Feed, items: Iterable[str]) -> str:
    """`items` are the feed's entries as write_entry() writes them."""
    channel = holding("channel", f"\n{head(feed)}{''.join(items)}")
    return DECLARATION + holding("rss", channel, version="2.0", **NAMES)


def head(feed: Feed) -> str:
    return "".join(
        [
            element("title", feed.title),
            element("link", feed.home_address),
            element("description", escape(feed.description or feed.title, quote=False)),
            element("language", paper().language),
            element("lastBuildDate", when(feed.updated)) if feed.entries else "",
            element("atom:link", rel="self", type=CONTENT_TYPE, href=feed.address),
            element("atom:link", rel="hub", href=feed.hub) if feed.hub else "",
            element("generator", "Newsroom"),
        ]
    )


def write_entry(entry: Entry) -> str:
    return holding(
        "item",
        "\n"
        + element("title", entry.title)
        + element("link", entry.address)
        + element("guid", entry.id, isPermaLink="false")
        + element("pubDate", when(entry.published))
        + element("dcterms:modified", machine_time(entry.updated))
        + "".join(element("dc:creator", person.name) for person in entry.people)
        + "".join(element("category", name) for name in entry.categories)
        # HTML by definition.
        + element("description", escape(entry.summary, quote=False))
        + element("content:encoded", entry.html)
        + (media_content(entry.picture) if entry.picture else ""),
    )


def media_content(picture: Picture) -> str:
    said = [
        ("media:title", picture.caption),
        ("media:description", picture.alt),
        ("media:credit", picture.credit),
    ]
    return holding(
        "media:content",
        "".join(element(name, text) for name, text in said if text),
        url=picture.address,
        medium="image",
        type="image/jpeg",
        width=str(picture.width),
        height=str(picture.height),
    )


def when(moment):
    return format_datetime(timezone.localtime(moment))
