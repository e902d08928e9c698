import gzip
from html.parser import HTMLParser

import pytest

from articles.images import (
    ROLES,
    Format,
    PictureSource,
    Rendition,
    allowed,
    find_rendition,
    parse_path,
    picture_html,
    rendition_url,
    renditions_for,
    social_rendition,
)

SOURCE = PictureSource(7, "0123abcd", 2560, 1707, "A boat")
LEAD = ROLES["lead"]


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def all(self, tag):
        return [attrs for name, attrs in self.found if name == tag]


def tags(*args, **options):
    return Tags(picture_html(*args, **options))


def addresses(html):
    for attrs in Tags(html).all("source"):
        for candidate in attrs["srcset"].split(","):
            yield candidate.split(" ")[0]
    for attrs in Tags(html).all("img"):
        yield attrs["src"]


class TestPictureHtml:
    def test_offers_avif_first_then_webp_then_jpeg(self):
        found = tags(SOURCE, LEAD)
        assert [attrs["type"] for attrs in found.all("source")] == ["image/avif", "image/webp"]
        assert found.all("img")[0]["src"].endswith("/1080x720.jpg")

    def test_names_exactly_the_files_of_its_role(self):
        for role in ROLES.values():
            named = set(addresses(picture_html(SOURCE, role, base="/pictures/")))
            made = {rendition_url(each, "/pictures/") for each in renditions_for(SOURCE, [role])}
            assert named == made

    def test_says_how_wide_each_file_is(self):
        for attrs in tags(SOURCE, LEAD).all("source"):
            for candidate in attrs["srcset"].split(","):
                address, width = candidate.split(" ")
                assert parse_path(address.removeprefix("/media/")).width == int(width.removesuffix("w"))

    def test_reserves_the_place_so_that_nothing_jumps(self):
        for role, place in ((ROLES["card-lead"], ("900", "600")), (LEAD, ("1200", "800"))):
            img = tags(SOURCE, role).all("img")[0]
            assert (img["width"], img["height"]) == place

    def test_is_shown_no_taller_than_its_role_allows_and_no_larger_than_its_file(self):
        for width, height, place in ((900, 2700, ("267", "800")), (60, 40, ("60", "40"))):
            picture = PictureSource(7, "0123abcd", width, height)
            found = tags(picture, LEAD)
            img = found.all("img")[0]
            assert (img["width"], img["height"]) == place
            assert all(f"min({place[0]}px," in each.get("sizes", "min(60px,") for each in found.all("source"))

    def test_loads_late_unless_it_comes_first(self):
        late, first = tags(SOURCE, LEAD).all("img")[0], tags(SOURCE, LEAD, eager=True).all("img")[0]
        assert (late["loading"], late["decoding"]) == ("lazy", "async")
        assert first["fetchpriority"] == "high"
        assert "loading" not in first

    def test_has_the_pictures_alt_text_unless_told_another(self):
        assert tags(SOURCE, LEAD).all("img")[0]["alt"] == "A boat"
        assert tags(SOURCE, LEAD, alt="").all("img")[0]["alt"] == ""

    def test_takes_another_layout_from_the_page(self):
        assert {attrs["sizes"] for attrs in tags(SOURCE, LEAD, sizes="50vw").all("source")} == {"50vw"}

    @pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "' onerror=alert(1) x='", "a & b < c"])
    def test_escapes_every_text(self, text):
        html = picture_html(SOURCE, LEAD, alt=text, sizes=text, base=text)
        found = Tags(html)
        assert {name for name, _ in found.found} == {"picture", "source", "img"}
        assert set(found.all("img")[0]) == {"src", "width", "height", "alt", "loading", "decoding"}
        assert found.all("img")[0]["alt"] == text

    def test_needs_no_sizes_when_there_is_one_file(self):
        found = tags(PictureSource(7, "0123abcd", 300, 200), LEAD)
        assert all("sizes" not in attrs and " " not in attrs["srcset"] for attrs in found.all("source"))

    def test_is_a_bare_img_for_a_role_of_one_format(self):
        assert picture_html(SOURCE, ROLES["social"]).startswith("<img ")

    def test_costs_a_page_few_bytes(self):
        keys = [f"{number * 2654435761 % 2**32:08x}" for number in range(1, 31)]
        pictures = [PictureSource(5000 + n, key, 2560, 1707, "") for n, key in enumerate(keys)]
        html = "".join(picture_html(each, ROLES["card"]) for each in pictures)
        assert len(gzip.compress(html.encode())) <= 30 * 75


class TestAllowed:
    def test_contains_every_role_and_no_other_size(self):
        renditions = allowed(SOURCE)
        assert set(renditions_for(SOURCE, ROLES.values())) == renditions
        assert Rendition(7, "0123abcd", 961, 640, Format.AVIF) not in renditions
        assert len(renditions) <= 60

    def test_lists_a_file_that_two_roles_share_once(self):
        twice = renditions_for(SOURCE, [LEAD, LEAD, ROLES["figure-wide"]])
        assert len(twice) == len(set(twice)) == 9

    def test_has_one_picture_for_other_sites(self):
        assert social_rendition(SOURCE) == Rendition(7, "0123abcd", 1200, 630, Format.JPEG)


class TestFindRendition:
    def find(self, path):
        return find_rendition(path, {7: SOURCE}.get)

    def test_finds_what_a_page_names(self):
        for rendition in allowed(SOURCE):
            assert self.find(rendition.path) == rendition

    def test_refuses_a_size_that_no_role_lists_even_when_the_folder_is_signed(self):
        path = Rendition(7, "0123abcd", 1080, 720, Format.AVIF).path
        assert self.find(path) is not None
        assert self.find(path.replace("1080x720", "1081x721")) is None
        assert self.find(path.replace("1080x720", "2560x1707")) is None

    def test_refuses_a_format_the_role_does_not_have(self):
        assert self.find(Rendition(7, "0123abcd", 1200, 630, Format.AVIF).path) is None

    def test_refuses_another_version(self):
        assert self.find(Rendition(7, "99999999", 1080, 720, Format.AVIF).path) is None

    def test_refuses_a_picture_that_is_gone(self):
        assert self.find(Rendition(8, "0123abcd", 1080, 720, Format.AVIF).path) is None

    def test_asks_for_no_picture_whose_address_we_did_not_sign(self):
        asked = []
        find_rendition("renditions/0/7-0123abcd-AAAAAAAAAAAA/960x640.avif", asked.append)
        assert asked == []
