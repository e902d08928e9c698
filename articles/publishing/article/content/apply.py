"""Writes a Content into the columns and rows of an article."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

from articles.models import (
    Article,
    ArticlePicture,
    Author,
    Byline,
    Image,
    Related,
    Section,
    State,
    Tag,
    UnpublishedName,
)
from articles.publishing.shared.prepared_body import image_ids, prepare_article

from .content import COLUMNS, Content, copies_of
from .named_rows import names_now, tags_named


def apply_content(article: Article, content: Content, *, when: datetime.datetime) -> None:
    """Make this the article's content, with all that is prepared from it. Saves the article, as of `when`."""
    content = replace(content, tags=tuple(names_now(content.tags)))
    for name in COLUMNS:
        setattr(article, name, getattr(content, name))
    article.section = Section.objects.filter(pk=content.section_id).select_related("parent").first()
    prepare_article(article)
    was, article.pinned = tuple(article.pinned), list(content.pinned)
    article.save(when=when)
    if content.pinned != was:
        set_pinned(article)
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
    existing = {line.author_id: line for line in article.bylines.all()}
    if {pk: (line.order, line.role) for pk, line in existing.items()} == wanted:
        return
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, author_id=author, order=order, role=role)
        for author, (order, role) in wanted.items()
    )


def set_tags(article: Article, content: Content) -> None:
    """Set the tags in the editor's order. Tags are shown in the order in which their rows were written. So if
    the order changes, all rows are written anew; if a tag is only added at the end or removed, the others
    stay."""
    existing = article.tag_links.order_by("pk").values_list("tag__name", flat=True)
    kept = [name for name in existing if name in content.tags]
    make_missing_tags(content.tags)
    is_another_order = kept != list(content.tags[: len(kept)])
    places = article.tag_links.filter(place__isnull=False).values_list("tag", "place")
    places = dict(places) if is_another_order else {}
    article.tags.set(content.tags, clear=is_another_order)
    for tag, place in places.items():
        article.tag_links.filter(tag=tag).update(place=place)


def set_pinned(article: Article) -> None:
    """Give the rows of its related articles the places of the pinned ones. Those that are alike keep theirs
    besides."""
    there = set(Article.including_bin.filter(pk__in=article.pinned).values_list("pk", flat=True))
    wanted = [number for number in article.pinned if number in there and number != article.pk]
    article.related.filter(pinned__isnull=False).exclude(other__in=wanted).without("pinned")
    rows = [Related(article=article, other_id=number, pinned=place) for place, number in enumerate(wanted)]
    Related.objects.bulk_create(
        # In the order in which those that are alike are written, so that the two do not wait for each other.
        sorted(rows, key=lambda row: row.other_id),
        update_conflicts=True,
        unique_fields=["article", "other"],
        update_fields=["pinned"],
    )


def make_missing_tags(names: Iterable[str]) -> None:
    """Make the tags that do not exist yet, in the order of their addresses. If two editors make the same new
    tags at once, this order keeps them from waiting for each other for ever."""
    there = {name.upper() for name in tags_named(names).values_list("name", flat=True)}
    missing = [name for name in names if name.upper() not in there]
    for name in sorted(missing, key=lambda name: (Tag().slugify(name), name)):
        Tag.objects.get_or_create(name__iexact=name, defaults={"name": name})


def hold_names(article: Article) -> None:
    """Write down what the article shows and what its unpublished text names. These things then can't be
    deleted, and the article is found when one of them gets another name."""
    hold_pictures(article)
    wanted = {name for copy in copies_of(article) for name in Content.of_revision(copy).names()}
    rows = {(row.kind, row.name): row.pk for row in article.unpublished_names.all()}
    if gone := [pk for name, pk in rows.items() if name not in wanted]:
        article.unpublished_names.filter(pk__in=gone).delete()
    UnpublishedName.objects.bulk_create(
        UnpublishedName(article=article, kind=kind, name=name) for kind, name in wanted - rows.keys()
    )


def hold_pictures(article: Article) -> None:
    """Write down which pictures the article shows, or will show once its working copy or its scheduled
    changes are published, so that none of them can be deleted."""
    ids = image_ids(article.body)
    for copy in copies_of(article):
        ids |= image_ids(Content.of_revision(copy).body)
    held = set(article.picture_links.values_list("image_id", flat=True))
    article.picture_links.filter(image_id__in=held - ids).delete()
    new = Image.objects.filter(pk__in=ids - held).values_list("pk", flat=True)
    ArticlePicture.objects.bulk_create(ArticlePicture(article=article, image_id=pk) for pk in new)


def mark_published(article: Article) -> None:
    """Copy the publish time to the rows of tags and bylines, by which the pages of tags and authors are
    sorted."""
    at: datetime.datetime | None = article.publish_at if article.state == State.PUBLISHED else None
    article.tag_links.update(published_at=at)
    article.bylines.update(published_at=at)
