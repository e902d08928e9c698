"""Where an article stands, as editors say it: its state, and what time and a working copy make of that."""

from django.db.models import F, TextChoices
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Article, State

# When something goes out: a first publication, or changes to what readers have.
GOES_OUT = Coalesce("scheduled_for", "publish_at")


class Outlook(TextChoices):
    """What becomes of scheduled changes. The words are the list's, before the time or the reason."""

    AHEAD = "ahead", "scheduled for"
    OVERDUE = "overdue", "overdue since"
    HELD = "held", "not published"


class DeskState(TextChoices):
    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    SCHEDULED = "scheduled", "scheduled"
    PUBLISHED = "published", "live"
    CHANGED = "changed", "live, with unpublished changes"
    EXPIRED = "expired", "ended"
    WITHDRAWN = "withdrawn", "withdrawn"


def desk_state(article, at=None):
    at = at or timezone.now()
    if article.state != State.PUBLISHED:
        return DeskState(article.state)
    if article.publish_at > at:
        return DeskState.SCHEDULED
    if article.expires_at and article.expires_at <= at:
        return DeskState.EXPIRED
    return DeskState.CHANGED if article.has_unscheduled_changes else DeskState.PUBLISHED


def outlook_of(article, at=None):
    """Of its scheduled changes; None where there are none."""
    if not article.has_scheduled_changes:
        return None
    if article.scheduled_problem:
        return Outlook.HELD
    return Outlook.OVERDUE if article.scheduled_for <= (at or timezone.now()) else Outlook.AHEAD


def only_in_state(queryset, state, at=None):
    """Those articles of the queryset that stand there. Each case is answered by an index of its own."""
    at = at or timezone.now()
    if state == DeskState.SCHEDULED:
        first = Article.objects.filter(state=State.PUBLISHED, publish_at__gt=at).order_by().values("pk")
        changes = Article.objects.filter(scheduled_for__isnull=False).order_by().values("pk")
        # SQLite would look through the whole table for an “or”.
        return queryset.filter(pk__in=first.union(changes))
    if state == DeskState.PUBLISHED:
        return queryset.published(at)
    if state == DeskState.CHANGED:
        changed = queryset.published(at).filter(working_copy__isnull=False)
        return changed.exclude(working_copy=F("scheduled_revision"))
    if state == DeskState.EXPIRED:
        return queryset.filter(state=State.PUBLISHED, expires_at__lte=at)
    return queryset.filter(state=state)
