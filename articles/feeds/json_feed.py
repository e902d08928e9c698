"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from collections.abc import Iterable
from typing import Any

from articles.conf import paper
from articles.models.addresses.paths import FEED_TYPES
from articles.structured_data import machine_time
from articles.words.xml import without_unfit

from .entries import Entry
from .feed import Feed

CONTENT_TYPE = FEED_TYPES["json"]


def write(feed: Feed, items: Iterable[str]) -> str:
    """`items` are the feed's entries as write_entry() writes them."""
    return f'{head(feed)[:-1]},"items":[{",".join(items)}]}}\n'


def head(feed: Feed) -> str:
    return as_text(values(feed))


def write_entry(entry: Entry) -> str:
    return as_text(entry_values(entry))


def as_text(values: dict[str, Any]) -> str:
    return json.dumps(cleaned(values), ensure_ascii=False, separators=(",", ":"))


def cleaned(value: Any) -> Any:
    """Without control characters, as in the other formats: JSON can write them, but programs stumble."""
    if isinstance(value, dict):
        return {name: cleaned(each) for name, each in value.items()}
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    return without_unfit(value) if isinstance(value, str) else value


def values(feed: Feed) -> dict[str, Any]:
    return without_empty(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.home_address,
            "feed_url": feed.address,
            "description": feed.description,
            "language": paper().language,
            "authors": [{"name": paper().name, "url": f"{paper().url}/"}],
            "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
        }
    )


def entry_values(entry: Entry) -> dict[str, Any]:
    picture = entry.picture
    return without_empty(
        {
            "id": entry.id,
            "url": entry.address,
            "title": entry.title,
            "content_html": entry.html,
            "summary": entry.summary,
            "image": picture and picture.address,
            "date_published": machine_time(entry.published),
            "date_modified": machine_time(entry.updated),
            "authors": [{"name": person.name, "url": person.address} for person in entry.people],
            "tags": list(entry.categories),
            "language": entry.language,
            # A format has no place for these; names with an underscore are everybody's own.
            "_media": picture
            and without_empty(
                {
                    "url": picture.address,
                    "width": picture.width,
                    "height": picture.height,
                    "alt": picture.alt,
                    "caption": picture.caption,
                    "credit": picture.credit,
                }
            ),
        }
    )


def without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
