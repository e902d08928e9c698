import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.images import ROLES, Format, Size, fallback_for, sizes_for
from articles.images.widths import files_for, shown_size

roles = st.sampled_from(list(ROLES.values()))
pictures = st.builds(Size, st.integers(32, 2560), st.integers(32, 2560))


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
            Size(720, 540),
            Size(960, 720),
            Size(1720, 1290),
        )

    def test_have_the_ratio_of_the_role(self):
        for size in sizes_for(ROLES["card"], Size(1000, 2000)):
            assert size.width / size.height == pytest.approx(3 / 2, rel=0.01)

    def test_drop_what_is_wider_than_the_picture(self):
        assert sizes_for(ROLES["lead"], Size(1000, 500)) == (Size(720, 360), Size(960, 480))

    def test_have_the_whole_width_of_a_picture_between_two(self):
        """900 px are not shown as 720."""
        assert [size.width for size in sizes_for(ROLES["lead"], Size(900, 600))] == [720, 900]
        assert [size.width for size in sizes_for(ROLES["card"], Size(600, 400))] == [224, 400]

    def test_leave_the_picture_itself_when_it_is_narrower_than_all(self):
        assert sizes_for(ROLES["lead"], Size(300, 200)) == (Size(300, 200),)
        assert sizes_for(ROLES["portrait"], Size(40, 200)) == (Size(40, 40),)


class TestFiles:
    def test_are_every_width_in_the_new_formats_and_one_jpeg(self):
        files = files_for(ROLES["lead"], Size(2560, 1920))
        assert [size.width for size, format in files if format is Format.AVIF] == [720, 960, 1720]
        assert [size.width for size, format in files if format is Format.WEBP] == [720, 960, 1720]
        assert [size.width for size, format in files if format is Format.JPEG] == [960]

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
    def test_let_phones_take_the_smallest_files_of_a_front(self, width, sharpness):
        of_width, small = (0.46 * width, 74) if sharpness > 2.2 else (0.72 * width, 112)
        for name in ("card-lead", "card-opening", "card-large"):
            asked = re.findall(r"dppx\) (\d+)vw", ROLES[name].sizes)
            assert asked == ["46", "72"]
            assert of_width * sharpness <= ROLES[name].widths[0] == 600
        for name in ("card", "thumb"):
            assert "2.2dppx) 74px," in ROLES[name].sizes
            assert "112px" in ROLES[name].sizes
            assert small * sharpness <= 224
            assert 224 in ROLES[name].widths

    def test_fall_back_to_a_middle_width(self):
        assert fallback_for(ROLES["portrait"], Size(2000, 2000)) == Size(192, 192)
