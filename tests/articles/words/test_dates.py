import datetime

from django.utils import timezone, translation

from articles.views.shared.templates import iso
from articles.words import dates

SUMMER = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)
WINTER = datetime.datetime(2026, 11, 22, 6, 0, tzinfo=datetime.UTC)


def test_are_of_the_sites_zone():
    assert dates.clock(SUMMER) == "1 July 2026, 00:30"
    assert dates.clock(WINTER) == "22 November 2026, 06:00"
    assert iso(SUMMER) == "2026-07-01T00:30:00+01:00"
    assert dates.day(SUMMER) == "1 July 2026"
    assert dates.hour(SUMMER) == "00:30"


def test_name_their_zone_where_asked():
    assert dates.clock_zone(SUMMER) == "1 July 2026, 00:30 BST"
    assert dates.clock_zone(WINTER) == "22 November 2026, 06:00 GMT"


def test_a_zone_without_letters_is_named_by_its_distance():
    with timezone.override("Asia/Dubai"):
        assert dates.zone(SUMMER) == "UTC+04"


def test_a_day_may_be_given_as_a_date():
    assert dates.day(datetime.date(2026, 3, 1)) == "1 March 2026"
    assert dates.short_day(datetime.date(2026, 3, 1)) == "1 Mar 2026"
    assert dates.weekday(datetime.date(2026, 3, 1)) == "Sunday 1 March"
    assert iso(datetime.date(2026, 3, 1)) == "2026-03-01"


def test_each_language_is_remembered_by_itself():
    assert dates.month(SUMMER) == "July 2026"
    with translation.override("de"):
        assert dates.month(SUMMER) == "Juli 2026"
    assert dates.month(SUMMER) == "July 2026"


def test_no_time_is_nothing():
    for write in (dates.clock, dates.clock_zone, iso, dates.day, dates.hour):
        assert write(None) == ""
