from io import BytesIO

import pytest
from PIL import Image

from articles.management.demo.drawing import DRAWINGS, PORTRAITS, draw
from tests import corpora


def opened(data):
    return Image.open(BytesIO(data))


class TestDraw:
    def test_gives_the_same_bytes_each_time(self):
        assert draw("sea-wall") == draw("sea-wall")

    def test_makes_a_landscape_for_an_article(self):
        assert opened(draw("night-train")).size == (2000, 1333)

    def test_makes_a_square_for_an_author(self):
        picture = opened(draw(next(iter(PORTRAITS))))
        assert picture.size == (900, 900)

    def test_refuses_a_name_that_nobody_drew(self):
        with pytest.raises(KeyError):
            draw("moon-cheese")


class TestTheDrawings:
    def test_are_drawn_and_no_two_alike(self):
        seen, names = {}, corpora.sample([*DRAWINGS, *PORTRAITS], every=6)
        for name in names:
            small = opened(draw(name)).resize((24, 16)).convert("RGB")
            # More than a plain ground: a picture has many colours even at the size of a stamp.
            assert len(small.getcolors(24 * 16)) > 80, name
            seen[small.tobytes()] = name
        assert len(seen) == len(names)
