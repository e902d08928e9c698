"""The template engine for readers' pages, Jinja (docs/decisions/0010), and its functions for pictures and
times.

A front page calls each of these some hundred times, so their results are cached.
"""

import datetime
from functools import lru_cache

from django.template.defaultfilters import linebreaksbr, pluralize
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.dates import MONTHS
from jinja2 import Environment, pass_context

from articles.images import ROLES, files_named, picture_html
from articles.structured_data import machine_time


def environment(*, autoescape, **options):
    """Makes the environment for TEMPLATES in the settings. Text is always escaped, whatever the settings
    say."""
    made = Environment(autoescape=True, **options)
    made.globals |= {"picture": picture, "static": static}
    made.filters |= {
        "clock": clock,
        "clock_zone": clock_zone,
        "date": date,
        "day": day,
        "hour": hour,
        "iso": iso,
        "linebreaksbr": linebreaksbr,
        "pluralize": pluralize,
        "web_name": web_name,
    }
    return made


@pass_context
def picture(context, image, role, *, eager=False, alt=None):
    """A picture (a row of the library, or its source as cards have it) in one of the roles of
    images/widths.py; nothing without a picture.

    Use eager=True for the first picture on the page, and alt="" if the text beside the picture says what it
    shows.
    """
    if not image:
        return ""
    html, files = drawn(getattr(image, "source", image), role, eager, alt)
    context["pictures_named"].extend(files)
    return html


@lru_cache(maxsize=4096)
def drawn(source, role, eager, alt):
    """The HTML, and the files that it names."""
    return picture_html(source, ROLES[role], eager=eager, alt=alt), files_named(source, ROLES[role])


def web_name(address):
    """ "mastodon.example/@mara" for https://www.mastodon.example/@mara/."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/") or address


@lru_cache(maxsize=4096)
def date(moment, form):
    """The date in a format of Django's: "l j F" gives "Sunday 22 November"."""
    return dateformat.format(local(moment), form)


@lru_cache(maxsize=4096)
def iso(moment):
    """For <time datetime>."""
    return machine_time(moment) if moment else ""


@lru_cache(maxsize=4096)
def clock(moment):
    """ "22 November 2026, 06:00" in the site's zone."""
    return f"{day(moment)}, {timezone.localtime(moment):%H:%M}" if moment else ""


@lru_cache(maxsize=4096)
def clock_zone(moment):
    """The same with the zone's name, "22 November 2026, 06:00 GMT": once on a page is enough."""
    return f"{clock(moment)} {zone(moment)}" if moment else ""


@lru_cache(maxsize=4096)
def zone(moment):
    """ "GMT"; "UTC+03" where the zone has no letters of its own."""
    name = timezone.localtime(moment).tzname() or ""
    return name if name[:1].isalpha() else f"UTC{name}"


@lru_cache(maxsize=4096)
def day(moment):
    """ "22 November 2026", of a date, or of a moment in the site's zone."""
    if not moment:
        return ""
    moment = local(moment)
    return f"{moment.day} {MONTHS[moment.month]} {moment.year}"


@lru_cache(maxsize=4096)
def hour(moment):
    """ "06:00" in the site's zone."""
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""


def local(moment):
    """A moment in the site's zone; a date as it is."""
    return timezone.localtime(moment) if isinstance(moment, datetime.datetime) else moment
