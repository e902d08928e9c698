"""What templates say of pictures, people and times. Front pages call these some hundred times each: all are
looked up before they are worked out."""

from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.dates import MONTHS

from articles.images import ROLES, files_named, picture_html
from articles.structured_data import machine_time

register = template.Library()


@register.simple_tag(takes_context=True)
def picture(context, image, role, eager=False, alt=None):
    """A picture (a row of the library, or its source as cards have it) in one of the roles of
    images/sizes.py; nothing without a picture.

    Whoever includes it says with eager=True that it comes first on the page, and with alt="" that the words
    beside it say what it shows.
    """
    if not image:
        return ""
    html, files = drawn(getattr(image, "source", image), role, bool(eager), alt)
    context["pictures_named"].extend(files)
    return html


@lru_cache(maxsize=4096)
def drawn(source, role, eager, alt):
    """The HTML, and the files that it names."""
    return picture_html(source, ROLES[role], eager=eager, alt=alt), files_named(source, ROLES[role])


@register.filter
def byline_names(card):
    """ "Mara Ellis, Inés Prado and T. Lindqvist"."""
    return card.author_names


@register.filter
def web_name(address):
    """ "mastodon.example/@mara" for https://www.mastodon.example/@mara/."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/") or address


@register.filter
@lru_cache(maxsize=4096)
def iso(moment):
    """For <time datetime>."""
    return machine_time(moment) if moment else ""


@register.filter
@lru_cache(maxsize=4096)
def clock(moment):
    """ "22 November 2026, 06:00" in the site's zone."""
    return f"{day(moment)}, {timezone.localtime(moment):%H:%M}" if moment else ""


@register.filter
@lru_cache(maxsize=4096)
def clock_zone(moment):
    """The same with the zone's name, "22 November 2026, 06:00 GMT": once on a page is enough."""
    return f"{clock(moment)} {zone(moment)}" if moment else ""


@register.filter
@lru_cache(maxsize=4096)
def zone(moment):
    """ "GMT"; "UTC+03" where the zone has no letters of its own."""
    name = timezone.localtime(moment).tzname() or ""
    return name if name[:1].isalpha() else f"UTC{name}"


@register.filter
@lru_cache(maxsize=4096)
def day(date):
    """ "22 November 2026", of a date, or of a moment in the site's zone."""
    if not date:
        return ""
    date = timezone.localtime(date) if hasattr(date, "hour") else date
    return f"{date.day} {MONTHS[date.month]} {date.year}"


@register.filter
@lru_cache(maxsize=4096)
def hour(moment):
    """ "06:00" in the site's zone."""
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""
