"""The template engine for readers' pages, Jinja (docs/decisions/0010), and its functions for pictures and
times.

A front page calls each of these some hundred times, so their results are cached.
"""

import datetime
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from django.template.defaultfilters import linebreaksbr
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, pass_context
from markupsafe import Markup

from articles.images import ROLES, files_named, picture_html
from articles.structured_data import machine_time
from articles.words import dates
from articles.words.dates import by_language
from articles.words.languages import listed

from .inlined import Inlined
from .language_block import LanguageBlock


def environment(*, autoescape, **options):
    """Makes the environment for TEMPLATES in the settings. Text is always escaped, whatever the settings
    say."""
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n", LanguageBlock, Inlined], **options)
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(by_language(gettext), by_language(ngettext), newstyle=True)
    made.globals |= {"picture": picture, "static": static}
    made.filters |= {
        "clock": dates.clock,
        "clock_zone": dates.clock_zone,
        "day": dates.day,
        "hour": dates.hour,
        "iso": iso,
        "linebreaksbr": linebreaksbr,
        "minutes": minutes,
        "minutes_to_read": minutes_to_read,
        "linked_names": linked_names,
        "number": number,
        "short_day": dates.short_day,
        "short_day_of_year": dates.short_day_of_year,
        "signed": signed,
        "web_name": web_name,
        "weekday": dates.weekday,
        "whole_day": dates.whole_day,
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
def iso(moment):
    """For <time datetime>, of a moment or a date."""
    if not moment:
        return ""
    return machine_time(moment) if isinstance(moment, datetime.datetime) else moment.isoformat()


@by_language
def minutes(number):
    """ "7 min" """
    return ngettext("%(number)s min", "%(number)s min", number) % {"number": number}


@by_language
def minutes_to_read(number):
    """ "7 min read" """
    return ngettext("%(number)s min read", "%(number)s min read", number) % {"number": number}


def number(value):
    """ "1,000" """
    return number_format(value, use_l10n=True, force_grouping=True)


def signed(bylines):
    """The bylines in groups of the same role, one after the other: (role, bylines)."""
    return [(role, list(group)) for role, group in groupby(bylines, attrgetter("role"))]


def linked_names(bylines):
    """ "Mara Ellis and T. Lindqvist", each name a link to the author's page."""
    links = (
        format_html('<a rel="author" href="{}">{}</a>', line.author.get_absolute_url(), line.author.name)
        for line in bylines
    )
    return Markup(listed(links, lambda pattern, names: Markup(pattern) % names))  # noqa: S704 - a message of ours
