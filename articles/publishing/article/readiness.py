"""Checks whether a content and its times may be published."""

import datetime

from django.utils import timezone

from articles.models import Image, Section
from articles.publishing.shared.errors import Problem

from .content.content import Content
from .scheduling.end import KEEP, Until

EARLIEST = datetime.datetime(1950, 1, 1, tzinfo=datetime.UTC)
FARTHEST = datetime.timedelta(days=3653)


def problems_of(content: Content) -> list[Problem]:
    """What is missing without which no page can be made of the content, whoever publishes it."""
    found = []
    if not content.headline:
        found.append(Problem("headline", "Write a headline; readers find the article by it."))
    if not content.section_id or not Section.objects.filter(pk=content.section_id).exists():
        found.append(Problem("section", "Choose a section; the article appears on its front."))
    if not content.body and not content.standfirst:
        found.append(Problem("body", "Write the body, or at least a standfirst."))
    if content.lead_image_id and not Image.objects.filter(pk=content.lead_image_id).exists():
        found.append(Problem("lead_image", "This picture is no longer in the library; choose another."))
    return found


def problems_of_end(end: datetime.datetime | None, until: Until, when: datetime.datetime) -> list[Problem]:
    """A problem if the end was set earlier, is not mentioned now, and has passed by the time of the act. It
    would take the article off the site at once, which nobody has asked for."""
    if until is not KEEP or end is None or end > when:
        return []
    return [Problem("expires_at", "“Until” has passed; choose a later time, or leave it empty.")]


def problems_of_times(at: datetime.datetime, until: datetime.datetime | None) -> list[Problem]:
    found = []
    if at < EARLIEST:
        found.append(
            Problem("publish_at", f"Choose a publish time after {EARLIEST:%Y}; this one is {at:%Y}.")
        )
    elif at > timezone.now() + FARTHEST:
        found.append(Problem("publish_at", "Choose a publish time within the next ten years."))
    if until is None:
        return found
    if until <= at:
        found.append(Problem("expires_at", "“Until” lies before the publish time; choose a later one."))
    elif until > timezone.now() + FARTHEST:
        found.append(Problem("expires_at", "Choose an end within the next ten years, or leave it empty."))
    return found
