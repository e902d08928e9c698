"""What an editor writes, as one value: it goes into revisions, and onto an article's columns."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Self

from articles.body import number_parts
from articles.models import Article, Revision, UnpublishedName
from articles.publishing.text import one_line, plain_text

COLUMNS = [
    "headline",
    "slug",
    "kicker",
    "standfirst",
    "body",
    "section_id",
    "lead_image_id",
    "language",
    "direction",
    "search_title",
    "search_description",
    "canonical_url",
]


def copies_of(article: Article) -> list[Revision]:
    """What readers don't have yet: the scheduled changes and the working copy, which may be the same."""
    copies = {copy.pk: copy for copy in (article.scheduled_revision, article.working_copy) if copy}
    return list(copies.values())


@dataclass(frozen=True)
class BylineContent:
    author_id: int
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    headline: str = ""
    slug: str = ""
    kicker: str = ""
    standfirst: str = ""
    body: str = ""
    section_id: int | None = None
    lead_image_id: int | None = None
    language: str = ""
    direction: str = "auto"
    search_title: str = ""
    search_description: str = ""
    canonical_url: str = ""
    tags: tuple[str, ...] = ()
    bylines: tuple[BylineContent, ...] = ()

    @classmethod
    def of(cls, article: Article) -> Self:
        """The content in the article's columns and rows: what is public, or the draft."""
        return cls(
            **{name: getattr(article, name) for name in COLUMNS},
            tags=tuple(link.tag.name for link in article.tag_links.select_related("tag").order_by("pk")),
            bylines=tuple(BylineContent(line.author_id, line.role) for line in article.bylines.all()),
        )

    @classmethod
    def of_revision(cls, revision: Revision) -> Self:
        """From a stored revision; fields that came later have their defaults, ones that went are left out."""
        known = {field.name for field in dataclasses.fields(cls)}
        stored = {name: value for name, value in revision.content.items() if name in known}
        stored["tags"] = tuple(stored.get("tags", ()))
        stored["bylines"] = tuple(BylineContent(*line) for line in stored.get("bylines", ()))
        return cls(**stored)

    @classmethod
    def newest(cls, article: Article) -> Self:
        """What the desk shows: the working copy where there is one."""
        if article.working_copy_id:
            return cls.of_revision(article.working_copy)
        return cls.of(article)

    @classmethod
    def newest_body(cls, article: Article) -> str:
        """Asks the database for nothing else, and for nothing at all where that is the article's own."""
        return cls.newest(article).body if article.working_copy_id else article.body

    def names(self) -> set[tuple[str, str]]:
        """What it names, as UnpublishedName keeps it: kind and name."""
        kind = UnpublishedName.Kind
        numbers = {(kind.SECTION, self.section_id), (kind.IMAGE, self.lead_image_id)}
        numbers |= {(kind.AUTHOR, line.author_id) for line in self.bylines}
        tags = {(kind.TAG.value, tag.casefold()) for tag in self.tags}
        return tags | {(name.value, str(number)) for name, number in numbers if number}

    def as_json(self) -> dict[str, Any]:
        stored = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return stored | {
            "tags": list(self.tags),
            "bylines": [[line.author_id, line.role] for line in self.bylines],
        }

    def cleaned(self, previous_body: str = "") -> Self:
        """As it may be stored: text without control characters, the body sanitised, its parts with ids."""
        return dataclasses.replace(
            self,
            headline=one_line(self.headline)[:300],
            kicker=one_line(self.kicker)[:80],
            standfirst=plain_text(self.standfirst),
            body=number_parts(self.body, previous_body),
            search_title=one_line(self.search_title)[:200],
            search_description=one_line(self.search_description)[:320],
            tags=tuple(dict.fromkeys(name for name in (one_line(tag)[:100] for tag in self.tags) if name)),
        )
