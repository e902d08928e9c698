"""Months and days in the site's zone, by which lists are divided."""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone

from articles.words import dates

# What follows the address of a list in those of its months, its days and the parts of a day.
BELOW = r"([12][0-9]{3})/([0-9]{2})/(?:([0-9]{2})/(?:older/[0-9]+/)?)?"


@dataclass(frozen=True)
class Period:
    """A month, or a day of it. ValueError if the calendar has no such day."""

    year: int
    month: int
    day: int | None = None

    def __post_init__(self):
        datetime.date(self.year, self.month, self.day or 1)

    @property
    def first_day(self):
        return datetime.date(self.year, self.month, self.day or 1)

    @property
    def next_day(self):
        """The first day after the period."""
        if self.day:
            return self.first_day + datetime.timedelta(days=1)
        return datetime.date(self.year + self.month // 12, self.month % 12 + 1, 1)

    @property
    def opens(self):
        return midnight(self.first_day)

    @property
    def closes(self):
        return midnight(self.next_day)

    @property
    def path(self):
        return f"{self.first_day:%Y/%m/%d}/" if self.day else f"{self.first_day:%Y/%m}/"

    @property
    def name(self):
        return dates.day(self.first_day) if self.day else dates.month(self.first_day)

    def of(self, moment):
        """The period of the same kind that holds the moment."""
        day = timezone.localdate(moment)
        return Period(day.year, day.month, day.day if self.day else None)


def midnight(day):
    return datetime.datetime.combine(day, datetime.time.min, timezone.get_default_timezone())


def period_below(path):
    """The period of a path such as 2026/11/; None if it is no such path, or if there is no such day."""
    found = re.fullmatch(BELOW, path)
    try:
        return found and Period(*(number and int(number) for number in found.groups()))
    except ValueError:
        return None
