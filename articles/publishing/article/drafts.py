"""Writing: saving, submitting, sending back."""

import datetime
import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.conf import paper
from articles.models import Act, Article, Note, State
from articles.models.desk.notification import Kind
from articles.publishing.addresses.old_addresses import leave_behind
from articles.publishing.notes.marks import renew_marks
from articles.publishing.notes.writing import write_note
from articles.publishing.notifications.telling import tell_of_decision
from articles.publishing.shared.errors import Conflict, Gone, NotReady, Problem, Refused
from articles.publishing.shared.locks import lock
from articles.publishing.shared.records import in_words, keep_revision, record, time_of
from articles.search.desk import bring_up_to_date

from .content.apply import apply_content, hold_names, mark_published
from .content.content import Content
from .content.named_rows import held, named_in
from .content.seen_by_readers import announce_article, as_seen
from .content.slugs import take_address
from .judging import faults_brought
from .readiness import problems_of

User = AbstractBaseUser | None
When = datetime.datetime | None


def locked(article: Article, expected: int | None = None, *, naming: Content | None = None) -> Article:
    """The article's row as it is now. It is locked until the transaction ends, and so are all rows that it or
    `naming` names.

    Conflict if it no longer has the expected version, Gone if it is in the bin or deleted.
    """
    fresh = held(article, [naming] if naming else [])
    if fresh is None or fresh.binned_at:
        raise Gone
    if expected is not None and fresh.version != expected:
        raise Conflict(fresh.version)
    return fresh


def refuse_if_scheduled(article: Article) -> None:
    """Refuse if changes are scheduled. For verbs after which it would be unclear what becomes of them."""
    if article.has_scheduled_changes:
        time = in_words(article.scheduled_for)
        raise Refused([Problem("", f"Changes are scheduled for {time}; cancel that first.")])


@transaction.atomic
def begin(
    content: Content,
    *,
    by: User,
    uid: uuid.UUID | None = None,
    when: When = None,
    guid: str = "",
    note: str = "",
) -> Article:
    """Make a new draft. Conflict if the uid exists already, because the form was sent twice.

    `when` is the time at which it happened, here and in every verb: see records.time_of(). `guid` is the id
    that an imported article had in the feeds of its old site. `note` says why, for colleagues.
    """
    when = time_of(when)
    if uid and (existing := Article.including_bin.filter(uid=uid).first()):
        raise Conflict(existing.version)
    lock(named=named_in([content]))
    language = content.language or paper().language
    article = Article(uid=uid or uuid.uuid4(), guid=guid, language=language, created_at=when)
    article.save(when=when)
    content = complete(content, article)
    keep_revision(article, content, by=by, when=when, note=note)
    apply_content(article, content, when=when)
    record(article, Act.Verb.CREATE, by=by, when=when, detail=note)
    return article


def complete(content: Content, article: Article) -> Content:
    previous = Content.newest_body(article)
    language = content.language or article.language
    return Content(**{**vars(content.cleaned(previous)), "language": language})


@transaction.atomic
def save_draft(
    article: Article,
    content: Content,
    *,
    by: User,
    expected: int | None = None,
    when: When = None,
    verb: Act.Verb = Act.Verb.SAVE,
    as_elsewhere: bool = False,
    **more: str,
) -> Article:
    """Save the text. If the article is public, only its working copy changes, and readers see nothing of it.
    Scheduled changes stay as they were scheduled.

    `expected` is the version that the editor opened; Conflict if it is not the newest any more.
    `as_elsewhere` as for publish(). `more` are the kind and the note of the revision.
    """
    article = locked(article, expected, naming=content)
    when = time_of(when)
    content = complete(content, article)
    newest = Content.newest(article)
    if content == newest:
        return article
    if article.is_scheduled:
        refuse_unready(article, content, is_judged=bool(by) and not as_elsewhere)
    revision = keep_revision(article, content, by=by, when=when, **more)
    renew_marks(article, newest.body, content.body)
    if article.has_scheduled_changes or (article.state == State.PUBLISHED and not article.is_scheduled):
        # Also for an article that has expired: its columns stay what readers had.
        article.working_copy = revision
        article.save(when=when)
        hold_names(article)
    else:
        article.working_copy = None
        rewrite(article, content, when=when)
    record(article, verb, by=by, when=when, detail=more.get("note", ""))
    return article


