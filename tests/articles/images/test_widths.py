import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.images import ROLES, Format, Size, fallback_for, sizes_for
from articles.images.widths import files_for

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


class TestRoles:
    def test_are_found_by_their_own_name(self):
        assert all(role.name == name for name, role in ROLES.items())

    def test_give_every_phone_the_same_file_for_what_fills_its_width(self):
        names = ("lead", "figure", "figure-wide", "card-large", "card")
        assert all(720 in ROLES[name].widths for name in names)

    def test_fall_back_to_a_middle_width(self):
        assert fallback_for(ROLES["portrait"], Size(2000, 2000)) == Size(192, 192)
