"""Which backups are kept: the newest of each of 7 days, of 4 weeks and of 12 months.

Days without a backup do not count. So if backups stop, none is removed for its age, and the last good one
stays however old it is. Archives that are not whole count as none; they are named, and left where they are.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from .archive import manifest_at_end
from .destinations import ENDING, ArchiveFile, Destination

DAYS, WEEKS, MONTHS = 7, 4, 12
WRITTEN = "%Y%m%dT%H%M%SZ"
Period = Callable[[datetime.datetime], object]


@dataclass(frozen=True)
class Kept:
    """A backup, named by the site and the moment, in UTC."""

    archive: ArchiveFile
    moment: datetime.datetime


def archive_name(site: str, moment: datetime.datetime) -> str:
    return f"{beginning(site)}{moment.astimezone(datetime.UTC):{WRITTEN}}{ENDING}"


def beginning(site: str) -> str:
    """Backups of several sites may lie in one place."""
    host = re.sub(r"[^a-z0-9.]+", "-", (urlsplit(site).hostname or "site").lower()).strip("-.")
    return f"newsroom-{host or 'site'}-"


def backups_in(destination: Destination, site: str) -> list[Kept]:
    """The newest first."""
    return sorted(named(destination, beginning(site)), key=lambda each: each.moment, reverse=True)


def named(destination: Destination, begin: str) -> Iterator[Kept]:
    for name in destination.names(begin):
        try:
            moment = datetime.datetime.strptime(name[len(begin) : -len(ENDING)], WRITTEN)
        except ValueError:
            continue
        yield Kept(destination.archive(name), moment.replace(tzinfo=datetime.UTC))


def kept_by_the_rule(moments: Iterable[datetime.datetime]) -> set[datetime.datetime]:
    newest_first = sorted(moments, reverse=True)
    periods: list[tuple[Period, int]] = [
        (lambda moment: moment.date(), DAYS),
        (lambda moment: moment.isocalendar()[:2], WEEKS),
        (lambda moment: (moment.year, moment.month), MONTHS),
    ]
    return {moment for period, most in periods for moment in first_of_each(newest_first, period, most)}


def first_of_each(moments: list[datetime.datetime], period: Period, most: int) -> Iterable[datetime.datetime]:
    found: dict[object, datetime.datetime] = {}
    for moment in moments:
        found.setdefault(period(moment), moment)
    return list(found.values())[:most]


def remove_old(destination: Destination, site: str) -> tuple[list[ArchiveFile], list[ArchiveFile]]:
    """Remove what the rule does not keep. Returns what was removed, and what is not whole."""
    found = backups_in(destination, site)
    whole = [each for each in found if manifest_at_end(each.archive)]
    keep = kept_by_the_rule(each.moment for each in whole)
    removed = [each.archive for each in whole if each.moment not in keep]
    for archive in removed:
        archive.unlink()
    return removed, [each.archive for each in found if each not in whole]
