"""Scheduled changes: they are published at a set time, in an article that readers have or had.

Until that time readers keep what they have. Then the revision that was scheduled is published, whatever was
saved later. publish() and schedule() set the time, the verbs in this module change and cancel it, and
go_live.py makes the changes public. docs/writing/states.md says what every other verb does with scheduled
changes.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import Act, Article, Revision
from articles.publishing.article.content.apply import hold_names
from articles.publishing.article.content.content import Content
from articles.publishing.article.drafts import User, When, locked
from articles.publishing.article.judging import faults_brought
from articles.publishing.article.readiness import problems_of, problems_of_times
from articles.publishing.notifications.telling import remind_of
from articles.publishing.shared.errors import NotReady, Problem, Refused
from articles.publishing.shared.records import announce, in_words, record, time_of

from .end import KEEP, Until, end_of

NOTHING = "Nothing is scheduled for this article any more: the changes have gone out or were cancelled."


@transaction.atomic
def reschedule(
    article: Article,
    *,
    by: User,
    at: datetime.datetime,
    until: Until = KEEP,
    expected: int | None = None,
    when: When = None,
) -> Article:
    """Give the scheduled changes another time. Nothing else changes: what was saved later is not
    scheduled."""
    article = with_changes(article, expected)
    when = time_of(when)
    end = end_of(article, until)
    content = Content.of_revision(article.scheduled_revision)
    problems = [*problems_of(content), *(faults_brought(article, content) if by else [])]
    if at <= timezone.now():
        problems.append(Problem("publish_at", "This time has passed; choose a later one, or publish now."))
    if problems := [*problems, *problems_of_times(at, end)]:
        raise NotReady(problems)
    article.typed_times = None
    set_time(article, article.scheduled_revision, at=at, until=end, by=by, when=when)
    return article


@transaction.atomic
def cancel_scheduled(
    article: Article, *, by: User, expected: int | None = None, when: When = None
) -> Article:
    """Cancel the scheduled changes. They stay as the working copy, unless there is a newer working copy
    already."""
    article = with_changes(article, expected)
    when = time_of(when)
    time = drop_scheduled(article)
    article.save(when=when)
    hold_names(article)
    record(article, Act.Verb.CANCEL, by=by, detail=f"for {in_words(time)}", when=when)
    return article


def with_changes(article: Article, expected: int | None) -> Article:
    article = locked(article, expected)
    if not article.has_scheduled_changes:
        raise Refused([Problem("", NOTHING)])
    return article


def set_time(
    article: Article,
    revision: Revision,
    *,
    at: datetime.datetime,
    until: datetime.datetime | None,
    by: User,
    when: datetime.datetime,
) -> None:
    """Schedule the revision for that time, in place of what was scheduled before. Saves the article."""
    article.scheduled_revision, article.scheduled_for, article.scheduled_until = revision, at, until
    article.scheduled_problem = ""
    article.save(when=when)
    hold_names(article)
    # No page changes yet. When the entry comes due, a press calls go_live.publish_due().
    announce("scheduled", article.pk, {}, due_at=at)
    remind_of(article, at)
    record(article, Act.Verb.SCHEDULE, by=by, detail=f"changes for {in_words(at)}", when=when)


def drop_scheduled(article: Article) -> datetime.datetime | None:
    """Remove the scheduled changes from `article`. Returns the time for which they were set. Does not
    save."""
    time = article.scheduled_for
    article.scheduled_revision = article.scheduled_for = article.scheduled_until = None
    article.scheduled_problem = ""
    return time
