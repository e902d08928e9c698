"""The head of an export: the site, its people, its categories and tags."""

from collections.abc import Iterator

from articles.conf import paper
from articles.exporters.rows import Lists
from articles.exporters.snapshot import each
from articles.models import Author, Section, Tag
from articles.words import xml

from . import names
from .markup import NAMESPACES, cdata, element, holding, meta

# By this our importer knows that a newsroom has written the file.
GENERATOR = "Newsroom"


def head(lists: Lists, categories: dict[int, str]) -> Iterator[str]:
    declared = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    about = paper()
    yield f'<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" {declared}>\n<channel>\n'
    yield element("title", about.name) + element("link", about.url) + element("description", about.tagline)
    yield element("language", about.language) + "<wp:wxr_version>1.2</wp:wxr_version>\n"
    # Where PHP has no XML parser, WordPress takes these two as they stand, with the signs of CDATA.
    yield xml.element("wp:base_site_url", about.url) + xml.element("wp:base_blog_url", about.url)
    yield element("generator", GENERATOR)
    yield from map(person, lists.authors.values())
    yield from (category(section, categories) for section in lists.ordered_sections())
    for tag in each(Tag.objects.all()):
        yield tag_term(tag)
    yield from map(co_author, lists.authors.values())


def person(author: Author) -> str:
    """WordPress makes an account of each, unless the operator names one that is there. No e-mail address is
    known here. It stands in one line: where PHP has no XML parser, WordPress reads line by line, and looks
    for the whole of an author in each."""
    person = holding(
        "wp:author",
        f"<wp:author_id>{author.pk}</wp:author_id>\n",
        element("wp:author_login", names.login(author)),
        element("wp:author_email", ""),
        element("wp:author_display_name", author.name),
        element("wp:author_first_name", ""),
        element("wp:author_last_name", ""),
    )
    return person.replace("\n", "") + "\n"


def category(section: Section, categories: dict[int, str]) -> str:
    slug = categories[section.pk]
    own = meta("_newsroom_slug", section.slug, "wp:termmeta") if slug != section.slug else ""
    return holding(
        "wp:category",
        f"<wp:term_id>{names.term_id(section)}</wp:term_id>\n",
        element("wp:category_nicename", names.slug(slug)),
        element("wp:category_parent", names.slug(categories[section.parent_id]) if section.parent_id else ""),
        element("wp:cat_name", names.html(section.name)),
        element("wp:category_description", names.html(section.description)),
        own,
    )


def tag_term(tag: Tag) -> str:
    return holding(
        "wp:tag",
        f"<wp:term_id>{names.term_id(tag)}</wp:term_id>\n",
        element("wp:tag_slug", names.slug(tag.slug)),
        element("wp:tag_name", names.html(tag.name)),
        element("wp:tag_description", names.html(tag.description)),
        meta("_newsroom_series", "1", "wp:termmeta") if tag.is_series else "",
    )


def co_author(author: Author) -> str:
    """As Co-Authors Plus knows an author: by the login, at the last word of the address."""
    return holding(
        "wp:term",
        f"<wp:term_id>{names.term_id(author)}</wp:term_id>\n",
        element("wp:term_taxonomy", "author"),
        element("wp:term_slug", names.CAP + names.slug(author.slug)),
        "<wp:term_parent></wp:term_parent>\n",
        f"<wp:term_name>{cdata(names.login(author))}</wp:term_name>\n",
        element("wp:term_description", author.name),
    )
