"""Articles, pages, pictures and people as the items of an export."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from articles.conf import absolute, paper
from articles.exporters.pictures import name_of
from articles.exporters.rows import Lists, Story
from articles.models import Article, Author, Document, Image, Page, State
from articles.models.addresses.paths import article_address

from . import names
from .blocks import Blocks, Shown
from .markup import UNSET, cdata, element, holding, in_utc, local, meta, of_feed, php
from .own import META, as_json, notes_for_readers, of_page, of_story

# Authors have no time of their own.
FIRST_AUTHOR = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Paper:
    """What all items of one export share. `uploads` is the address of the folder of pictures."""

    lists: Lists
    uploads: str
    now: datetime.datetime

    @cached_property
    def categories(self) -> dict[int, str]:
        return names.categories(self.lists.ordered_sections())


@dataclass(frozen=True, slots=True)
class Post:
    """The fields that every item has. `at` is in the zone of the paper and in UTC unless it is a draft's."""

    number: int
    type: str
    title: str
    link: str
    slug: str
    status: str
    at: datetime.datetime
    modified: datetime.datetime
    guid: str = ""
    creator: str = ""
    body: str = ""
    excerpt: str = ""
    parent: int = 0
    order: int = 0
    is_dated: bool = True
    more: str = ""
    metas: tuple[tuple[str, object], ...] = ()

    def as_xml(self) -> str:
        """In the order in which WordPress writes the elements."""
        return holding(
            "item",
            element("title", self.title),
            element("link", self.link),
            f"<pubDate>{of_feed(self.at)}</pubDate>\n",
            element("dc:creator", self.creator),
            f'<guid isPermaLink="false">{cdata(self.guid or self.link)}</guid>\n',
            "<description></description>\n",
            element("content:encoded", self.body),
            element("excerpt:encoded", self.excerpt),
            f"<wp:post_id>{self.number}</wp:post_id>\n",
            element("wp:post_date", local(self.at)),
            element("wp:post_date_gmt", in_utc(self.at) if self.is_dated else UNSET),
            element("wp:post_modified", local(self.modified)),
            element("wp:post_modified_gmt", in_utc(self.modified)),
            element("wp:comment_status", "closed"),
            element("wp:ping_status", "closed"),
            element("wp:post_name", names.slug(self.slug)),
            element("wp:status", self.status),
            f"<wp:post_parent>{self.parent}</wp:post_parent>\n",
            f"<wp:menu_order>{self.order}</wp:menu_order>\n",
            element("wp:post_type", self.type),
            element("wp:post_password", ""),
            "<wp:is_sticky>0</wp:is_sticky>\n",
            self.more,
            *(meta(key, value) for key, value in self.metas),
        )


class Texts:
    """The bodies of a slice."""

    def __init__(self, images: dict[int, Image], uploads: str):
        self.images, self.uploads = images, uploads
        self.blocks = Blocks(self.picture, paper().url, uploads)

    def picture(self, number: int) -> Shown | None:
        image = self.images.get(number)
        return Shown(names.post_id(image), self.uploads + name_of(image)) if image else None

    def of(self, body: str) -> tuple[str, list[int]]:
        """The text, and the numbers of the pictures that need no alt text in it."""
        return self.blocks.text_of(body), sorted(map(names.image_id, self.blocks.decorative(body)))


def article(story: Story, shared: Paper, texts: Texts) -> str:
    row = story.article
    body, decorative = texts.of(row.body)
    if story.corrections:
        body = f"{body}\n\n{notes_for_readers(story.corrections)}"
    is_dated = row.publish_at is not None
    at = row.publish_at or row.created_at
    return Post(
        number=names.post_id(row),
        type="post",
        title=names.html(row.headline),
        link=absolute(row.get_absolute_url() if row.address_date else f"/?p={names.post_id(row)}"),
        slug=row.slug,
        status=status_of(row, shared.now),
        at=at,
        # Before its first publication it is when somebody last wrote, and then when readers got a new text.
        modified=max(at, row.updated_at or at) if is_dated else row.modified_at,
        guid=row.feed_id,
        creator=names.login(story.bylines[0].author) if story.bylines else "",
        body=body,
        excerpt=names.html(row.standfirst),
        is_dated=is_dated,
        more="".join(labels(story, shared)),
        metas=(*of_plugins(story, shared), (META, of_story(story, shared.now, decorative))),
    ).as_xml()


def status_of(row: Article, now: datetime.datetime) -> str:
    if row.state == State.PUBLISHED:
        if row.publish_at > now:
            return "future"
        return "publish" if row.is_public(now) else "draft"
    return "pending" if row.state == State.IN_REVIEW else "draft"


def labels(story: Story, shared: Paper) -> Iterator[str]:
    """Its section, its tags and its bylines, each in order."""
    row = story.article
    if row.section_id:
        yield label("category", shared.categories[row.section_id], names.html(row.section.name))
    for tag in story.tags:
        yield label("post_tag", names.slug(tag.slug), names.html(tag.name))
    for line in story.bylines:
        yield label("author", names.CAP + names.slug(line.author.slug), names.login(line.author))


def label(domain: str, slug: str, name: str) -> str:
    return f'<category domain="{domain}" nicename="{names.slug(slug)}">{cdata(name)}</category>\n'


