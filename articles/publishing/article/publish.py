"""Publishes, schedules and withdraws articles.

docs/writing/states.md says what each verb does in each state, with a working copy and with scheduled changes.
"""

import dataclasses
import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import Act, Article, Section, State
from articles.models.desk.notification import Kind
from articles.publishing.addresses.old_addresses import leave_behind
from articles.publishing.notes.marks import renew_marks
from articles.publishing.notifications.telling import remind_of, tell_of_decision
from articles.publishing.shared.errors import NotReady, Problem, Refused
from articles.publishing.shared.records import in_words, keep_revision, record, time_of

from .content.apply import apply_content, hold_names, mark_published
from .content.content import LEAD, Content
from .content.seen_by_readers import announce_article, as_seen
from .content.slugs import take_address
from .content.working_copies import change_copies
from .drafts import User, When, complete, locked, return_to_draft
from .judging import faults_brought
from .readiness import problems_of, problems_of_end, problems_of_times
from .scheduling.end import KEEP, Until, end_of
from .scheduling.scheduled_changes import drop_scheduled, set_time

# A change of these counts as an update for readers; a change of a tag or slug does not.
READ = ("headline", "standfirst", "body", *LEAD)


@transaction.atomic
def publish(
    article: Article,
    content: Content | None = None,
    *,
    by: User,
    at: datetime.datetime | None = None,
    until: Until = KEEP,
    expected: int | None = None,
    when: When = None,
    note: str = "",
    as_elsewhere: bool = False,
) -> Article:
    """Make the newest text public, at once or at the time `at` (aware). At once, it also replaces scheduled
    changes. If `at` is still to come and readers have or had the article, they keep what they have, and the
    text is scheduled as changes to it.

    `content` is saved first, like by save_draft. NotReady names what is missing, at its field; then nothing
    at all has been saved. `note` says why, for colleagues: it stands beside the version that is saved, or
    beside the act if none is. `until` is the article's end: KEEP leaves it as it is, None removes it.
    `as_elsewhere` is for what readers of another site have like that: as in bring_in(), none of its faults
    is refused. Nor is any if nobody acts (`by` is None), as in a demonstration.
    """
    article = locked(article, expected, naming=content)
    when = time_of(when)
    newest = Content.newest(article)
    content = complete(content, article) if content else newest
    waits = at is not None and at > timezone.now() and article.has_been_out
    waits_for_approval = article.is_in_review and not article.is_approved
    at, end = at or publish_time(article, when), end_of(article, until)
    brought = faults_brought(article, content) if by and not as_elsewhere else []
    refuse_not_ready(
        [*problems_of(content), *brought, *problems_of_times(at, end), *problems_of_end(end, until, when)]
    )
    if content != newest or article.version == 0 or (waits and not article.working_copy_id):
        article.working_copy = keep_revision(article, content, by=by, when=when, note=note)
        renew_marks(article, newest.body, content.body)
        note = ""
    article.typed_times = None
    if waits:
        return tell_of_approval(
            schedule_changes(article, at=at, until=end, by=by, when=when), waits_for_approval
        )
    instead_of, article.working_copy = drop_scheduled(article), None
    bring_out(article, content, at=at, until=end, when=when)
    record_publishing(article, by=by, instead_of=instead_of, when=when, note=note)
    return tell_of_approval(article, waits_for_approval)


def record_publishing(
    article: Article, *, by: User, instead_of: datetime.datetime | None, when: datetime.datetime, note: str
) -> None:
    """`instead_of`: the time for which changes were scheduled that are dropped."""
    verb, detail = Act.Verb.PUBLISH, note
    if article.is_scheduled:
        verb, detail = Act.Verb.SCHEDULE, f"for {in_words(article.publish_at)}"
        remind_of(article, article.publish_at)
    elif instead_of:
        detail = f"instead of what was scheduled for {in_words(instead_of)}"
    record(article, verb, by=by, detail=detail, when=when)


def refuse_not_ready(problems: list[Problem]) -> None:
    if problems:
        raise NotReady(problems)


def tell_of_approval(article: Article, waited: bool) -> Article:
    """Tell whoever submitted it that somebody has published or scheduled it, which approves it."""
    if waited:
        tell_of_decision(article.acts.order_by("-pk").select_related("by").first(), Kind.APPROVED)
    return article


