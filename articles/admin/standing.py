"""Where an article stands, as editors say it: its state, and what time and a working copy make of that."""

from django.db.models import TextChoices
from django.utils import timezone

from articles.models import State


class Standing(TextChoices):
    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    SCHEDULED = "scheduled", "scheduled"
    PUBLISHED = "published", "live"
    CHANGED = "changed", "live, with unpublished changes"
    EXPIRED = "expired", "ended"
    WITHDRAWN = "withdrawn", "withdrawn"


def standing_of(article, at=None):
    at = at or timezone.now()
    if article.state != State.PUBLISHED:
        return Standing(article.state)
    if article.publish_at > at:
        return Standing.SCHEDULED
    if article.expires_at and article.expires_at <= at:
        return Standing.EXPIRED
    return Standing.CHANGED if article.working_copy_id else Standing.PUBLISHED


def only_standing(queryset, standing, at=None):
    """Those articles of the queryset that stand there. Each case is answered by an index of its own."""
    at = at or timezone.now()
    if standing == Standing.SCHEDULED:
        return queryset.filter(state=State.PUBLISHED, publish_at__gt=at)
    if standing == Standing.PUBLISHED:
        return queryset.published(at)
    if standing == Standing.CHANGED:
        return queryset.published(at).filter(working_copy__isnull=False)
    if standing == Standing.EXPIRED:
        return queryset.filter(state=State.PUBLISHED, expires_at__lte=at)
    return queryset.filter(state=standing)
