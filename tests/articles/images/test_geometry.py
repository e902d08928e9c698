import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.images import CENTRE, Focus, Ratio, Size, crop_box, crop_size, fit_height, fit_within

sides = st.integers(1, 20_000)
sizes = st.builds(Size, sides, sides)
ratios = st.builds(Ratio, st.integers(1, 2000), st.integers(1, 2000))
focuses = st.builds(Focus, st.floats(0, 1), st.floats(0, 1))


class TestCrop:
    @given(sizes, ratios, focuses)
    def test_stays_inside_the_picture_and_touches_two_opposite_edges(self, size, ratio, focus):
        box = crop_box(size, ratio, focus)
        assert 0 <= box.left < box.right <= size.width
        assert 0 <= box.top < box.bottom <= size.height
        assert box.width == size.width or box.height == size.height

    @given(sizes, ratios)
    def test_has_the_ratio_to_the_nearest_pixel(self, size, ratio):
        crop = crop_size(size, ratio)
        exact_width = crop.height * ratio.width / ratio.height
        exact_height = crop.width * ratio.height / ratio.width
        near = abs(crop.width - exact_width) <= 0.5 or abs(crop.height - exact_height) <= 0.5
        assert near or 1 in (crop.width, crop.height)

    @given(sizes, ratios, focuses)
    def test_contains_the_focal_point(self, size, ratio, focus):
        box = crop_box(size, ratio, focus)
        assert box.left - 1 <= size.width * focus.x <= box.right + 1
        assert box.top - 1 <= size.height * focus.y <= box.bottom + 1

    @given(sizes, ratios, focuses)
    def test_puts_the_focal_point_in_the_middle_unless_an_edge_is_reached(self, size, ratio, focus):
        box = crop_box(size, ratio, focus)
        if box.left > 0 and box.right < size.width:
            assert abs((box.left + box.right) / 2 - size.width * focus.x) <= 1
        if box.top > 0 and box.bottom < size.height:
            assert abs((box.top + box.bottom) / 2 - size.height * focus.y) <= 1

    @given(sizes, focuses)
    def test_is_the_whole_picture_when_the_ratio_is_its_own(self, size, focus):
        box = crop_box(size, Ratio(size.width, size.height), focus)
        assert (box.left, box.top, box.right, box.bottom) == (0, 0, size.width, size.height)

    def test_follows_the_focal_point_from_edge_to_edge(self):
        size, square = Size(300, 100), Ratio(1, 1)
        assert crop_box(size, square, Focus(0, 0.5)).left == 0
        assert crop_box(size, square, CENTRE).left == 100
        assert crop_box(size, square, Focus(1, 0.5)).left == 200


class TestFitting:
    def test_keeps_the_proportions(self):
        assert fit_height(Size(4000, 3000), 800) == 600
        assert fit_within(Size(4000, 3000), 2560) == Size(2560, 1920)
        assert fit_within(Size(3000, 4000), 2560) == Size(1920, 2560)

    @given(sizes, st.integers(1, 5000))
    def test_never_enlarges_and_never_vanishes(self, size, long_side):
        fitted = fit_within(size, long_side)
        assert 1 <= fitted.width <= size.width
        assert 1 <= fitted.height <= size.height
        assert fitted.long_side <= max(long_side, 1)


class TestValues:
    @pytest.mark.parametrize("point", [(-0.01, 0.5), (0.5, 1.01), (float("nan"), 0)])
    def test_refuse_a_focal_point_outside_the_picture(self, point):
        with pytest.raises(ValueError, match="focal point"):
            Focus(*point)

    def test_refuse_a_size_without_pixels(self):
        with pytest.raises(ValueError, match="one pixel"):
            Size(0, 100)

    def test_refuse_a_ratio_with_nothing_in_it(self):
        with pytest.raises(ValueError, match="positive"):
            Ratio(3, 0)
