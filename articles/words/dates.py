"""Dates and times in words, in the language that is active and in the site's zone.

Each language has its own order of day, month and year, so the formats are messages of the catalogues
(articles/locale). Formats are written as Django's date filter reads them.
"""

import datetime
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps

from django.utils import dateformat, timezone
from django.utils.translation import get_language, pgettext

# Django's get_language() takes some microseconds, and a page has a hundred words and dates. So the language
# is kept while a page is rendered.
_kept = threading.local()

Moment = datetime.datetime | datetime.date | None


@contextmanager
def keeping(language: str | None) -> Iterator[None]:
    """Within this, the active language is known to be this one."""
    before = getattr(_kept, "language", None)
    _kept.language = language
    try:
        yield
    finally:
        _kept.language = before


def by_language(function: Callable) -> Callable:
    """Remember results, of each language by itself."""

    @lru_cache(maxsize=8192)
    def remembered(_language, *args):
        return function(*args)

    @wraps(function)
    def called(*args):
        return remembered(getattr(_kept, "language", None) or get_language(), *args)

    return called


def local(moment: Moment) -> Moment:
    """A moment in the site's zone; a date as it is."""
    return timezone.localtime(moment) if isinstance(moment, datetime.datetime) else moment


def written(moment: Moment, form: str) -> str:
    return dateformat.format(local(moment), form) if moment else ""


@by_language
def day(moment: Moment) -> str:
    """ "22 November 2026" """
    return written(moment, pgettext("date format", "j F Y"))


@by_language
def short_day(moment: Moment) -> str:
    """ "22 Nov 2026" """
    return written(moment, pgettext("date format", "j M Y"))


@by_language
def day_of_year(moment: Moment) -> str:
    """ "22 November" """
    return written(moment, pgettext("date format", "j F"))


@by_language
def short_day_of_year(moment: Moment) -> str:
    """ "22 Nov" """
    return written(moment, pgettext("date format", "j M"))


@by_language
def weekday(moment: Moment) -> str:
    """ "Sunday 22 November" """
    return written(moment, pgettext("date format", "l j F"))


@by_language
def whole_day(moment: Moment) -> str:
    """ "Sunday 22 November 2026" """
    return written(moment, pgettext("date format", "l j F Y"))


@by_language
def month(moment: Moment) -> str:
    """ "November 2026" """
    return written(moment, pgettext("date format", "F Y"))


@by_language
def month_alone(moment: Moment) -> str:
    """ "November" """
    return written(moment, pgettext("date format", "F"))


@by_language
def clock(moment: Moment) -> str:
    """ "22 November 2026, 06:00" """
    return written(moment, pgettext("date format", "j F Y, H:i"))


@by_language
def hour(moment: Moment) -> str:
    """ "06:00" """
    return written(moment, pgettext("date format", "H:i"))


@by_language
def clock_zone(moment: Moment) -> str:
    """The same with the zone's name, "22 November 2026, 06:00 GMT": once on a page is enough."""
    return f"{clock(moment)} {zone(moment)}" if moment else ""


def zone(moment: datetime.datetime) -> str:
    """ "GMT"; "UTC+03" where the zone has no letters of its own."""
    name = timezone.localtime(moment).tzname() or ""
    return name if name[:1].isalpha() else f"UTC{name}"
