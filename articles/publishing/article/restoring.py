"""Brings back an older version of an article: the whole version, one field, or one block of its body.

What is brought back is saved as a new version. It is not published; that is a separate decision.
"""

from dataclasses import replace

from django.db import transaction

from articles.body.compare import compare_bodies, with_row_as_before
from articles.models import Act, Article, Author, Image, Revision, Section
from articles.publishing.shared.errors import Problem, Refused

from .content.content import LEAD, Content
from .content.named_rows import standing_names
from .drafts import User, locked, save_draft


@transaction.atomic
def bring_back_version(article: Article, old: Revision, *, by: User, expected: int | None = None) -> Article:
    """`expected` is the version that the editor saw as the newest; Conflict if it is not."""
    content = without_what_is_gone(Content.of_revision(old))
    return save_again(article, old, content, by=by, expected=expected)


@transaction.atomic
def bring_back_field(
    article: Article, old: Revision, name: str, *, by: User, expected: int | None = None
) -> Article:
    """`name` is a field of Content. A lead picture comes back with the words that it had."""
    newest, then = Content.newest(locked(article, expected)), Content.of_revision(old)
    if name in LEAD[1:] and then.lead_image_id != newest.lead_image_id:
        message = "These words are about another picture; bring back the lead picture, and they come with it."
        raise Refused([Problem("", message)])
    names = LEAD if name == "lead_image_id" else (name,)
    content = without_what_is_gone(replace(newest, **{each: getattr(then, each) for each in names}))
    return save_again(article, old, content, by=by, expected=expected)


@transaction.atomic
def bring_back_block(
    article: Article, old: Revision, number: int, *, by: User, expected: int | None = None
) -> Article:
    """`number` counts the rows of the comparison of that version with the newest, from 0."""
    newest = Content.newest(locked(article, expected))
    rows = compare_bodies(Content.of_revision(old).body, newest.body)
    if number >= len(rows) or not rows[number].old:
        raise Refused([Problem("", "There is no such paragraph in that version.")])
    content = replace(newest, body=with_row_as_before(rows, number))
    return save_again(article, old, content, by=by, expected=expected)


def save_again(
    article: Article, old: Revision, content: Content, *, by: User, expected: int | None
) -> Article:
    note = f"from version {old.number}"
    kind = Revision.Kind.RESTORED
    return save_draft(article, content, by=by, expected=expected, kind=kind, note=note, verb=Act.Verb.RESTORE)


def without_what_is_gone(content: Content) -> Content:
    """The content without sections, authors, tags and pictures that have been deleted since. Instead of tags
    that were merged or renamed it has those in their place."""
    authors = Author.objects.filter(pk__in=[line.author_id for line in content.bylines])
    there = set(authors.values_list("pk", flat=True))
    articles = set(Article.objects.filter(pk__in=content.pinned).values_list("pk", flat=True))
    section = Section.objects.filter(pk=content.section_id).first()
    image = Image.objects.filter(pk=content.lead_image_id).first()
    return replace(
        content,
        section_id=section and section.pk,
        **({} if image else dict.fromkeys(LEAD)),
        tags=standing_names(content.tags),
        bylines=tuple(line for line in content.bylines if line.author_id in there),
        pinned=tuple(number for number in content.pinned if number in articles),
    )
