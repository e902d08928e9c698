"""The state of an article as editors name it. It follows from the stored state, the time and the working
copy."""

from django.db.models import F, Q, TextChoices
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Article, State

# The time at which something is published: the scheduled changes, or else the article itself.
GOES_OUT = Coalesce("scheduled_for", "publish_at")


class Outlook(TextChoices):
    """What will happen with scheduled changes. The list shows these words before the time or the reason."""

    AHEAD = "ahead", "scheduled for"
    OVERDUE = "overdue", "overdue since"
    HELD = "held", "not published"


class DeskState(TextChoices):
    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    APPROVED = "approved", "approved"
    SCHEDULED = "scheduled", "scheduled"
    PUBLISHED = "published", "live"
    CHANGED = "changed", "live, with unpublished changes"
    EXPIRED = "expired", "ended"
    WITHDRAWN = "withdrawn", "withdrawn"


def desk_state(article, at=None):
    at = at or timezone.now()
    if article.state != State.PUBLISHED:
        return DeskState.APPROVED if article.is_approved else DeskState(article.state)
    if article.publish_at > at:
        return DeskState.SCHEDULED
    if article.expires_at and article.expires_at <= at:
        return DeskState.EXPIRED
    return DeskState.CHANGED if article.has_unscheduled_changes else DeskState.PUBLISHED


def outlook_of(article, at=None):
    """The outlook of the scheduled changes; None if there are none."""
    if not article.has_scheduled_changes:
        return None
    if article.scheduled_problem:
        return Outlook.HELD
    return Outlook.OVERDUE if article.scheduled_for <= (at or timezone.now()) else Outlook.AHEAD


def only_in_state(queryset, state, at=None):
    """The articles of the queryset that are in this state. Each case can use an index of its own."""
    at = at or timezone.now()
    if state == DeskState.SCHEDULED:
        first = Article.objects.filter(state=State.PUBLISHED, publish_at__gt=at).order_by().values("pk")
        changes = Article.objects.filter(scheduled_for__isnull=False).order_by().values("pk")
        # A union, because SQLite would read the whole table for an “or”.
        return queryset.filter(pk__in=first.union(changes))
    if state == DeskState.PUBLISHED:
        return queryset.published(at)
    if state == DeskState.CHANGED:
        changed = queryset.published(at).filter(working_copy__isnull=False)
        return changed.exclude(working_copy=F("scheduled_revision"))
    if state in {DeskState.APPROVED, DeskState.IN_REVIEW}:
        is_approved = Q(approved_version=F("version"))
        # Not ~Q() alone, which would leave out NULL.
        chosen = is_approved if state == DeskState.APPROVED else Q(approved_version=None) | ~is_approved
        drafts = Article.objects.filter(chosen, state=State.IN_REVIEW).order_by().values("pk")
        changes = Article.objects.filter(chosen, changes_in_review=True).order_by().values("pk")
        return queryset.filter(pk__in=drafts.union(changes))
    if state == DeskState.EXPIRED:
        return queryset.filter(state=State.PUBLISHED, expires_at__lte=at)
    return queryset.filter(state=state)
