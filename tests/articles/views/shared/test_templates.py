import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from articles.images import PictureSource
from articles.views.shared import templates

SUMMER = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)
WINTER = datetime.datetime(2026, 11, 22, 6, 0, tzinfo=datetime.UTC)
SOURCE = PictureSource(image_id=7, key="0123abcd", width=2000, height=1500, alt="A <harbour>")


def render(text, **context):
    written = templates.environment(autoescape=True).from_string(text)
    return written.render({"pictures_named": []} | context)


class TestTimes:
    def test_are_of_the_sites_zone(self):
        assert templates.clock(SUMMER) == "1 July 2026, 00:30"
        assert templates.clock(WINTER) == "22 November 2026, 06:00"
        assert templates.iso(SUMMER) == "2026-07-01T00:30:00+01:00"
        assert templates.day(SUMMER) == "1 July 2026"
        assert templates.hour(SUMMER) == "00:30"

    def test_name_their_zone_where_asked(self):
        assert templates.clock_zone(SUMMER) == "1 July 2026, 00:30 BST"
        assert templates.clock_zone(WINTER) == "22 November 2026, 06:00 GMT"

    def test_a_zone_without_letters_is_named_by_its_distance(self):
        with timezone.override("Asia/Dubai"):
            assert templates.zone.__wrapped__(SUMMER) == "UTC+04"

    def test_a_day_may_be_given_as_a_date(self):
        assert templates.day(datetime.date(2026, 3, 1)) == "1 March 2026"

    def test_are_written_by_any_form_of_django(self):
        assert render("{{ moment|date('l j F, H:i') }}", moment=SUMMER) == "Wednesday 1 July, 00:30"
        assert render("{{ moment|date('j M Y') }}", moment=datetime.date(2026, 3, 1)) == "1 Mar 2026"

    def test_no_time_is_nothing(self):
        for write in (templates.clock, templates.clock_zone, templates.iso, templates.day, templates.hour):
            assert write(None) == ""


class TestPicture:
    def test_is_drawn_in_its_role(self):
        html = render('{{ picture(image, "card") }}', image=SOURCE)
        assert html.startswith("<picture>")
        assert 'alt="A &lt;harbour&gt;"' in html
        assert 'loading="lazy"' in html

    def test_comes_first_where_asked(self):
        html = render('{{ picture(image, "lead", eager=True) }}', image=SimpleNamespace(source=SOURCE))
        assert 'fetchpriority="high"' in html

    def test_may_be_left_to_the_words_beside_it(self):
        assert 'alt=""' in render('{{ picture(image, "portrait", alt="") }}', image=SOURCE)

    def test_is_nothing_without_a_picture(self):
        assert render('{{ picture(image, "card") }}', image=None) == ""

    def test_adds_the_files_that_it_names_to_those_of_the_page(self):
        named = []
        html = render('{{ picture(image, "thumb") }}', image=SOURCE, pictures_named=named)
        assert len(named) == 7
        assert all(f"/media/{file}" in html for file in named)

    def test_of_an_unknown_role_is_a_mistake(self):
        with pytest.raises(KeyError):
            render('{{ picture(image, "poster") }}', image=SOURCE)


class TestWebName:
    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("https://www.mastodon.example/@mara/", "mastodon.example/@mara"),
            ("http://example.org", "example.org"),
            ("nothing", "nothing"),
        ],
    )
    def test_is_what_a_reader_would_call_it(self, address, name):
        assert templates.web_name(address) == name
