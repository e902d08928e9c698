"""The demo newsroom into an empty database, through the verbs that editors use."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from articles import publishing
from articles.images import ROLES, Format, rendition_url, renditions_for
from articles.models import Article, Author, Image, Page, Section, Tag
from articles.publishing import BylineContent, Content
from articles.publishing.authors import save_author
from articles.publishing.pages import save_page
from articles.publishing.picture_library.intake import add_image
from articles.publishing.sections import save_section
from articles.publishing.tags import save_tag

from .reading import (
    Text,
    read_newsroom,
    read_pages,
    read_picture_files,
    read_picture_words,
    read_texts,
    with_figures,
)

Say = Callable[[str], None]


class NotEmpty(Exception):
    """The database holds a newsroom already; the message says what to do."""


@dataclass
class Newsroom:
    """What the articles refer to, by the names that the files use."""

    now: datetime.datetime
    images: dict[str, Image] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)


def refuse_unless_empty() -> None:
    for model in (Article, Section, Author, Image, Tag, Page):
        if count := model._base_manager.count():
            raise NotEmpty(
                f"The demo goes into an empty newsroom only, and this one has "
                f"{count} {model._meta.verbose_name_plural if count > 1 else model._meta.verbose_name}. "
                "Use another database (DATABASE_URL), or add articles to this one with --articles."
            )


def load(say: Say = print) -> None:
    """All of it or, if anything fails, none of it. Raises NotEmpty."""
    refuse_unless_empty()
    newsroom = fill(read_picture_files())
    say(
        f"{Article.objects.count()} articles, {len(newsroom.authors)} authors and "
        f"{len(newsroom.images)} pictures are in."
    )


@transaction.atomic
def fill(pictures: dict[str, bytes]) -> Newsroom:
    """Write everything into the database. `pictures` are the bytes of each picture under its name."""
    newsroom = Newsroom(now=timezone.now())
    newsroom.images = add_images(pictures)
    add_sections(newsroom)
    add_authors(newsroom)
    add_tags()
    for text in read_texts():
        add_article(newsroom, text)
    add_pages()
    add_people(newsroom)
    return newsroom


def add_images(pictures: dict[str, bytes]) -> dict[str, Image]:
    """The drawings in the order of pictures.toml, then a portrait of each author."""
    portraits = {
        author["slug"]: {"alt": f"Portrait of {author['name']}.", "credit": "Illustration: The Newsroom"}
        for author in read_newsroom()["authors"]
    }
    return {
        name: add_image(pictures[name], name=f"{name}.avif", by=None, **words)
        for name, words in (read_picture_words() | portraits).items()
    }


def add_sections(newsroom: Newsroom) -> None:
    for order, values in enumerate(read_newsroom()["sections"], 1):
        parent = newsroom.sections.get(values.get("parent", ""))
        section = Section(
            name=values["name"],
            slug=values["slug"],
            description=values["description"],
            parent=parent,
            order=order,
        )
        path = f"{parent.slug}/{section.slug}" if parent else section.slug
        newsroom.sections[path] = save_section(section)


def add_authors(newsroom: Newsroom) -> None:
    for values in read_newsroom()["authors"]:
        newsroom.authors[values["slug"]] = save_author(
            Author(
                name=values["name"],
                slug=values["slug"],
                role=values["role"],
                biography=values["biography"].strip(),
                portrait=newsroom.images[values["slug"]],
                links="\n".join(values["links"]),
            )
        )


def add_people(newsroom: Newsroom) -> None:
    """One person of each role. They have no passwords, so that the demonstration opens no door;
    `manage.py editor NAME` gives one."""
    for values in read_newsroom()["people"]:
        author = newsroom.authors[values["author"]]
        first, _, last = author.name.partition(" ")
        user = User.objects.create_user(values["login"], is_staff=True, first_name=first, last_name=last)
        user.groups.add(Group.objects.get(name=values["group"]))
        author.user = user
        save_author(author)


def add_tags() -> None:
    for name, description in read_newsroom()["tags"].items():
        save_tag(Tag(name=name, description=description))


def add_pages() -> None:
    for path, values, body in read_pages():
        save_page(Page(title=values["title"], path=path, order=values["order"], body=body))


def content_of(newsroom: Newsroom, text: Text) -> Content:
    return Content(
        headline=text.headline,
        slug="" if text.language == "ar" else text.name,
        kicker=text.kicker,
        kind=text.kind,
        reviewed=text.reviewed,
        rating=text.rating,
        standfirst=text.standfirst,
        body=with_figures(text.body, lambda name, side: figure_html(newsroom.images[name], side)),
        section_id=newsroom.sections[text.section].pk,
        lead_image_id=newsroom.images[text.lead].pk if text.lead else None,
        language=text.language,
        direction=text.direction,
        search_title=text.search_title,
        search_description=text.search_description,
        tags=text.tags,
        bylines=tuple(BylineContent(newsroom.authors[slug].pk, role) for slug, role in text.authors),
    )


def figure_html(image: Image, side: str) -> str:
    """A figure as the editor stores it; readers' renditions are made from the number alone."""
    jpegs = [each for each in renditions_for(image.source, [ROLES["figure"]]) if each.format == Format.JPEG]
    address = rendition_url(jpegs[0])
    return (
        f'<figure{side}><img data-image="{image.pk}" src="{address}" alt="{escape(image.alt)}" '
        f'width="{image.width}" height="{image.height}">'
        f"<figcaption>{escape(image.caption)} <cite>{escape(image.credit)}</cite></figcaption></figure>"
    )


def add_article(newsroom: Newsroom, text: Text) -> Article:
    """An article with the history that its file names: each verb is told when it happened. One that was
    updated later had no standfirst at first."""
    content, at = content_of(newsroom, text), newsroom.now - text.age
    first = replace(content, standfirst="") if text.updated else content
    article = publishing.begin(first, by=None, when=at)
    if text.state == "in review":
        publishing.submit(article, by=None, when=at)
    elif text.state == "scheduled":
        article = publishing.schedule(article, by=None, at=tomorrow_at_six(newsroom.now), when=at)
    elif text.state != "draft":
        article = publishing.publish(article, by=None, when=at)
        add_notes(newsroom, article, text)
    if text.updated:
        article = publishing.publish(article, content, by=None, when=newsroom.now - text.updated)
    if text.state == "withdrawn":
        publishing.withdraw(article, by=None, reason="The friends could not be found.")
    return article


def add_notes(newsroom: Newsroom, article: Article, text: Text) -> None:
    for note in text.notes:
        publishing.correct(article, by=None, kind=note.kind, text=note.text, when=newsroom.now - note.age)


def tomorrow_at_six(now: datetime.datetime) -> datetime.datetime:
    return (timezone.localtime(now) + datetime.timedelta(days=1)).replace(
        hour=6, minute=0, second=0, microsecond=0
    )
