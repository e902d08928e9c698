"""Checks whether a content and its times may be published."""

import datetime
import re

from django.utils import timezone

from articles.models import Image, Section
from articles.publishing.errors import Problem

from .content import Content
from .until import KEEP, Until

EARLIEST = datetime.datetime(1950, 1, 1, tzinfo=datetime.UTC)
IMG = re.compile(r"<img\b[^>]*>")
NUMBER = re.compile(r'\bdata-image="(\d{1,18})"')
SAID = re.compile(r'\balt="[^"]*[^"\s]|\bdata-decorative\b')
FARTHEST = datetime.timedelta(days=3653)


def problems_of(content: Content) -> list[Problem]:
    """What is missing before the content can be published; empty if it is ready."""
    found = problems_of_text(content)
    if content.lead_image_id:
        found.extend(problems_of_lead_image(content.lead_image_id, content.lead_alt))
    return found


def problems_of_text(content: Content) -> list[Problem]:
    """The same without the words of the lead picture."""
    found = []
    if not content.headline:
        found.append(Problem("headline", "Write a headline; readers find the article by it."))
    if not content.section_id or not Section.objects.filter(pk=content.section_id).exists():
        found.append(Problem("section", "Choose a section; the article appears on its front."))
    if not content.body and not content.standfirst:
        found.append(Problem("body", "Write the body, or at least a standfirst."))
    return found


def problems_of_lead_image(image_id: int, own_alt: str | None) -> list[Problem]:
    alt = Image.objects.filter(pk=image_id).values_list("alt", flat=True).first()
    if alt is None:
        return [Problem("lead_image", "This picture is no longer in the library; choose another.")]
    if not (own_alt or alt).strip():
        return [
            Problem("lead_image", "Say in the picture's alt text what it shows, for those who cannot see it.")
        ]
    return []


def pictures_without_words(body: str) -> list[Image]:
    """The pictures of a body of which nobody says what they show: neither the text, which may also say that
    one is only decoration, nor the library."""
    silent = [tag for tag in IMG.findall(body) if not SAID.search(tag)]
    numbers = {int(number[1]) for tag in silent if (number := NUMBER.search(tag))}
    return list(Image.objects.filter(pk__in=numbers, alt="").order_by("pk")) if numbers else []


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
