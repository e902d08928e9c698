"""Publishes scheduled changes when their time comes. Each press calls publish_due(); whichever is first does
it."""

import logging
from functools import partial

from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from articles.models import Act, Article
from articles.publishing.article.content.content import Content
from articles.publishing.article.drafts import locked
from articles.publishing.article.judging import faults_brought
from articles.publishing.article.publish import bring_out, publish_time
from articles.publishing.article.readiness import problems_of
from articles.publishing.shared.errors import NotReady, Refused
from articles.publishing.shared.locks import tried_again
from articles.publishing.shared.records import in_words, record

from .scheduled_changes import drop_scheduled

logger = logging.getLogger("articles.publishing")

LONGEST_WAIT = 500  # milliseconds
LOCK_NOT_AVAILABLE = "55P03"

# The revision can't be read, or the database does not take it. Another try would fail in the same way.
UNUSABLE = (AttributeError, DataError, IntegrityError, KeyError, TypeError, ValueError)


def publish_due() -> int:
    """Publish all scheduled changes whose time has come. Returns the number of articles.

    If changes are refused, the reason is noted and they wait for an editor; they are not tried again. If
    somebody else has locked the row, it is left for the next call.
    """
    due = Article.objects.going_out().only("pk", "scheduled_revision")
    return sum(published_or_held(article) for article in list(due))


def published_or_held(article: Article) -> bool:
    try:
        return tried_again(partial(publish_scheduled, article))
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        logger.warning("The scheduled changes of article %s wait: somebody holds its row.", article.pk)
    except Refused as refusal:
        hold_back(article, str(refusal))
    except UNUSABLE as error:
        logger.exception("The scheduled changes of article %s could not be published.", article.pk)
        hold_back(
            article, f"The text could not be stored ({type(error).__name__}); tell whoever runs the site."
        )
    return False


@transaction.atomic
def publish_scheduled(article: Article) -> bool:
    """Make the scheduled revision public. False if it is not due, or if another press was faster.

    The article keeps its address, its publish time and what was saved after the revision. If no press ran for
    some time and the end has passed too, the article is off the site at once, as it would be by now.
    """
    wait_briefly()
    article = locked(article)
    time, now = article.scheduled_for, timezone.now()
    if time is None or time > now or article.scheduled_problem:
        return False
    content = Content.of_revision(article.scheduled_revision)
    if problems := [*problems_of(content), *faults_brought(article, content)]:
        raise NotReady(problems)
    until, newer = article.scheduled_until, article.has_unscheduled_changes
    version = article.scheduled_revision.number
    drop_scheduled(article)
    article.working_copy = article.working_copy if newer else None
    bring_out(article, content, at=publish_time(article, now), until=until, when=now)
    record(article, Act.Verb.PUBLISH, by=None, detail=f"as scheduled for {in_words(time)}", version=version)
    return True


def wait_briefly() -> None:
    """Have this transaction wait only briefly for locked rows, because the press has more to do. SQLite never
    waits long."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {LONGEST_WAIT}")


@transaction.atomic
def hold_back(article: Article, why: str) -> None:
    """Note why the changes can't be published, unless an editor or another press has dealt with them
    meanwhile."""
    wait_briefly()
    due = Article.objects.going_out().filter(scheduled_revision=article.scheduled_revision_id)
    held = due.select_for_update(of=("self",)).filter(pk=article.pk).first()
    if held is None:
        return
    held.scheduled_problem = why
    held.save(update_fields=["scheduled_problem"])
    record(held, Act.Verb.HOLD, by=None, detail=why)