def of_plugins(story: Story, shared: Paper) -> Iterator[tuple[str, object]]:
    """Fields of WordPress itself, of Yoast SEO, and of the plugin Post Expirator."""
    row = story.article
    if row.lead_image_id:
        yield "_thumbnail_id", names.image_id(row.lead_image_id)
    if row.search_title:
        yield "_yoast_wpseo_title", row.search_title
    if row.search_description:
        yield "_yoast_wpseo_metadesc", row.search_description
    if row.canonical_url:
        yield "_yoast_wpseo_canonical", row.canonical_url
    if row.noindex:
        yield "_yoast_wpseo_meta-robots-noindex", "1"
    if row.section_id:
        yield "_yoast_wpseo_primary_category", names.term_id(row.section)
    if row.expires_at:
        yield "_expiration-date", int(row.expires_at.timestamp())
        yield "_expiration-date-status", "saved"
    yield from former(story)


def former(story: Story) -> Iterator[tuple[str, object]]:
    """Slugs and days that it had before, where only one of the two was another one."""
    row = story.article
    if row.address_date is None:
        return
    for path in story.formerly:
        words = path.strip("/").split("/")
        if len(words) != 4:
            continue
        *day, slug = words
        if path == article_address(row.address_date, unquote(slug)):
            yield "_wp_old_slug", slug.lower()
        elif is_day(day) and row.get_absolute_url() == f"/{row.address_date:%Y/%m/%d}/{slug}/":
            yield "_wp_old_date", "-".join(day)


def is_day(words: list[str]) -> bool:
    try:
        datetime.date(*map(int, words))
    except (ValueError, TypeError):
        return False
    return True


def page(row: Page, formerly: list[str], texts: Texts, parents: dict[str, int]) -> str:
    """`parents` has the number of the page at each path."""
    body, decorative = texts.of(row.body)
    return Post(
        number=names.post_id(row),
        type="page",
        title=names.html(row.title),
        link=absolute(row.get_absolute_url()),
        slug=row.path.rpartition("/")[2],
        status="publish" if row.published else "draft",
        at=row.modified_at,
        modified=row.modified_at,
        body=body,
        parent=parents.get(row.path.rpartition("/")[0], 0),
        order=row.order,
        metas=((META, of_page(row, formerly, decorative)),),
    ).as_xml()


def attachment(image: Image, uploads: str) -> str:
    """A picture of the library. Its words are texts, and WordPress takes the caption for HTML. Telephones
    call every picture image.jpg, and WordPress takes two of one title and second for one, so the number is
    in it."""
    name = name_of(image)
    facts = {
        "width": image.width,
        "height": image.height,
        "file": name,
        "sizes": {},
        "image_meta": {"credit": image.credit, "caption": image.caption},
    }
    stem = name.rpartition("/")[2].rpartition(".")[0]
    metas = [
        ("_wp_attached_file", name),
        ("_wp_attachment_metadata", php(facts)),
        ("_wp_attachment_image_alt", image.alt),
        ("_media_credit", image.credit),
        (META, as_json(alt=image.alt, caption=image.caption, credit=image.credit)),
    ]
    number = names.post_id(image)
    return Post(
        number=number,
        type="attachment",
        title=names.html(f"{image.original_name} ({image.pk})" if image.original_name else stem),
        link=absolute(f"/?attachment_id={number}"),
        slug=stem,
        status="inherit",
        at=image.uploaded_at,
        modified=image.uploaded_at,
        guid=uploads + name,
        excerpt=names.html(image.caption),
        more=element("wp:attachment_url", uploads + name),
        metas=tuple((key, value) for key, value in metas if value != ""),
    ).as_xml()


def document(row: Document, uploads: str) -> str:
    """A file of the library that is no picture."""
    number, name = names.post_id(row), row.file.name
    return Post(
        number=number,
        type="attachment",
        title=names.html(row.title),
        link=absolute(f"/?attachment_id={number}"),
        slug=f"document-{row.pk}",
        status="inherit",
        at=row.uploaded_at,
        modified=row.uploaded_at,
        guid=uploads + name,
        more=element("wp:attachment_url", uploads + name),
        metas=(("_wp_attached_file", name),),
    ).as_xml()


def guest(author: Author) -> str:
    """The profile of an author, as Co-Authors Plus keeps it. WordPress takes two of one name and time for
    one, so each has a time of its own, the same one in every export."""
    at = FIRST_AUTHOR + datetime.timedelta(seconds=author.pk)
    login = names.login(author)
    metas = {
        "cap-display_name": author.name,
        "cap-user_login": login,
        "cap-linked_account": login,
        "cap-description": names.html(author.biography),
        "cap-website": next(iter(author.link_list), ""),
        "_thumbnail_id": names.image_id(author.portrait_id) if author.portrait_id else "",
        META: as_json(role=author.role, links=author.link_list),
    }
    return Post(
        number=names.post_id(author),
        type="guest-author",
        title=names.html(author.name),
        link=absolute(author.get_absolute_url()),
        slug=names.CAP + author.slug,
        status="publish",
        at=at,
        modified=at,
        metas=tuple((key, value) for key, value in metas.items() if value),
    ).as_xml()
