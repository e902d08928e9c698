"""Notes for readers on a published article: adding, mending and removing them. Each leaves an act that says
what the note said, so that none changes silently."""

import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import Act, Article, Correction, State
from articles.publishing.shared.errors import Problem, Refused
from articles.publishing.shared.records import record, time_of
from articles.publishing.shared.text import one_line, plain_text

from .content.seen_by_readers import Seen, announce_article, as_seen
from .drafts import User, When, locked


@transaction.atomic
def correct(
    article: Article,
    *,
    by: User,
    text: str,
    kind: str = Correction.Kind.CORRECTION,
    when: When = None,
) -> Correction:
    """Add a dated note for readers to a published article."""
    article = locked(article)
    when = time_of(when)
    text = noted(text)
    refuse_if_not_out(article)
    before = as_seen(article)
    correction = Correction.objects.create(article=article, kind=kind, text=text, at=when)
    announce_notes(article, before, when)
    record(article, Act.Verb.CORRECT, by=by, detail=one_line(text), when=when)
    return correction


@transaction.atomic
def mend_correction(
    article: Article, number: int, *, by: User, text: str, kind: str, when: When = None
) -> Correction:
    """Change the words or the kind of note `number`. Its date stays. Refused if the note is gone."""
    article = locked(article)
    when = time_of(when)
    correction, text = note_of(article, number), noted(text)
    if (correction.text, correction.kind) == (text, kind):
        return correction
    before, was = as_seen(article), in_words(correction)
    correction.text, correction.kind = text, kind
    correction.save()
    announce_notes(article, before, when)
    record(article, Act.Verb.MEND, by=by, detail=f"{was} became {in_words(correction)}", when=when)
    return correction


@transaction.atomic
def remove_correction(article: Article, number: int, *, by: User, when: When = None) -> None:
    """Take note `number` off the page. Refused if it is gone already."""
    article = locked(article)
    when = time_of(when)
    correction = note_of(article, number)
    before, was = as_seen(article), in_words(correction)
    correction.delete()
    announce_notes(article, before, when)
    record(article, Act.Verb.UNCORRECT, by=by, detail=was, when=when)


def noted(text: str) -> str:
    text = plain_text(text)
    if not text:
        raise Refused([Problem("text", "Say what was wrong and what is right.")])
    return text


def note_of(article: Article, number: int) -> Correction:
    if correction := article.corrections.filter(pk=number).first():
        return correction
    raise Refused([Problem("", "This note is no longer on the page; somebody has removed it.")])


def in_words(correction: Correction) -> str:
    """Like “Update of 3 May 2026: “The wall is four metres high.””, on one line."""
    day = timezone.localdate(correction.at)
    return f"{correction.get_kind_display()} of {day.day} {day:%B %Y}: “{one_line(correction.text)}”"


def refuse_if_not_out(article: Article) -> None:
    if article.state != State.PUBLISHED:
        raise Refused([Problem("", "Only a published article is corrected; change a draft itself.")])
    if article.is_scheduled:
        raise Refused([Problem("", "Readers have not had this article yet; change the text itself.")])


def announce_notes(article: Article, before: Seen, when: datetime.datetime) -> None:
    article.updated_at = when
    article.save(when=when)
    announce_article(article, before, also=["corrections"], when=when)
