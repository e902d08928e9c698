import datetime
from hashlib import sha256

from articles.fronts.breaking import NO_LINE, Line, file_of, letters_too_many

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
ENGLISH = Line(
    1796073600,
    0,
    "Parliament votes to close the old harbour by spring; the prime minister speaks at six o’clock",
    "/2026/11/30/parliament-votes-to-close-the-old-harbour-by-spring/",
)
ARABIC = Line(
    1796073600,
    0,
    "البرلمان يصوت على إغلاق الميناء القديم بحلول الربيع ورئيس الوزراء يتحدث في السادسة",
    "/2026/11/30/البرلمان-يصوت-على-إغلاق-الميناء-القديم-بحلول-الربيع/",
)


def test_the_file_has_a_line_for_each_value_in_the_order_of_the_script():
    assert file_of(Line(7, 0, "It rains", "/rain/")) == "7\n/rain/\nBreaking news\nClose\nIt rains"


def test_without_news_the_file_says_that_it_has_ended():
    assert file_of(None) == NO_LINE == "0"


def test_a_long_line_of_either_script_fits_into_200_bytes():
    assert [letters_too_many(line) for line in (ENGLISH, ARABIC)] == [0, 0]


def test_says_how_much_has_to_go():
    link = "/" + "".join(sha256(bytes([number])).hexdigest() for number in range(10))
    assert 40 < letters_too_many(Line(1796073600, 0, "It rains", link)) < 200


def test_is_on_the_pages_of_stories_from_its_second_on():
    line = Line(0, int(NOON.timestamp()), "It rains")
    second = datetime.timedelta(seconds=1)
    assert line.is_on_page_of(NOON)
    assert line.is_on_page_of(NOON + second)
    assert not line.is_on_page_of(NOON - second)
    assert not line.is_on_page_of(None)
