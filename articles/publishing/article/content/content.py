"""What an editor writes, as one value. It is stored in revisions and in the columns of an article."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Self

from articles.body import number_parts
from articles.models import Article, Revision, UnpublishedName
from articles.publishing.shared.prepared_body import image_ids
from articles.publishing.shared.text import one_line, plain_text

COLUMNS = [
    "headline",
    "slug",
    "kicker",
    "standfirst",
    "body",
    "section_id",
    "lead_image_id",
    "lead_alt",
    "lead_caption",
    "lead_credit",
    "language",
    "direction",
    "kind",
    "reviewed",
    "rating",
    "search_title",
    "search_description",
    "canonical_url",
    "noindex",
    "meant",
]
LEAD = ("lead_image_id", "lead_alt", "lead_caption", "lead_credit")


def copies_of(article: Article) -> list[Revision]:
    """The revisions that readers don't have yet: the scheduled changes and the working copy. They may be the
    same."""
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
    # The words of the lead picture in this article; None where they are those of the library.
    lead_alt: str | None = None
    lead_caption: str | None = None
    lead_credit: str | None = None
    language: str = ""
    direction: str = "auto"
    kind: str = "news"
    # What a review is about, and how many of five stars it gives; None for none.
    reviewed: str = ""
    rating: int | None = None
    search_title: str = ""
    search_description: str = ""
    canonical_url: str = ""
    noindex: bool = False
    # Words that look as if they had been left by mistake, such as TK, and are meant; with commas between.
    meant: str = ""
    tags: tuple[str, ...] = ()
    bylines: tuple[BylineContent, ...] = ()
    # The numbers of related articles that come first on its page, in the editor's order.
    pinned: tuple[int, ...] = ()

    @classmethod
    def of(cls, article: Article) -> Self:
        """The content in the article's columns and rows: what is public, or the draft."""
        return cls(
            **{name: getattr(article, name) for name in COLUMNS},
            tags=tuple(link.tag.name for link in article.tag_links.select_related("tag").order_by("pk")),
            bylines=tuple(BylineContent(line.author_id, line.role) for line in article.bylines.all()),
            pinned=tuple(article.pinned),
        )

    @classmethod
    def of_revision(cls, revision: Revision) -> Self:
        """The content of a stored revision. Fields that are newer than it get their defaults; fields that no
        longer exist are left out."""
        known = {field.name for field in dataclasses.fields(cls)}
        stored = {name: value for name, value in revision.content.items() if name in known}
        for name in ("tags", "pinned"):
            stored[name] = tuple(stored.get(name, ()))
        stored["bylines"] = tuple(BylineContent(*line) for line in stored.get("bylines", ()))
        return cls(**stored)

    @classmethod
    def newest(cls, article: Article) -> Self:
        """The content that the desk shows: the working copy if there is one, else that of the columns."""
        if article.working_copy_id:
            return cls.of_revision(article.working_copy)
        return cls.of(article)

    @classmethod
    def newest_body(cls, article: Article) -> str:
        """The body of newest(). Without a working copy it makes no query."""
        return cls.newest(article).body if article.working_copy_id else article.body

    def names(self) -> set[tuple[str, str]]:
        """The sections, pictures, authors and tags in it, as kind and name like in UnpublishedName."""
        kind = UnpublishedName.Kind
        numbers = {(kind.SECTION, self.section_id), (kind.IMAGE, self.lead_image_id)}
        numbers |= {(kind.AUTHOR, line.author_id) for line in self.bylines}
        tags = {(kind.TAG.value, tag.casefold()) for tag in self.tags}
        return tags | {(name.value, str(number)) for name, number in numbers if number}

    def pictures(self) -> set[int]:
        """The numbers of its lead picture and of those in the body."""
        return ({self.lead_image_id} - {None}) | image_ids(self.body)

    def as_json(self) -> dict[str, Any]:
        stored = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return stored | {
            "tags": list(self.tags),
            "pinned": list(self.pinned),
            "bylines": [[line.author_id, line.role] for line in self.bylines],
        }

    def cleaned(self, previous_body: str = "") -> Self:
        """The content in stored form: text without control characters, the body sanitised, its parts with
        ids."""
        return dataclasses.replace(
            self,
            headline=one_line(self.headline)[:300],
            kicker=one_line(self.kicker)[:80],
            standfirst=plain_text(self.standfirst),
            body=number_parts(self.body, previous_body),
            **self.cleaned_words(),
            reviewed=one_line(self.reviewed)[:200],
            search_title=one_line(self.search_title)[:200],
            search_description=one_line(self.search_description)[:320],
            meant=one_line(self.meant)[:300],
            tags=tuple(dict.fromkeys(name for name in (one_line(tag)[:100] for tag in self.tags) if name)),
        )

    def cleaned_words(self) -> dict[str, str | None]:
        """The words of the lead picture. As in the body, an empty alt text is one that nobody wrote."""
        if not self.lead_image_id:
            return dict.fromkeys(LEAD[1:])
        return {
            "lead_alt": one_line(self.lead_alt or "")[:500] or None,
            "lead_caption": None if self.lead_caption is None else plain_text(self.lead_caption),
            "lead_credit": None if self.lead_credit is None else one_line(self.lead_credit)[:200],
        }
