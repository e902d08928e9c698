"""Instants: from UTC, else the site's clock, else the feed, else none."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importers.wordpress.deciding.dates import Source, instant_of, modified_of, written
from articles.importers.wordpress.records import Item, Place

BERLIN = ZoneInfo("Europe/Berlin")
PLACE = Place("a.xml", 1, 1)
UNSET = "0000-00-00 00:00:00"


def utc(*numbers):
    return datetime.datetime(*numbers, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("fields", "at", "source"),
    [
        (
            {"date": "2021-07-01 12:00:00", "date_gmt": "2021-07-01 10:00:00"},
            utc(2021, 7, 1, 10),
            Source.GMT,
        ),
        (
            {"date": "2012-02-16 15:52:55", "date_gmt": UNSET, "pub_date": "Thu, 01 Jan 1970 00:00:00 +0000"},
            utc(2012, 2, 16, 14, 52, 55),
            Source.LOCAL,
        ),
        ({"date": "2012-07-16 15:52:55"}, utc(2012, 7, 16, 13, 52, 55), Source.LOCAL),
        # A time that the clock jumped over, and one that it showed twice.
        ({"date": "2021-03-28 02:30:00"}, utc(2021, 3, 28, 1, 30), Source.LOCAL),
        ({"date": "2021-10-31 02:30:00"}, utc(2021, 10, 31, 0, 30), Source.LOCAL),
        ({"pub_date": "Fri, 17 Feb 2012 10:00:00 +0100", "date": UNSET}, utc(2012, 2, 17, 9), Source.FEED),
        (
            {"date": "2012-02-31 10:00:00", "pub_date": "Fri, 17 Feb 2012 10:00:00"},
            utc(2012, 2, 17, 10),
            Source.FEED,
        ),
    ],
)
def test_the_best_field_that_says_it_counts(fields, at, source):
    found = instant_of(Item(PLACE, **fields), BERLIN)
    assert (found.at, found.source) == (at, source)


@pytest.mark.parametrize(
    "pub_date",
    [
        "",
        "soon",
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "Wed, 30 Nov -0001 00:00:00 +0000",
        "Fri, 99 Feb 2012 10:00:00",
    ],
)
def test_without_any_date_there_is_none(pub_date):
    assert (
        instant_of(Item(PLACE, date=UNSET, date_gmt="-0001-11-30 00:00:00", pub_date=pub_date), BERLIN)
        is None
    )


@given(st.text(alphabet="0123456789-: T+GMTaprFri,", max_size=32))
@settings(max_examples=60, deadline=None)
def test_no_text_is_an_error(text):
    instant_of(Item(PLACE, date=text, date_gmt=text, pub_date=text), BERLIN)


def test_the_last_and_the_first_day_of_all_days():
    tokyo = ZoneInfo("Asia/Tokyo")
    for date in ("0001-01-01 00:00:00", "9999-12-31 23:59:59"):
        assert written(date) is None
        assert instant_of(Item(PLACE, date=date, date_gmt=date), tokyo) is None


@pytest.mark.parametrize(
    ("fields", "modified"),
    [
        ({"modified_gmt": "2021-07-01 10:00:20"}, None),
        ({"modified_gmt": "2021-07-01 09:00:00"}, None),
        ({"modified_gmt": "2021-07-02 10:00:00"}, utc(2021, 7, 2, 10)),
        ({"modified_gmt": UNSET, "modified": "2021-07-02 12:00:00"}, utc(2021, 7, 2, 10)),
        ({}, None),
    ],
)
def test_a_change_counts_from_a_minute_after_publication(fields, modified):
    assert modified_of(Item(PLACE, **fields), BERLIN, utc(2021, 7, 1, 10)) == modified
