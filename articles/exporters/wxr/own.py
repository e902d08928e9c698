"""What WordPress has no field for, as JSON in one meta value, from which our importer takes it back."""

import datetime
import json
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as in_format

from articles.conf import paper
from articles.exporters.rows import Story
from articles.models import Article, Correction, Page, State
from articles.models.articles.article import Kind

from .names import html

META = "_newsroom"
# The class of the group of notes to readers that stands below a text. The importer finds it by that.
NOTES = "newsroom-corrections"


def of_story(story: Story, now: datetime.datetime, decorative: list[int]) -> str:
    """`decorative` are the attachments that need no alt text in it."""
    article = story.article
    return as_json(
        state=state_of(story, now) or None,
        kicker=article.kicker or None,
        until=article.expires_at and article.expires_at.isoformat(),
        language=language_of(article),
        direction=article.direction if article.direction != "auto" else None,
        kind=article.kind if article.kind != Kind.NEWS else None,
        reviewed=article.reviewed or None,
        rating=article.rating,
        lead_alt=article.lead_alt,
        lead_caption=article.lead_caption,
        lead_credit=article.lead_credit,
        roles={line.author.slug: line.role for line in story.bylines if line.role} or None,
        corrections=[[note.kind, note.at.isoformat(), note.text] for note in story.corrections] or None,
        formerly=story.formerly or None,
        decorative=decorative or None,
    )


def language_of(thing: Article | Page) -> str | None:
    return thing.language if thing.language != paper().language else None


def of_page(page: Page, formerly: list[str], decorative: list[int]) -> str:
    return as_json(language=language_of(page), formerly=formerly or None, decorative=decorative or None)


def as_json(**facts: Any) -> str:
    """Only what there is. Its presence alone says that the text is ours, whose pictures need no other
    words. What looks like a tag in it is none for WordPress either, which may search the file for tags."""
    there = {name: value for name, value in facts.items() if value is not None}
    return json.dumps({"version": 1, **there}, ensure_ascii=False).replace("<", "\\u003c")


def state_of(story: Story, now: datetime.datetime) -> str:
    """Where WordPress has none like it, the item is a draft there."""
    article = story.article
    if article.state == State.WITHDRAWN:
        return "withdrawn"
    is_over = article.expires_at is not None and article.expires_at <= now
    return "over" if article.state == State.PUBLISHED and is_over else ""


def notes_for_readers(notes: list[Correction]) -> str:
    """The newest first, as on our page."""
    lines = "\n\n".join(map(note_for_readers, reversed(notes)))
    return (
        f'<!-- wp:group {{"className":"{NOTES}"}} -->\n<div class="wp-block-group {NOTES}">{lines}</div>\n'
        "<!-- /wp:group -->"
    )


def note_for_readers(note: Correction) -> str:
    day = in_format(timezone.localtime(note.at), "j F Y")
    words = html(note.text).replace("[", "&#91;").replace("\n", "<br>")
    text = f"<p><strong>{html(note.get_kind_display())}, {day}:</strong> {words}</p>"
    return f"<!-- wp:paragraph -->\n{text}\n<!-- /wp:paragraph -->"
