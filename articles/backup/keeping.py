"""Which backups are kept: the newest of each of 7 days, of 4 weeks and of 12 months.

Days without a backup do not count. So if backups stop, none is removed for its age, and the last good one
stays however old it is. Archives that are not whole count as none; they are named, and left where they are.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .archive import manifest_at_end

DAYS, WEEKS, MONTHS = 7, 4, 12
WRITTEN = "%Y%m%dT%H%M%SZ"
ENDING = ".tar"
Period = Callable[[datetime.datetime], object]


@dataclass(frozen=True)
class Kept:
    """A backup in a folder, named by the site and the moment, in UTC."""

    path: Path
    moment: datetime.datetime


def archive_name(site: str, moment: datetime.datetime) -> str:
    return f"{beginning(site)}{moment.astimezone(datetime.UTC):{WRITTEN}}{ENDING}"


def beginning(site: str) -> str:
    """Backups of several sites may lie in one folder."""
    host = re.sub(r"[^a-z0-9.]+", "-", (urlsplit(site).hostname or "site").lower()).strip("-.")
    return f"newsroom-{host or 'site'}-"


def backups_in(folder: Path, site: str) -> list[Kept]:
    """The newest first."""
    return sorted(named(folder, beginning(site)), key=lambda each: each.moment, reverse=True)


def named(folder: Path, begin: str) -> Iterator[Kept]:
    for path in folder.glob(f"{begin}*{ENDING}"):
        try:
            moment = datetime.datetime.strptime(path.name[len(begin) : -len(ENDING)], WRITTEN)
        except ValueError:
            continue
        yield Kept(path, moment.replace(tzinfo=datetime.UTC))


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


def remove_old(folder: Path, site: str) -> tuple[list[Path], list[Path]]:
    """Remove what the rule does not keep. Returns what was removed, and what is not whole."""
    found = backups_in(folder, site)
    whole = [each for each in found if manifest_at_end(each.path)]
    keep = kept_by_the_rule(each.moment for each in whole)
    removed = [each.path for each in whole if each.moment not in keep]
    for path in removed:
        path.unlink()
    return removed, [each.path for each in found if each not in whole]
