"""The newsroom as JSON: a file for each kind of thing, a line for each thing.
docs/operating/export.schema.json says what is in a line; a test holds each line against it.

Things name each other by number. A body is HTML as it is stored, whose pictures are named by `data-image`.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models.fields.json import KT

from articles.models import Author, Document, Image, OldAddress, Page, Revision, Section, Tag
from articles.publishing.article.content.content import BylineContent, Content

from .folder import Folder
from .pictures import Tell, documents, library, name_of, write_files
from .redirects import redirects, write_redirects
from .rows import Lists, Story, stories
from .snapshot import each

MEDIA = "media"
TIMES = "created_at modified_at publish_at expires_at first_published_at updated_at".split()
# The texts and marks of an article that come as they are.
COLUMNS = (
    "headline slug kicker standfirst body language direction kind reviewed rating search_title"
    " search_description canonical_url noindex meant"
).split()
WORDS = ("lead_alt", "lead_caption", "lead_credit")
Line = dict[str, Any]


def write_json(
    folder: Folder,
    *,
    now: datetime.datetime,
    with_media: bool = True,
    with_revisions: bool = False,
    tell: Tell = print,
) -> None:
    lists = Lists()
    write_lines(folder, "sections", map(of_section, lists.ordered_sections()))
    write_lines(folder, "tags", map(of_tag, each(Tag.objects.all())))
    write_lines(folder, "authors", map(of_author, lists.authors.values()))
    write_lines(folder, "pictures", map(of_picture, library()))
    write_lines(folder, "documents", map(of_document, documents()))
    write_lines(folder, "pages", map(of_page, each(Page.objects.defer("prepared_body"), text="body")))
    write_lines(folder, "articles", map(of_story, every_story(lists)))
    if with_revisions:
        rows = Revision.objects.filter(article__binned_at=None).select_related("by")
        write_lines(folder, "revisions", map(of_revision, each(rows, text=KT("content__body"))))
    write_redirects(folder, csv_name="redirects.csv", map_name="redirects.map")
    write_lines(folder, "redirects", map(of_redirect, redirects()))
    if with_media:
        write_files(folder, MEDIA, tell)


def write_lines(folder: Folder, name: str, lines: Iterable[Line]) -> None:
    number = 0
    with folder.file(f"{name}.jsonl") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            number += 1
    folder.counts[name] = number


def every_story(lists: Lists) -> Iterator[Story]:
    for part in stories(lists, with_copies=True):
        yield from part.stories


def of_section(section: Section) -> Line:
    return {
        "type": "section",
        "id": section.pk,
        "address": section.get_absolute_url(),
        "name": section.name,
        "slug": section.slug,
        "description": section.description,
        "parent": section.parent_id,
        "order": section.order,
        "shown_without_stories": section.shown_without_stories,
    }


def of_tag(tag: Tag) -> Line:
    return {
        "type": "tag",
        "id": tag.pk,
        "address": tag.get_absolute_url(),
        "name": tag.name,
        "slug": tag.slug,
        "description": tag.description,
        "is_series": tag.is_series,
    }


def of_author(author: Author) -> Line:
    """Whose login it is stays out."""
    return {
        "type": "author",
        "id": author.pk,
        "address": author.get_absolute_url(),
        "name": author.name,
        "slug": author.slug,
        "role": author.role,
        "biography": author.biography,
        "portrait": author.portrait_id,
        "links": author.link_list,
    }


def of_picture(image: Image) -> Line:
    return {
        "type": "picture",
        "id": image.pk,
        "file": f"{MEDIA}/{name_of(image)}",
        "width": image.width,
        "height": image.height,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "decorative": image.decorative,
        "copyright": image.copyright,
        "source": image.origin,
        "licence": image.licence,
        "usable_until": image.usable_until and image.usable_until.isoformat(),
        "taken_on": image.taken_on and image.taken_on.isoformat(),
        "focus": [image.focus_x, image.focus_y],
        "crops": image.crops,
        "original_name": image.original_name,
        "uploaded_at": instant(image.uploaded_at),
    }


def of_document(document: Document) -> Line:
    """Texts link to it by its address."""
    return {
        "type": "document",
        "id": document.pk,
        "address": document.get_absolute_url(),
        "file": f"{MEDIA}/{document.file.name}",
        "title": document.title,
        "kind": document.kind,
        "size": document.size,
        "original_name": document.original_name,
        "uploaded_at": instant(document.uploaded_at),
    }


def of_page(page: Page) -> Line:
    return {
        "type": "page",
        "id": page.pk,
        "address": page.get_absolute_url(),
        "title": page.title,
        "path": page.path,
        "body": page.body,
        "language": page.language,
        "published": page.published,
        "order": page.order,
        "modified_at": instant(page.modified_at),
    }


def of_story(story: Story) -> Line:
    """What is public, or the draft; beside it, what is saved and not public yet."""
    article = story.article
    return {
        "type": "article",
        "id": article.pk,
        "uid": str(article.uid),
        "feed_id": article.feed_id,
        "address": article.get_absolute_url() if article.address_date else None,
        "formerly": story.formerly,
        "state": article.state,
        **{name: instant(getattr(article, name)) for name in TIMES},
        **of_content(content_of(story)),
        "series": [{"tag": tag, "place": place} for tag, place in story.places.items()],
        "corrections": [
            {"kind": note.kind, "text": note.text, "at": instant(note.at)} for note in story.corrections
        ],
        "unpublished": of_copy(article.working_copy),
        "scheduled": of_copy(article.scheduled_revision),
        "scheduled_for": instant(article.scheduled_for),
        "scheduled_until": instant(article.scheduled_until),
    }


def content_of(story: Story) -> Content:
    """Without a query, unlike Content.of()."""
    article = story.article
    return Content(
        **{name: getattr(article, name) for name in (*COLUMNS, "section_id", "lead_image_id", *WORDS)},
        tags=tuple(tag.name for tag in story.tags),
        bylines=tuple(BylineContent(line.author_id, line.role) for line in story.bylines),
        pinned=tuple(article.pinned),
    )


def of_content(content: Content) -> Line:
    """Words of the lead picture are null where those of the library count."""
    lead = {word.removeprefix("lead_"): getattr(content, word) for word in WORDS}
    return {
        **{name: getattr(content, name) for name in COLUMNS},
        "section": content.section_id,
        "lead": {"picture": content.lead_image_id, **lead} if content.lead_image_id else None,
        "tags": list(content.tags),
        "bylines": [{"author": line.author_id, "role": line.role} for line in content.bylines],
        "pinned": list(content.pinned),
    }


def of_copy(copy: Revision | None) -> Line | None:
    return of_content(Content.of_revision(copy)) if copy else None


def of_revision(revision: Revision) -> Line:
    return {
        "type": "revision",
        "article": revision.article_id,
        "number": revision.number,
        "kind": revision.kind,
        "at": instant(revision.at),
        "by": revision.who,
        "note": revision.note,
        "content": of_content(Content.of_revision(revision)),
    }


def of_redirect(old: OldAddress) -> Line:
    return {
        "type": "redirect",
        "from": old.path,
        "to": None if old.gone else old.destination,
        "by_hand": old.by_hand,
        "visits": old.hits,
    }


def instant(at: datetime.datetime | None) -> str | None:
    return at and at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