def schedule_changes(
    article: Article,
    *,
    at: datetime.datetime,
    until: datetime.datetime | None,
    by: User,
    when: datetime.datetime,
) -> Article:
    """Schedule the working copy for that time."""
    if article.state != State.PUBLISHED:
        # The article may be in review again. Until its time comes, it stays withdrawn for readers.
        article.state = State.WITHDRAWN
    set_time(article, article.working_copy, at=at, until=until, by=by, when=when)
    return article


def bring_out(
    article: Article,
    content: Content,
    *,
    at: datetime.datetime,
    until: datetime.datetime | None,
    when: datetime.datetime,
) -> None:
    """Make this the content that readers get from `at` on, give it its address, and announce it to the press.
    Saves the article."""
    before, was = as_seen(article), Content.of(article)
    was_public = article.is_public(when)
    content = take_address(article, content, timezone.localdate(at))
    set_times(article, at=at, until=until)
    if was_public and differs(was, content):
        article.updated_at = when
    article.state = State.PUBLISHED
    apply_content(article, content, when=when)
    leave_behind(before.addresses, article)
    announce_article(article, before, when=when)


def schedule(
    article: Article, content: Content | None = None, *, by: User, at: datetime.datetime, **more
) -> Article:
    """publish() at a future time; refuses a time that has passed."""
    if at <= timezone.now():
        raise NotReady([Problem("publish_at", "This time has passed; choose a later one, or publish now.")])
    return publish(article, content, by=by, at=at, **more)


def publish_time(article: Article, when: datetime.datetime) -> datetime.datetime:
    """The publish time: that of the article if it is or was out, else the time of the act."""
    return article.publish_at if article.publish_at and article.publish_at <= timezone.now() else when


def set_times(article: Article, *, at: datetime.datetime, until: datetime.datetime | None) -> None:
    if article.first_published_at is None or article.first_published_at > timezone.now():
        article.first_published_at = at
    article.publish_at, article.expires_at = at, until


def differs(was: Content, now: Content) -> bool:
    return any(getattr(was, name) != getattr(now, name) for name in READ)


@transaction.atomic
def withdraw(article: Article, *, by: User, reason: str = "", when: When = None) -> Article:
    """Take a published article away from readers. Its address then says that it is gone.

    If readers have not had the article yet, it becomes a draft again, so that nothing says later that it was
    out. Scheduled changes are cancelled, because they would bring it back; they stay as the working copy.
    """
    article = locked(article)
    when = time_of(when)
    if article.is_scheduled and article.first_published_at > timezone.now():
        return return_to_draft(article, by=by, reason=reason, when=when)
    if article.state != State.PUBLISHED:
        raise Refused(
            [
                Problem(
                    "",
                    f"Only a published article can be withdrawn; this one is {article.get_state_display()}.",
                )
            ]
        )
    before = as_seen(article)
    article.state = State.WITHDRAWN
    drop_scheduled(article)
    article.save(when=when)
    hold_names(article)
    mark_published(article)
    announce_article(article, before, when=when)
    record(article, Act.Verb.WITHDRAW, by=by, detail=reason, when=when)
    return article


def move_to_section(article: Article, section: Section, *, by: User, when: When = None) -> Article:
    return amend(
        article,
        Act.Verb.MOVE,
        by=by,
        detail=f"to {section}",
        naming=Content(section_id=section.pk),
        when=when,
        section_id=lambda _: section.pk,
    )


def add_tag(article: Article, name: str, *, by: User, when: When = None) -> Article:
    return amend(
        article,
        Act.Verb.TAG,
        by=by,
        detail=f"“{name}”",
        naming=Content(tags=(name,)),
        when=when,
        tags=lambda tags: (*tags, name),
    )


@transaction.atomic
def amend(
    article: Article, verb: Act.Verb, *, by: User, detail: str, naming: Content, when: When, **change
) -> Article:
    """Make one change in the public text, in the working copy and in the scheduled changes at the same time.

    `naming` holds what the article may name newly after that. Each further keyword is a field of Content,
    with a function that makes the new value from the old one.
    """
    article = locked(article, naming=naming)
    when = time_of(when)
    before, current = as_seen(article), Content.of(article)

    def amended(content: Content) -> Content:
        values = {name: make(getattr(content, name)) for name, make in change.items()}
        return dataclasses.replace(content, **values).cleaned(content.body)

    if article.working_copy_id:
        change_copies(article, amended, by=by, when=when)
    else:
        keep_revision(article, amended(current), by=by, when=when)
    apply_content(article, amended(current), when=when)
    announce_article(article, before, when=when)
    record(article, verb, by=by, detail=detail, when=when)
    return article
