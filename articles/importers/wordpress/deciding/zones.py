"""The time zone of a site: an export does not name it, but items have their time in UTC and on its clock."""

import datetime
import zoneinfo
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.importers.wordpress.records import Item

from .dates import written

# Many zones have had the same time for decades. The first of these is named then.
PRINCIPAL = (
    "UTC Europe/London Europe/Berlin Europe/Athens Europe/Moscow Europe/Istanbul America/New_York"
    " America/Chicago America/Denver America/Los_Angeles America/Phoenix America/Anchorage Pacific/Honolulu"
    " America/Halifax America/St_Johns America/Sao_Paulo America/Argentina/Buenos_Aires America/Santiago"
    " America/Bogota America/Caracas America/Mexico_City America/Havana Africa/Lagos Africa/Johannesburg"
    " Africa/Nairobi Africa/Cairo Africa/Casablanca Asia/Jerusalem Asia/Beirut Asia/Riyadh Asia/Dubai"
    " Asia/Tehran Asia/Kabul Asia/Karachi Asia/Kolkata Asia/Kathmandu Asia/Dhaka Asia/Yangon Asia/Bangkok"
    " Asia/Jakarta Asia/Shanghai Asia/Manila Asia/Singapore Asia/Tokyo Asia/Seoul Australia/Perth"
    " Australia/Darwin Australia/Adelaide Australia/Brisbane Australia/Sydney Pacific/Auckland"
).split()
RANK = {name: number for number, name in enumerate(PRINCIPAL)}
# What a site has whose owner chose "UTC+2" from the list instead of a city.
FIXED = "Etc/GMT"
# Zones that explain a sample of one item a month best are tried on all.
TRIED = 24
# Days are told apart, as far as a site can have had so many. No newspaper has.
MOST_DAYS = 100_000
HALVES = 48
MINUTE, HALF_AN_HOUR = datetime.timedelta(minutes=1), datetime.timedelta(minutes=30)
# A moment and an offset in minutes, and of how many items.
Count = tuple[tuple[datetime.datetime, int], int]


@dataclass(frozen=True, slots=True)
class Inferred:
    """The zone that explains most items: `explained` of `total`; and the next best with theirs."""

    name: str
    explained: int
    total: int
    others: tuple[tuple[str, int], ...] = ()


class Offsets:
    """How often the site's clock was how far from UTC, by the half hour. Changes of clocks are at whole hours
    or halves, so nothing is lost. Each day has its 48 numbers in one piece of memory: one by one, those of
    twenty years would take as much as the rest of the survey together."""

    def __init__(self) -> None:
        # By the day and the offset in minutes.
        self.days: dict[tuple[int, int], array[int]] = {}
        # What they say, until there are more.
        self._inferred: Inferred | None = None

    def add(self, item: Item) -> None:
        local, gmt = written(item.date), written(item.date_gmt)
        if local and gmt:
            key = gmt.toordinal(), round((local - gmt) / MINUTE)
            if key not in self.days and len(self.days) >= MOST_DAYS:
                return
            self.days.setdefault(key, array("I", bytes(4 * HALVES)))[gmt.hour * 2 + gmt.minute // 30] += 1
            self._inferred = None

    def counts(self) -> Iterator[Count]:
        for (day, offset), numbers in self.days.items():
            begin = datetime.datetime.fromordinal(day)
            for half, number in enumerate(numbers):
                if number:
                    yield (begin + half * HALF_AN_HOUR, offset), number

    def inferred(self) -> Inferred | None:
        """None if no item has both times. A run and its report ask for it several times, and finding it takes
        as long as reading some megabytes."""
        if self.days and self._inferred is None:
            self._inferred = self._found()
        return self._inferred

    def _found(self) -> Inferred:
        sample = self.sampled()
        best = sorted(candidates(), key=lambda name: (-explained(sample, name), rank(name)))[:TRIED]
        counts = list(self.counts())
        numbers = {name: explained(counts, name) for name in best}
        first, *others = sorted(best, key=lambda name: (-numbers[name], rank(name)))
        next_best = tuple((name, numbers[name]) for name in others[:3] if numbers[name])
        return Inferred(first, numbers[first], sum(number for _, number in counts), next_best)

    def sampled(self) -> list[Count]:
        """One moment for each month and offset, with how many items it stands for."""
        months: dict[tuple[int, int, int], tuple[datetime.datetime, int]] = {}
        numbers: Counter[tuple[int, int, int]] = Counter()
        for (at, offset), number in self.counts():
            month = (at.year, at.month, offset)
            months.setdefault(month, (at, offset))
            numbers[month] += number
        return [(months[month], number) for month, number in numbers.items()]


def explained(counts: Iterable[Count], name: str) -> int:
    """For how many items this zone has the site's offset."""
    zone = zoneinfo.ZoneInfo(name)
    return sum(
        number
        for (at, offset), number in counts
        if at.replace(tzinfo=datetime.UTC).astimezone(zone).utcoffset() == offset * MINUTE
    )


def rank(name: str) -> tuple[int, bool, str]:
    return RANK.get(name, len(RANK)), name.startswith(FIXED), name


@lru_cache(maxsize=1)
def candidates() -> list[str]:
    """Zones named after places, UTC, and those of a fixed offset."""
    return sorted(
        name
        for name in zoneinfo.available_timezones()
        if name in RANK
        or name.startswith(FIXED)
        or name.partition("/")[0]
        in ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    )
