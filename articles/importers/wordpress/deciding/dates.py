"""When things happened. Nothing ever gets the time of the import."""

import datetime
import enum
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from articles.importers.wordpress.records import Item

WRITTEN = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)", re.ASCII)
# Python would take the year -0001, which drafts have too, for 2001.
FEED = re.compile(r"(?:\w{3}, ?)?\d{1,2} \w{3} \d{4} .*", re.ASCII)
# Drafts have this year in the dates of feeds.
UNSET_YEAR = 1970
# A change so soon after publication is part of it.
SOON = datetime.timedelta(minutes=1)


class Source(enum.StrEnum):
    GMT = "gmt"
    LOCAL = "local time in the site's zone"
    FEED = "date of the feed"


@dataclass(frozen=True, slots=True)
class Instant:
    """A time in UTC, and which field it is from."""

    at: datetime.datetime
    source: Source


def written(text: str) -> datetime.datetime | None:
    """The date as it was written, without a zone. None for 0000-00-00 and for what is no date.

    None for the years 1 and 9999 too: in another zone such a time may be in a year that Python does not have.
    """
    match = WRITTEN.fullmatch(text)
    if not match:
        return None
    try:
        at = datetime.datetime(*map(int, match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None
    return at if datetime.MINYEAR < at.year < datetime.MAXYEAR else None


def instant_of(item: Item, zone: datetime.tzinfo) -> Instant | None:
    """When the item was or is to be published; None if no field says it."""
    if at := written(item.date_gmt):
        return Instant(at.replace(tzinfo=datetime.UTC), Source.GMT)
    if at := in_zone(item.date, zone):
        return Instant(at, Source.LOCAL)
    if at := of_feed(item.pub_date):
        return Instant(at, Source.FEED)
    return None


def modified_of(item: Item, zone: datetime.tzinfo, published: datetime.datetime) -> datetime.datetime | None:
    """When readers got a changed text; None if it was not changed after its publication."""
    at = written(item.modified_gmt)
    at = at.replace(tzinfo=datetime.UTC) if at else in_zone(item.modified, zone)
    return at if at and at - published >= SOON else None


def in_zone(text: str, zone: datetime.tzinfo) -> datetime.datetime | None:
    at = written(text)
    return at.replace(tzinfo=zone).astimezone(datetime.UTC) if at else None


def of_feed(text: str) -> datetime.datetime | None:
    if not FEED.fullmatch(text):
        return None
    try:
        at = parsedate_to_datetime(text)
        at = at.astimezone(datetime.UTC) if at.tzinfo else at.replace(tzinfo=datetime.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.year > UNSET_YEAR else None
