"""Notes of colleagues on an article. Each is a row of its own, so two people never write over each other; who
changes a note says which version of it they have seen."""

import datetime
from typing import NoReturn

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Note
from articles.publishing.notifications.telling import tell_of_note
from articles.publishing.shared.errors import Gone, Problem, Refused
from articles.publishing.shared.text import one_line, plain_text

from .words import Words

User = AbstractBaseUser | None

LONGEST = 5_000  # characters of a note
MOST = 1_000  # notes on an article
LONGEST_NAME = 80
REMOVED = "Somebody has removed this note meanwhile."


@transaction.atomic
def write_note(
    article: Article,
    text: str,
    *,
    by: User,
    name: str = "",
    words: Words | None = None,
    thread: int | None = None,
    kind: Note.Kind = Note.Kind.NOTE,
    when: datetime.datetime | None = None,
) -> Note:
    """Write a note, or answer the thread whose first note has that number; answering opens a thread that was
    resolved.

    `by` is None and `name` what they call themselves if somebody writes who has a draft link. The caller
    has checked whether the article may be read.
    """
    text = checked(text)
    # Before the thread, as everywhere: whoever deletes an article locks it first.
    if not Article.objects.select_for_update(no_key=True).only("pk").filter(pk=article.pk).first():
        raise Gone
    if Note.objects.filter(article=article).count() >= MOST:
        refuse(f"An article takes {MOST:,} notes; remove some first.")
    first = None if thread is None else first_of(article, thread)
    words = words if words and first is None else Words()
    note = Note.objects.create(
        **{"article": article, "thread": first, "kind": kind, "by": by, "text": text},
        name="" if by else one_line(name)[:LONGEST_NAME],
        at=when or timezone.now(),
        **vars(words),
    )
    if first and first.resolved_at:
        settle(first, None, None)
    tell_of_note(note)
    return note


def checked(text: str) -> str:
    text = plain_text(text)
    if not text:
        refuse("Write something first.")
    if len(text) > LONGEST:
        refuse(f"A note takes {LONGEST:,} characters; this one has {len(text):,}. Make two of it.")
    return text


def first_of(article: Article, number: int) -> Note:
    """Locked, so that it is not removed while it is answered."""
    first = Note.objects.select_for_update().filter(article=article, thread=None, pk=number).first()
    return first or refuse("Somebody has removed this thread meanwhile; write your note as a new one.")


@transaction.atomic
def edit_note(note: Note, text: str, *, by: User, seen: int) -> Note:
    """`seen` is the version of the note that was shown. Refused if it is another one now, or somebody else's
    note."""
    text = checked(text)
    note = own(note, by, seen)
    if text != note.text:
        note.text, note.edited_at = text, timezone.now()
        tell_of_note(changed(note))
    return note


@transaction.atomic
def remove_note(note: Note, *, by: User, seen: int, may_moderate: bool = False) -> None:
    """Remove one's own note; who moderates removes comments too. What others have answered stays, below a
    note that is empty."""
    note = own(note, by, seen, may_moderate=may_moderate)
    if note.answers.exists():
        note.text = note.quote = note.quote_now = note.before = note.after = ""
        changed(note)
    else:
        note.delete()


def own(note: Note, by: User, seen: int, *, may_moderate: bool = False) -> Note:
    note = as_seen(note, seen)
    if not note.text:
        refuse(REMOVED)
    is_own = by is not None and note.by_id == by.pk
    if not (is_own or (may_moderate and note.is_comment)):
        refuse("This note is somebody else's; answer it instead.")
    return note


@transaction.atomic
def resolve(note: Note, *, by: User, seen: int) -> Note:
    """Mark a thread as resolved. One that is resolved already stays as it is."""
    note = thread_as_seen(note, seen)
    return note if note.resolved_at else settle(note, timezone.now(), by)


@transaction.atomic
def reopen(note: Note, *, seen: int) -> Note:
    note = thread_as_seen(note, seen)
    return settle(note, None, None) if note.resolved_at else note


def thread_as_seen(note: Note, seen: int) -> Note:
    note = as_seen(note, seen)
    return refuse("Only a whole thread is resolved.") if note.thread_id else note


def as_seen(note: Note, seen: int) -> Note:
    """The note, locked, if it is still what was shown."""
    fresh = Note.objects.select_for_update().filter(pk=note.pk).first()
    if fresh is None:
        refuse(REMOVED)
    if fresh.version != seen:
        refuse("This note has changed since it was shown; look at it, and try again.")
    return fresh


def settle(note: Note, at: datetime.datetime | None, by: User) -> Note:
    note.resolved_at, note.resolved_by = at, by
    return changed(note)


def changed(note: Note) -> Note:
    note.version += 1
    note.changed_at = timezone.now()
    note.save()
    return note


def refuse(message: str) -> NoReturn:
    raise Refused([Problem("note", message)])
