"""The site's time zone, inferred from its clock."""

import datetime
import sys
from zoneinfo import ZoneInfo

import pytest

from articles.importers.wordpress.deciding.zones import Offsets
from articles.importers.wordpress.records import Item, Place


def offsets(*pairs):
    found = Offsets()
    for number, (date, gmt) in enumerate(pairs, 1):
        found.add(Item(Place("a.xml", number, 1), date=date, date_gmt=gmt))
    return found


def a_year_in(name, *, hours=1000):
    """One item every so many hours, on that place's clock."""
    start = datetime.datetime(2020, 1, 1, 6, 20, 11, tzinfo=datetime.UTC)
    times = [start + datetime.timedelta(hours=hours * number) for number in range(30)]
    return [(f"{at.astimezone(ZoneInfo(name)):%Y-%m-%d %H:%M:%S}", f"{at:%Y-%m-%d %H:%M:%S}") for at in times]


def test_summer_and_winter_say_where_a_site_is():
    winter = [(f"2021-01-0{day} 11:00:00", f"2021-01-0{day} 10:00:00") for day in range(1, 5)]
    summer = [(f"2021-07-0{day} 12:00:00", f"2021-07-0{day} 10:00:00") for day in range(1, 5)]
    found = offsets(*winter, *summer).inferred()
    assert (found.name, found.explained, found.total) == ("Europe/Berlin", 8, 8)


@pytest.mark.parametrize(
    "name",
    ["UTC", "Europe/London", "America/New_York", "America/Phoenix", "Asia/Kolkata", "Australia/Sydney"],
)
def test_each_of_these_is_found_by_its_clock(name):
    found = offsets(*a_year_in(name)).inferred()
    assert (found.name, found.explained, found.total) == (name, 30, 30)


def test_what_was_written_elsewhere_is_left_over():
    found = offsets(*a_year_in("Europe/Berlin"), *a_year_in("Asia/Tokyo", hours=3000)[:3]).inferred()
    assert (found.name, found.explained, found.total) == ("Europe/Berlin", 30, 33)


def test_a_clock_that_is_never_put_on_is_one_of_a_fixed_offset():
    pairs = [("2020-01-01 10:00:00", "2020-01-01 00:00:00"), ("2020-07-01 10:00:00", "2020-07-01 00:00:00")]
    assert offsets(*pairs).inferred().name == "Australia/Brisbane"
    odd = [("2020-01-01 02:00:00", "2020-01-01 14:00:00"), ("2020-07-01 02:00:00", "2020-07-01 14:00:00")]
    assert offsets(*odd).inferred().name == "Etc/GMT+12"


def test_without_both_times_nothing_is_inferred():
    assert offsets(("2020-01-01 14:00:00", "0000-00-00 00:00:00"), ("", "")).inferred() is None


def test_of_each_half_hour_it_is_known_how_often_it_had_an_offset():
    pairs = [
        ("2021-03-28 01:59:59", "2021-03-28 00:59:59"),
        ("2021-03-28 03:00:00", "2021-03-28 01:00:00"),
        ("2021-03-28 03:29:59", "2021-03-28 01:29:59"),
        ("2021-03-29 01:00:00", "2021-03-28 23:00:00"),
    ]
    times = {(f"{at:%H:%M}", offset): number for (at, offset), number in offsets(*pairs).counts()}
    assert times == {("00:30", 60): 1, ("01:00", 120): 2, ("23:00", 120): 1}


def test_twenty_years_by_the_hour_take_little_memory():
    start, hour = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC), datetime.timedelta(hours=1)
    times = [f"{start + number * hour:%Y-%m-%d %H:%M:%S}" for number in range(24 * 100)]
    found = offsets(*((time, time) for time in times))
    assert sum(number for _, number in found.counts()) == len(times)
    assert sum(map(sys.getsizeof, found.days.values())) < 100 * 300


def test_days_that_no_site_can_have_had_are_not_kept(monkeypatch):
    monkeypatch.setattr("articles.importers.wordpress.deciding.zones.MOST_DAYS", 3)
    days = [f"{year}-01-01 00:00:00" for year in range(1990, 2000)]
    found = offsets(*((day, day) for day in (*days, days[0])))
    assert (len(found.days), found.inferred().total) == (3, 4)
