from io import BytesIO

import pytest
from PIL import Image

from articles.drawing import apple_touch_icon, favicon, icon, maskable_icon
from articles.drawing.icon import initial


def opened(content):
    return Image.open(BytesIO(content))


@pytest.fixture
def picture(settings, tmp_path):
    """The operator's picture: transparent, with a red square in the middle."""
    image = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (100, 100, 500, 500))
    image.save(tmp_path / "icon.png")
    settings.SITE_FILES = {**settings.SITE_FILES, "ICON": tmp_path / "icon.png"}


class TestDrawnIcon:
    def test_has_the_size_that_is_asked_for(self):
        assert opened(icon(192)).size == (192, 192)
        assert opened(apple_touch_icon()).size == (180, 180)
        assert opened(favicon()).info["sizes"] == {(16, 16), (32, 32), (48, 48)}

    def test_shows_the_initial_of_the_papers_name(self, settings):
        seen = set()
        for name in ("The Newsroom", "Allgemeine", ""):
            settings.NEWSROOM = {**settings.NEWSROOM, "NAME": name}
            seen.add(icon(64))
        assert len(seen) == 2  # without a name it is an N

    def test_is_the_same_each_time(self):
        assert icon(192) == icon(192)


class TestIconOfAPicture:
    def test_is_that_picture_and_as_transparent(self, picture):
        found = opened(icon(192))
        assert found.getpixel((96, 96)) == (200, 0, 0, 255)
        assert found.getpixel((2, 2))[3] == 0

    def test_lies_on_paper_for_iphones(self, picture):
        found = opened(apple_touch_icon())
        assert found.mode == "RGB"
        assert found.getpixel((2, 2)) == (255, 253, 249)

    def test_stays_within_the_circle_that_phones_cut(self, picture):
        found = opened(maskable_icon(512))
        red = [x for x in range(512) if found.getpixel((x, 256)) == (200, 0, 0)]
        assert min(red) > 512 * 0.1
        assert max(red) < 512 * 0.9


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("The Newsroom", "N"),
        ("L’Avenir", "A"),
        ("Die Zeit", "Z"),
        ("„Östersund“", "Ö"),
        ("1843", "1"),
        ("The", "T"),
        ("हिन्दुस्तान", "ह"),
        ("…", "N"),
    ],
)
def test_initial(name, letter):
    assert initial(name) == letter
