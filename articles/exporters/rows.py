"""Articles with all that belongs to them, a slice at a time: a few queries for each slice, however many
there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from articles.models import Article, ArticleTag, Author, Byline, Correction, Image, OldAddress, Section, Tag
from articles.publishing.shared.prepared_body import image_ids

from .pictures import COLUMNS
from .snapshot import slices

LEFT_OUT = ("prepared_body", "contents", "excerpt", "prepared_with")


@dataclass(slots=True)
class Story:
    """An article; its tags and bylines in their order; tag → its place in that series, where an editor has
    set one; notes to readers, the first one first; paths, encoded,
    that lead to it."""

    article: Article
    tags: list[Tag] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    bylines: list[Byline] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    formerly: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Slice:
    stories: list[Story]
    # Those that the articles show, by number.
    images: dict[int, Image]


class Lists:
    """Sections, tags and authors, which every article names; they stay in memory."""

    def __init__(self) -> None:
        self.sections = Section.objects.select_related("parent").in_bulk()
        self.authors = Author.objects.in_bulk()

    def ordered_sections(self) -> list[Section]:
        """Those at the top first, each kind in the order of the paper."""
        return sorted(
            self.sections.values(), key=lambda each: (each.parent_id is not None, each.order, each.pk)
        )


def stories(lists: Lists, *, with_copies: bool = False) -> Iterator[Slice]:
    """All articles that are not in the bin, by their numbers; with those of their versions that are not
    public yet, if these are wanted."""
    rows = Article.objects.defer(*LEFT_OUT)
    if with_copies:
        rows = rows.select_related("working_copy", "scheduled_revision")
    for few in slices(rows, text="body"):
        yield slice_of(few, lists)


def slice_of(articles: list[Article], lists: Lists) -> Slice:
    numbers = [article.pk for article in articles]
    found = {article.pk: Story(article) for article in articles}
    links = ArticleTag.objects.filter(content_object__in=numbers).select_related("tag").order_by("pk")
    for link in links:
        found[link.content_object_id].tags.append(link.tag)
        if link.place is not None:
            found[link.content_object_id].places[link.tag.name] = link.place
    for line in Byline.objects.filter(article__in=numbers).order_by("order", "pk"):
        line.author = lists.authors[line.author_id]
        found[line.article_id].bylines.append(line)
    for note in Correction.objects.filter(article__in=numbers).order_by("at", "pk"):
        found[note.article_id].corrections.append(note)
    old = OldAddress.objects.filter(article__in=numbers, below="").order_by("path")
    for number, path in old.values_list("article", "path"):
        found[number].formerly.append(path)
    for article in articles:
        if article.section_id:
            article.section = lists.sections[article.section_id]
    return Slice(list(found.values()), images_of(articles))


def images_of(things: Iterable[Any]) -> dict[int, Image]:
    """The pictures in the bodies of these articles or pages, and their lead pictures."""
    wanted = {number for thing in things for number in image_ids(thing.body)}
    wanted |= {thing.lead_image_id for thing in things if getattr(thing, "lead_image_id", None)}
    return Image.objects.only(*COLUMNS).in_bulk(wanted)


def formerly_of(things: Iterable[Model], kind: str) -> dict[int, list[str]]:
    """The paths that lead to each of these, by number."""
    found = defaultdict(list)
    named = {f"{kind}__in": [each.pk for each in things], "below": ""}
    for number, path in OldAddress.objects.filter(**named).order_by("path").values_list(kind, "path"):
        found[number].append(path)
    return found
