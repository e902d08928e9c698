import random

import pytest
from PIL import Image

from articles.images import ALIKE, difference, make_master

from .samples import decoded, encoded, noise, quarters


def likeness(image, format="JPEG", **options):
    return make_master(encoded(image, format, **options)).likeness


@pytest.fixture(scope="module")
def photograph():
    random.seed(5)
    return noise(900, 600, grain=60)


class TestLikeness:
    def test_is_nearly_the_same_in_another_size_coding_and_quality(self, photograph):
        original = likeness(photograph)
        others = [
            likeness(photograph.resize((450, 300))),
            likeness(photograph, "WEBP", quality=40),
            likeness(photograph, quality=20),
            likeness(photograph.point(lambda value: min(255, value + 15))),
        ]
        assert max(difference(original, other) for other in others) <= ALIKE

    def test_is_far_from_that_of_another_picture(self, photograph):
        assert difference(likeness(photograph), likeness(noise(900, 600, grain=60))) > 2 * ALIKE
        assert difference(likeness(photograph), likeness(photograph.rotate(180))) > 2 * ALIKE

    def test_is_that_of_the_picture_as_readers_see_it(self, photograph):
        exif = Image.Exif()
        exif[0x0112] = 3
        turned = photograph.transpose(Image.Transpose.ROTATE_180)
        assert difference(likeness(photograph), likeness(turned, exif=exif)) <= 2

    def test_has_four_bands_of_sixteen_bits(self, photograph):
        bands = likeness(photograph)
        assert len(bands) == 4
        assert all(0 <= band < 1 << 16 for band in bands)
        assert difference(bands, bands) == 0

    def test_of_an_even_picture_is_nought(self):
        assert likeness(Image.new("RGB", (400, 300), "navy"), "PNG") == (0, 0, 0, 0)

    def test_looks_through_transparent_places_onto_white(self):
        image = quarters(mode="RGBA")
        image.paste((0, 0, 0, 0), (0, 0, 200, 300))
        master = make_master(encoded(image, "PNG"))
        assert decoded(master.content).mode == "RGBA"
        assert master.likeness != (0, 0, 0, 0)
