"""The elements of an export that mean something here: what each holds, and whose text is wanted."""

from dataclasses import dataclass

from . import build


@dataclass(frozen=True, slots=True)
class Kind:
    """What an element holds: fields, whose text is collected, and elements that hold others again."""

    name: str
    fields: frozenset[str]
    holds: frozenset[str] = frozenset()


def kind(name: str, fields: str, holds: str = "") -> Kind:
    return Kind(name, frozenset(fields.split()), frozenset(holds.split()))


PERSON = (
    "wp:author_login wp:author_id wp:author_display_name wp:author_first_name wp:author_last_name"
    " wp:author_description"
)
KINDS = {
    each.name: each
    for each in (
        # The document itself.
        kind("", "", "rss"),
        kind("rss", "", "channel"),
        kind(
            "channel",
            "title link description language generator wp:wxr_version wp:base_site_url wp:base_blog_url",
            "item wp:author wp:wp_author wp:category wp:tag wp:term",
        ),
        kind(
            "item",
            "title link guid pubDate dc:creator content:encoded excerpt:encoded category wp:post_id"
            " wp:post_date wp:post_date_gmt wp:post_modified wp:post_modified_gmt wp:post_name wp:status"
            " wp:post_parent wp:menu_order wp:post_type wp:post_password wp:is_sticky wp:attachment_url",
            "wp:postmeta wp:comment",
        ),
        kind("wp:author", PERSON),
        kind("wp:wp_author", PERSON),
        kind(
            "wp:category",
            "wp:category_nicename wp:cat_name wp:category_parent wp:category_description wp:term_id",
            "wp:termmeta",
        ),
        kind("wp:tag", "wp:tag_slug wp:tag_name wp:tag_description wp:term_id", "wp:termmeta"),
        kind(
            "wp:term",
            "wp:term_taxonomy wp:term_slug wp:term_name wp:term_parent wp:term_description wp:term_id",
            "wp:termmeta",
        ),
        kind("wp:postmeta", "wp:meta_key wp:meta_value"),
        kind("wp:termmeta", "wp:meta_key wp:meta_value"),
        kind(
            "wp:comment",
            "wp:comment_id wp:comment_author wp:comment_date wp:comment_date_gmt wp:comment_content"
            " wp:comment_approved wp:comment_type wp:comment_parent",
        ),
    )
}
PEOPLE = {"wp:author", "wp:wp_author"}
TERMS = {"wp:category": build.category, "wp:tag": build.tag, "wp:term": build.other_term}
