"""What the media library says of a file: its names in all sizes, its words, who made it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from articles.importers.wordpress.reading.php import Unreadable, Value, is_serialised, unserialised
from articles.importers.wordpress.records import Attachment, Item

from .own import facts_of
from .wording import plain

METADATA = "_wp_attachment_metadata"
# Where plugins keep the credit, in the order in which they are believed.
CREDITS = ("_media_credit", "_wp_attachment_source_name", "_navis_media_credit_org")


def attachment_of(item: Item) -> Attachment:
    """Its title is never used as a text: it is the name of the file as a rule."""
    metadata, own = metadata_of(item), facts_of(item)
    found = Attachment(
        post_id=item.post_id,
        url=item.attachment_url or item.guid,
        title=item.title,
        link=item.link,
        slug=item.slug,
        parent=item.parent,
        menu_order=item.menu_order,
        file=item.last_meta("_wp_attached_file") or text(metadata.get("file")),
        sizes=sizes_of(metadata),
        width=number(metadata.get("width")),
        height=number(metadata.get("height")),
        alt=plain(item.last_meta("_wp_attachment_image_alt")),
        caption=item.excerpt,
        description=item.body,
        credit=credit_of(item, metadata),
    )
    return found if own is None else replace(found, is_own=True, **words_of(own))


def words_of(own: Mapping[str, Any]) -> dict[str, str]:
    """What a newsroom says of its own picture."""
    return {name: text(own.get(name)) for name in ("alt", "caption", "credit")}


def metadata_of(item: Item) -> dict[str | int, Value]:
    """Empty if there are none or they cannot be read."""
    value = item.last_meta(METADATA)
    try:
        return table(unserialised(value)) if is_serialised(value) else {}
    except Unreadable:
        return {}


def sizes_of(metadata: dict[str | int, Value]) -> tuple[str, ...]:
    """The names of the smaller files and of the one that was uploaded, which lie in the same folder."""
    sizes = [text(table(size).get("file")) for size in table(metadata.get("sizes")).values()]
    names = dict.fromkeys([*sizes, text(metadata.get("original_image"))])
    return tuple(name for name in names if name and "/" not in name)


def credit_of(item: Item, metadata: dict[str | int, Value]) -> str:
    picture = table(metadata.get("image_meta"))
    found = [*map(item.last_meta, CREDITS), text(picture.get("credit")), text(picture.get("copyright"))]
    return next((plain(credit) for credit in found if credit.strip()), "")


def table(value: Value) -> dict[str | int, Value]:
    return value if isinstance(value, dict) else {}


def text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def number(value: Value) -> int:
    """Older versions have it as text."""
    digits = str(value) if isinstance(value, int | str) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 0
