"""Content onto an article's columns and rows."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

from articles.models import (
    Article,
    ArticlePicture,
    Author,
    Byline,
    Image,
    Section,
    State,
    Tag,
    UnpublishedName,
)
from articles.publishing.prepared_body import image_ids, prepare_article

from .content import COLUMNS, Content, copies_of
from .naming import names_now, tags_named


def apply_content(article: Article, content: Content, *, when: datetime.datetime) -> None:
    """Make the content the article's own, with all that is prepared from it. Saves, as of `when`."""
    content = replace(content, tags=tuple(names_now(content.tags)))
    for name in COLUMNS:
        setattr(article, name, getattr(content, name))
    article.section = Section.objects.filter(pk=content.section_id).select_related("parent").first()
    prepare_article(article)
    article.save(when=when)
    set_bylines(article, content)
    set_tags(article, content)
    hold_names(article)
    mark_published(article)


def set_bylines(article: Article, content: Content) -> None:
    there = set(
        Author.objects.filter(pk__in=[line.author_id for line in content.bylines]).values_list(
            "pk", flat=True
        )
    )
    # A revision may name an author who has left the paper since.
    lines = [line for line in content.bylines if line.author_id in there]
    wanted = {line.author_id: (order, line.role) for order, line in enumerate(lines)}
    standing = {line.author_id: line for line in article.bylines.all()}
    if {pk: (line.order, line.role) for pk, line in standing.items()} == wanted:
        return
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, author_id=author, order=order, role=role)
        for author, (order, role) in wanted.items()
    )


def set_tags(article: Article, content: Content) -> None:
    """In the editor's order: tags are shown in the order in which their rows were written, so another order
    is written anew. One that is added last or taken away leaves the other rows as they are."""
    standing = article.tag_links.order_by("pk").values_list("tag__name", flat=True)
    kept = [name for name in standing if name in content.tags]
    make_missing_tags(content.tags)
    article.tags.set(content.tags, clear=kept != list(content.tags[: len(kept)]))


def make_missing_tags(names: Iterable[str]) -> None:
    """In the order of their addresses: of two who make the same new tags, neither must wait for the other
    while the other waits for it."""
    there = {name.upper() for name in tags_named(names).values_list("name", flat=True)}
    missing = [name for name in names if name.upper() not in there]
    for name in sorted(missing, key=lambda name: (Tag().slugify(name), name)):
        Tag.objects.get_or_create(name__iexact=name, defaults={"name": name})


def hold_names(article: Article) -> None:
    """Remember what the article shows, and what its unpublished text names: it can't be deleted meanwhile,
    and is found when it gets another name."""
    hold_pictures(article)
    wanted = {name for copy in copies_of(article) for name in Content.of_revision(copy).names()}
    rows = {(row.kind, row.name): row.pk for row in article.unpublished_names.all()}
    if gone := [pk for name, pk in rows.items() if name not in wanted]:
        article.unpublished_names.filter(pk__in=gone).delete()
    UnpublishedName.objects.bulk_create(
        UnpublishedName(article=article, kind=kind, name=name) for kind, name in wanted - rows.keys()
    )


def hold_pictures(article: Article) -> None:
    """Remember which pictures the article shows, now or once its working copy or its scheduled changes are
    published, so that none of them is deleted under it."""
    ids = image_ids(article.body)
    for copy in copies_of(article):
        ids |= image_ids(Content.of_revision(copy).body)
    held = set(article.picture_links.values_list("image_id", flat=True))
    article.picture_links.filter(image_id__in=held - ids).delete()
    new = Image.objects.filter(pk__in=ids - held).values_list("pk", flat=True)
    ArticlePicture.objects.bulk_create(ArticlePicture(article=article, image_id=pk) for pk in new)


def mark_published(article: Article) -> None:
    """Carry the publish time to the rows by which tag and author pages are sorted."""
    at: datetime.datetime | None = article.publish_at if article.state == State.PUBLISHED else None
    article.tag_links.update(published_at=at)
    article.bylines.update(published_at=at)
