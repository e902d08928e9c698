import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.images import ROLES, Format, Size, fallback_for, sizes_for
from articles.images.widths import files_for, shown_size

roles = st.sampled_from(list(ROLES.values()))
pictures = st.builds(Size, st.integers(32, 2560), st.integers(32, 2560))


def chosen(widths, asked, sharpness):
    """The file that Chromium takes: the first that is sharp enough, or the one before it if that comes nearer."""
    sharp = [width / asked for width in widths]
    for number, (one, other) in enumerate(pairwise(sharp)):
        if other >= sharpness:
            return widths[number if sharpness < (one * other) ** 0.5 else number + 1]
    return widths[-1]


class TestSizes:
    @given(roles, pictures)
    def test_never_enlarge_and_never_run_out(self, role, picture):
        sizes = sizes_for(role, picture)
        assert sizes
        for size in sizes:
            assert size.width <= picture.width
            assert (
                size.height <= picture.height + 1
            )  # rounding up by a hair where the crop is the whole height

    @given(roles, pictures)
    def test_rise_in_width(self, role, picture):
        widths = [size.width for size in sizes_for(role, picture)]
        assert widths == sorted(set(widths))

    def test_keep_the_proportions_of_a_picture_shown_whole(self):
        assert sizes_for(ROLES["lead"], Size(2560, 1920)) == (
            Size(360, 270),
            Size(540, 405),
            Size(720, 540),
            Size(1080, 810),
            Size(1620, 1215),
        )

    def test_have_the_ratio_of_the_role(self):
        for size in sizes_for(ROLES["card"], Size(1000, 2000)):
            assert size.width / size.height == pytest.approx(3 / 2, rel=0.01)

    def test_drop_what_is_wider_than_the_picture(self):
        assert sizes_for(ROLES["lead"], Size(1000, 500)) == (
            *(Size(360, 180), Size(540, 270), Size(720, 360), Size(1000, 500)),
        )

    def test_have_the_whole_width_of_a_picture_between_two(self):
        """900 px are not shown as 720."""
        assert [size.width for size in sizes_for(ROLES["lead"], Size(900, 600))] == [360, 540, 720, 900]
        assert [size.width for size in sizes_for(ROLES["card"], Size(600, 400))] == [160, 224, 336, 504]

    def test_leave_the_picture_itself_when_it_is_narrower_than_all(self):
        assert sizes_for(ROLES["lead"], Size(300, 200)) == (Size(300, 200),)
        assert sizes_for(ROLES["portrait"], Size(40, 200)) == (Size(40, 40),)


class TestFiles:
    def test_are_every_width_in_the_new_formats_and_one_jpeg(self):
        files = files_for(ROLES["lead"], Size(2560, 1920))
        assert [size.width for size, format in files if format is Format.AVIF] == [360, 540, 720, 1080, 1620]
        assert [size.width for size, format in files if format is Format.WEBP] == [360, 720, 1620]
        assert [size.width for size, format in files if format is Format.JPEG] == [1080]

    def test_are_one_jpeg_for_other_sites(self):
        assert files_for(ROLES["social"], Size(2560, 1920)) == ((Size(1200, 630), Format.JPEG),)

    @given(pictures)
    def test_are_few(self, picture):
        assert all(len(files_for(role, picture)) <= 9 for role in ROLES.values())


class TestShown:
    @given(roles, pictures)
    def test_is_as_large_as_a_file_of_it_at_most(self, role, picture):
        shown, widest = shown_size(role, picture), sizes_for(role, picture)[-1]
        assert shown.width <= widest.width
        assert shown.height <= min(widest.height, role.tallest or widest.height)


class TestRoles:
    def test_are_found_by_their_own_name(self):
        assert all(role.name == name for name, role in ROLES.items())

    @pytest.mark.parametrize(
        ("width", "sharpness"), [(360, 3), (390, 3), (412, 2.625), (430, 3), (412, 1.75), (414, 2)]
    )
    def test_let_phones_take_small_files(self, width, sharpness):
        of_width, small = (0.46 * width, 74) if sharpness > 2.2 else (0.72 * width, 112)
        for name in ("card-lead", "card-opening", "card-large"):
            asked = re.findall(r"dppx\) (\d+)vw", ROLES[name].sizes)
            assert asked == ["46", "72"]
            assert chosen(ROLES[name].widths, of_width, sharpness) == 600
        for name in ("card", "card-dated", "thumb"):
            assert "2.2dppx) 74px," in ROLES[name].sizes
            assert "112px" in ROLES[name].sizes
            assert chosen(ROLES[name].widths, small, sharpness) == 224
        for name in ("lead", "figure", "figure-wide"):
            assert "dppx) 62vw" in ROLES[name].sizes
            shown = 0.62 * width if sharpness > 2.2 else width - 36
            assert chosen(ROLES[name].widths, shown, sharpness) == 720

    def test_fall_back_to_the_width_before_the_last(self):
        assert fallback_for(ROLES["portrait"], Size(2000, 2000)) == Size(192, 192)

    def test_have_no_step_of_more_than_half_as_much_again(self):
        """A browser that shows as much as one width takes takes no file that has more than half of it again."""
        for role in set(ROLES.values()) - {
            ROLES["thumb"],
            ROLES["desk"],
            ROLES["portrait-small"],
            ROLES["portrait"],
        }:
            assert all(wide <= 1.5 * narrow for narrow, wide in pairwise(role.widths)), role.name

    def test_have_a_first_width_for_pictures_that_are_tall(self):
        tall = sizes_for(ROLES["lead"], Size(1000, 2560))
        assert tall[0].width <= 1.5 * shown_size(ROLES["lead"], Size(1000, 2560)).width
