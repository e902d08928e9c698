"""The months above the list of articles. Django's own date hierarchy asks the whole table for its
distinct months; this one asks an index for the first and last publish time and does sums."""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format

ONE_DAY = datetime.timedelta(days=1)
WRITTEN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True)
class Days:
    """A year, a month or a day, written in the list's address as "2026", "2026-11" or "2026-11-22"."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self):
        _ = self.start, self.end

    @classmethod
    def parse(cls, text):
        """None for what is no date."""
        match = WRITTEN.fullmatch(text or "")
        if match is None:
            return None
        try:
            return cls(*(int(number) if number else None for number in match.groups()))
        except (ValueError, OverflowError):
            return None

    @cached_property
    def start(self):
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @cached_property
    def end(self):
        """The first day after them."""
        if self.day:
            return self.start + ONE_DAY
        if self.month:
            return (self.start + 31 * ONE_DAY).replace(day=1)
        return datetime.date(self.year + 1, 1, 1)

    @property
    def written(self):
        return "-".join(f"{number:02}" for number in (self.year, self.month, self.day) if number)

    @property
    def label(self):
        if self.day:
            return date_format(self.start, "j F")
        return date_format(self.start, "F Y") if self.month else str(self.year)

    @property
    def short(self):
        """Its short name, for use among others of the same kind."""
        if self.day:
            return str(self.day)
        return date_format(self.start, "M") if self.month else str(self.year)

    @property
    def wider(self):
        if self.day:
            return Days(self.year, self.month)
        return Days(self.year) if self.month else None

    def narrower(self, first, last):
        """Its months or days, as far as they lie between the first and the last date."""
        if self.day:
            return []
        if self.month:
            each = [Days(self.year, self.month, number + 1) for number in range((self.end - self.start).days)]
        else:
            each = [Days(self.year, month) for month in range(1, 13)]
        return [days for days in each if days.end > first and days.start <= last]