def refuse_unready(article: Article, content: Content, *, is_judged: bool) -> None:
    """Refuse a text of an article that is scheduled, if it could not be published now."""
    brought = faults_brought(article, content) if is_judged else []
    if problems := [*problems_of(content), *brought]:
        raise NotReady([*problems, Problem("", "This article is scheduled; it would go out like this.")])


def rewrite(article: Article, content: Content, *, when: datetime.datetime) -> None:
    """Write the text into the article itself, because readers don't see it. If it has had an address, the old
    address redirects to the new one."""
    if article.address_date is None:
        apply_content(article, content, when=when)
        return
    before = as_seen(article)
    apply_content(article, take_address(article, content, article.address_date), when=when)
    leave_behind(before.addresses, article)
    announce_article(article, before, when=when)


@transaction.atomic
def discard_working_copy(
    article: Article, *, by: User, expected: int | None = None, when: When = None
) -> Article:
    """Drop the working copy. The article is then as it is scheduled, or else as it is public. The revision is
    kept.

    `expected` as for save_draft. Scheduled changes can't be discarded this way; they have to be cancelled
    first. Where nothing is to be dropped, nothing is done.
    """
    article = locked(article, expected)
    when = time_of(when)
    if not article.has_unscheduled_changes:
        refuse_if_scheduled(article)
        if article.typed_times is None:
            return article
    discarded = Content.newest_body(article)
    article.working_copy, article.typed_times = article.scheduled_revision, None
    renew_marks(article, discarded, Content.newest_body(article))
    # The approval was of the text that is discarded here, so it is removed too.
    article.approved_version = None
    article.save(when=when)
    bring_up_to_date([article.pk])
    hold_names(article)
    record(article, Act.Verb.DISCARD, by=by, when=when)
    return article


@transaction.atomic
def submit(article: Article, *, by: User, when: When = None) -> Article:
    """Hand a draft to the editors, or the changes of an article that readers have and keep meanwhile."""
    article = locked(article)
    when = time_of(when)
    refuse_if_scheduled(article)
    if article.state == State.PUBLISHED and article.has_been_out:
        return submit_changes(article, by=by, when=when)
    if article.state not in {State.DRAFT, State.WITHDRAWN}:
        raise Refused(
            [Problem("", f"Only a draft can be submitted; this article is {article.get_state_display()}.")]
        )
    if not article.headline:
        raise NotReady([Problem("headline", "Write a headline; editors find the article by it.")])
    article.state, article.approved_version = State.IN_REVIEW, None
    article.save(when=when)
    record(article, Act.Verb.SUBMIT, by=by, when=when)
    return article


def submit_changes(article: Article, *, by: User, when: datetime.datetime) -> Article:
    if not article.has_unscheduled_changes:
        raise Refused(
            [Problem("", "Nothing has changed since it was published; there is nothing to review.")]
        )
    if article.changes_in_review:
        raise Refused([Problem("", "These changes are in review already.")])
    article.changes_in_review, article.approved_version = True, None
    article.save(when=when)
    record(article, Act.Verb.SUBMIT, by=by, when=when)
    return article


@transaction.atomic
def return_to_draft(article: Article, *, by: User, reason: str = "", when: When = None) -> Article:
    """Take an article out of review, or its changes, or take it off the schedule. For scheduled changes there
    is cancel_scheduled(). The reason becomes a note, which its writer can answer."""
    article = locked(article)
    when = time_of(when)
    refuse_if_scheduled(article)
    if article.changes_in_review:
        article.changes_in_review = False
        article.save(when=when)
        return told_why(article, reason, by=by, when=when)
    if article.state != State.IN_REVIEW and not article.is_scheduled:
        raise Refused([Problem("", "Only an article in review or a scheduled one can go back to draft.")])
    before = as_seen(article)
    was_out = article.first_published_at and article.first_published_at <= timezone.now()
    article.state = State.WITHDRAWN if was_out else State.DRAFT
    if not was_out:
        article.address_date = article.publish_at = article.first_published_at = article.expires_at = None
    article.save(when=when)
    mark_published(article)
    announce_article(article, before)
    return told_why(article, reason, by=by, when=when)


def told_why(article: Article, reason: str, *, by: User, when: datetime.datetime) -> Article:
    """Write down that it was sent back, and tell whoever wrote it."""
    act = record(article, Act.Verb.RETURN, by=by, detail=reason, when=when)
    note = reason and write_note(article, reason, by=by, kind=Note.Kind.SENT_BACK, when=when)
    tell_of_decision(act, Kind.SENT_BACK, note or None)
    return article
