"""The texts of elements → records."""

from collections import Counter
from typing import Any

from articles.importers.wordpress.records import (
    Comment,
    CommentKind,
    Item,
    Label,
    Person,
    Place,
    RefusedItem,
    Site,
    Term,
)

from .clean import clean_name, clean_text

Fields = dict[str, str]
KINDS = {
    "1": CommentKind.APPROVED,
    "approve": CommentKind.APPROVED,
    "approved": CommentKind.APPROVED,
    "spam": CommentKind.SPAM,
    "trash": CommentKind.TRASH,
    "post-trashed": CommentKind.TRASH,
}


def site(fields: Fields) -> Site:
    return Site(
        title=clean_name(fields.get("title", "")),
        link=fields.get("link", "").strip(),
        description=clean_name(fields.get("description", "")),
        language=fields.get("language", "").strip(),
        version=fields.get("wp:wxr_version", "").strip(),
        base_site_url=fields.get("wp:base_site_url", "").strip(),
        base_blog_url=fields.get("wp:base_blog_url", "").strip(),
        generator=fields.get("generator", "").strip(),
    )


def person(fields: Fields) -> Person:
    return Person(
        login=clean_name(fields.get("wp:author_login", "")),
        author_id=number(fields.get("wp:author_id", "")),
        display_name=clean_name(fields.get("wp:author_display_name", "")),
        first_name=clean_name(fields.get("wp:author_first_name", "")),
        last_name=clean_name(fields.get("wp:author_last_name", "")),
        description=clean_text(fields.get("wp:author_description", "")).strip(),
    )


def category(fields: Fields, meta: list[tuple[str, str]]) -> Term:
    return term("category", fields, meta, "wp:category_nicename", "wp:cat_name", "wp:category_")


def tag(fields: Fields, meta: list[tuple[str, str]]) -> Term:
    return term("post_tag", fields, meta, "wp:tag_slug", "wp:tag_name", "wp:tag_")


def other_term(fields: Fields, meta: list[tuple[str, str]]) -> Term:
    taxonomy = clean_name(fields.get("wp:term_taxonomy", ""))
    return term(taxonomy, fields, meta, "wp:term_slug", "wp:term_name", "wp:term_")


def term(
    taxonomy: str, fields: Fields, meta: list[tuple[str, str]], slug: str, name: str, begin: str
) -> Term:
    return Term(
        taxonomy=taxonomy,
        slug=clean_name(fields.get(slug, "")),
        name=clean_name(fields.get(name, "")),
        parent=clean_name(fields.get(f"{begin}parent", "")),
        description=clean_text(fields.get(f"{begin}description", "")).strip(),
        term_id=number(fields.get("wp:term_id", "")),
        meta=tuple(meta),
    )


def label(attributes: Fields, text: str) -> Label:
    """A category of the oldest files has its name only."""
    return Label(
        domain=attributes.get("domain", "").strip(),
        slug=clean_name(attributes.get("nicename", "")),
        name=clean_name(text),
    )


def comment(fields: Fields) -> Comment:
    return Comment(
        comment_id=number(fields.get("wp:comment_id", "")),
        kind=kind_of(fields),
        parent=number(fields.get("wp:comment_parent", "")),
        name=clean_name(fields.get("wp:comment_author", "")),
        date=fields.get("wp:comment_date", "").strip(),
        date_gmt=fields.get("wp:comment_date_gmt", "").strip(),
        text=clean_text(fields.get("wp:comment_content", "")),
    )


def kind_of(fields: Fields) -> CommentKind:
    """Notices of other sites count as such, whatever was thought of them."""
    if fields.get("wp:comment_type", "").strip() in ("pingback", "trackback"):
        return CommentKind.PINGBACK
    return KINDS.get(fields.get("wp:comment_approved", "").strip(), CommentKind.WAITING)


def item(place: Place, fields: Fields, parts: dict[str, list[Any]], comments: Counter[CommentKind]) -> Item:
    get = fields.get
    return Item(
        place=place,
        post_id=number(get("wp:post_id", "")),
        type=clean_name(get("wp:post_type", "")),
        status=clean_name(get("wp:status", "")),
        title=clean_text(get("title", "")).strip(),
        link=get("link", "").strip(),
        guid=get("guid", "").strip(),
        slug=clean_name(get("wp:post_name", "")),
        creator=clean_name(get("dc:creator", "")),
        body=clean_text(get("content:encoded", "")),
        excerpt=clean_text(get("excerpt:encoded", "")).strip(),
        date=get("wp:post_date", "").strip(),
        date_gmt=get("wp:post_date_gmt", "").strip(),
        modified=get("wp:post_modified", "").strip(),
        modified_gmt=get("wp:post_modified_gmt", "").strip(),
        pub_date=get("pubDate", "").strip(),
        parent=number(get("wp:post_parent", "")),
        menu_order=whole(get("wp:menu_order", "")),
        is_sticky=get("wp:is_sticky", "").strip() == "1",
        has_password=bool(get("wp:post_password", "").strip()),
        attachment_url=get("wp:attachment_url", "").strip(),
        labels=tuple(parts["labels"]),
        meta=tuple(parts["meta"]),
        comments=dict(comments),
        notes=tuple(parts["notes"]),
    )


def refused_item(place: Place, fields: Fields, note: Any) -> RefusedItem:
    return RefusedItem(
        place=place,
        note=note,
        post_id=number(fields.get("wp:post_id", "")),
        type=clean_name(fields.get("wp:post_type", "")),
        title=clean_text(fields.get("title", "")).strip()[:200],
        link=fields.get("link", "").strip(),
    )


def number(text: str) -> str:
    """An id, without zeros before it; empty for 0 and for what is no number."""
    text = text.strip()
    return text.lstrip("0") if text.isascii() and text.isdigit() and len(text) < 20 else ""


def whole(text: str) -> int:
    text = text.strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
