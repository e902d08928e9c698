import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.images import (
    ROLES,
    SHOWN,
    CropRefused,
    Format,
    PictureSource,
    Rendition,
    Size,
    checked_crops,
    crops_of,
    encode_all,
    make_master,
    renditions_for,
)
from articles.images.crops import NARROWEST, RATIOS, Crop

from .samples import corners, decoded, encoded, quarters

PICTURE = Size(1200, 800)
SOURCE = PictureSource(7, "0123abcd", 1200, 800)
# The red quarter, the top right one, and the bottom left one.
RED, LIME, BLUE = "16:9 0 0 500", "1:1 667 0 333", "4:3 0 500 500"


class TestText:
    def test_is_stored_in_one_order_each_ratio_once(self):
        assert checked_crops(f"{RED}; {LIME};16:9 10 10 400", PICTURE) == "16:9 10 10 400;1:1 667 0 333"
        assert checked_crops(f" {RED} ;;{LIME}; ;", PICTURE) == f"{RED};{LIME}"
        for nothing in ("", " ", ";", "; ;"):
            assert checked_crops(nothing, PICTURE) == ""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("16:9 600 0 500", "beyond the picture"),
            ("1:1 0 600 500", "beyond the picture"),
            ("1:1 0 0 1000", "beyond the picture"),
            ("4:3 0 0 49", "too small"),
            ("5:4 0 0 500", "is no crop"),
            ("16:9 0 0", "is no crop"),
            ("16:9 -1 0 500", "is no crop"),
            ("16:9 0 0 99999", "is no crop"),
            ("<script>", "is no crop"),
        ],
    )
    def test_that_is_none_is_refused_with_what_to_do(self, text, told):
        with pytest.raises(CropRefused, match=told):
            checked_crops(text, PICTURE)

    @given(
        st.sampled_from(list(RATIOS.values())),
        *[st.integers(0, 1000)] * 2,
        st.integers(NARROWEST, 1000),
        st.builds(Size, st.integers(32, 2560), st.integers(32, 2560)),
    )
    def test_that_is_taken_lies_in_the_picture_and_has_its_ratio(self, ratio, left, top, width, size):
        crop = Crop(ratio, left, top, width)
        try:
            checked_crops(str(crop), size)
        except CropRefused:
            return
        assert crops_of(str(crop)) == (crop,)
        box = crop.box(size)
        assert 0 <= box.left < box.right <= size.width
        assert 0 <= box.top < box.bottom <= size.height
        assert abs(box.width * ratio.height - box.height * ratio.width) <= 4 * max(ratio.width, ratio.height)


class TestRenditions:
    def made(self, text, role):
        source = dataclasses.replace(SOURCE, crops=crops_of(text))
        master = make_master(encoded(quarters(1200, 800), "PNG")).content
        wanted = renditions_for(source, [ROLES[role]])
        keys = {crop.key(source.key): crop for crop in source.crops}
        return dict(encode_all(master, wanted, source.focus, keys))

    @pytest.mark.parametrize(
        ("text", "role", "seen"),
        [(RED, "shared-wide", "red"), (LIME, "portrait", "lime"), (BLUE, "thumb", "blue")],
    )
    def test_show_what_the_crop_holds(self, text, role, seen):
        for each, content in self.made(text, role).items():
            image = decoded(content)
            assert image.size == (each.width, each.height)
            assert corners(image) == [seen] * 4

    def test_are_never_larger_than_the_crop(self):
        for each in self.made("3:2 0 0 250", "card-lead"):
            assert each.width <= 300

    def test_of_other_ratios_keep_their_addresses_and_what_they_show(self):
        before = set(renditions_for(SOURCE, SHOWN))
        cut = dataclasses.replace(SOURCE, crops=crops_of("3:2 100 100 800"))
        after = set(renditions_for(cut, SHOWN))
        of_cards = {
            each for role in SHOWN if role.ratio == RATIOS["3:2"] for each in renditions_for(cut, [role])
        }
        assert not of_cards & before
        assert after - of_cards <= before

    def test_do_not_mix_with_those_of_the_whole_picture_of_the_same_size(self):
        """A whole picture of 3:2 and a part of it, both 540 × 360: the part of one colour, the whole of four."""
        cut = dataclasses.replace(SOURCE, crops=crops_of("3:2 0 0 500"))
        keys = (cut.key_for(ROLES[role]) for role in ("lead", "card-lead"))
        lead, card = (Rendition(7, key, 540, 360, Format.WEBP) for key in keys)
        master = make_master(encoded(quarters(1200, 800), "PNG")).content
        keys = {crop.key(cut.key): crop for crop in cut.crops}
        found = dict(encode_all(master, [lead, card], cut.focus, keys))
        assert corners(decoded(found[lead])) == ["red", "lime", "blue", "white"]
        assert corners(decoded(found[card])) == ["red"] * 4
