import pytest
from PIL import Image, ImageDraw

from articles.images import CENTRE, ImageRefused, first_look, make_master

from .samples import corpus, encoded, noise


def look(image, format="PNG"):
    return first_look(make_master(encoded(image, format)).content)


class TestColor:
    @pytest.mark.parametrize(("name", "color"), [("red", "f00"), ("white", "fff"), ("#88aa77", "8a7")])
    def test_is_that_of_a_plain_picture(self, name, color):
        assert look(Image.new("RGB", (300, 200), name)).color == color

    def test_is_between_those_of_its_halves(self):
        image = Image.new("RGB", (300, 200), "black")
        image.paste("white", (0, 0, 150, 200))
        assert look(image).color in ("777", "888")

    def test_of_what_is_transparent_is_that_of_paper(self):
        image = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
        image.paste((0, 0, 0, 255), (0, 0, 10, 10))
        assert look(image).color == "fff"


class TestFocus:
    def scene(self, x, y, width=1500, height=1000):
        """A detailed thing in front of something plain."""
        image = Image.new("RGB", (width, height), "#9fb6c8")
        thing = noise(width // 6, height // 4, grain=8)
        image.paste(thing, (round(x * width - thing.width / 2), round(y * height - thing.height / 2)))
        return image

    @pytest.mark.parametrize("place", [(0.2, 0.3), (0.8, 0.3), (0.75, 0.75), (0.25, 0.6)])
    def test_is_where_the_one_thing_is(self, place):
        focus = look(self.scene(*place), "JPEG").focus
        assert (focus.x, focus.y) == pytest.approx(place, abs=0.06)

    def test_is_on_skin_rather_than_on_as_much_of_something_else(self):
        image = Image.new("RGB", (1500, 1000), "#7d8b92")
        draw = ImageDraw.Draw(image)
        draw.ellipse((200, 300, 420, 580), fill="#4f7a54")
        draw.ellipse((1080, 300, 1300, 580), fill="#c98f6f")
        assert look(image).focus.x > 0.7

    def test_stays_in_the_middle_where_nothing_stands_out(self):
        assert look(Image.new("RGB", (600, 400), "grey")).focus == CENTRE
        assert look(noise(900, 600, grain=20), "JPEG").focus == CENTRE


def test_of_every_picture_of_the_corpus_is_taken():
    """Of 1 × 1 pixels up: what has a master has a first look."""
    for parameter in corpus("exif_orientation") + corpus("malformed") + corpus("metadata_xss"):
        (file,) = parameter.values
        try:
            master = make_master(file.read_bytes())
        except ImageRefused:
            continue
        found = first_look(master.content)
        assert len(found.color) == 3
