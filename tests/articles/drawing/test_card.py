from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageFont

from articles.drawing import card_of, draw_card, is_signed
from articles.drawing.card import HEIGHT, WIDTH, fitting
from articles.drawing.fonts import SHIPPED, at_size
from articles.drawing.lines import broken, in_lines

CARD = card_of(12345, "The sea wall is four metres high", "ltr")


def ink(content):
    """The box of what is drawn between the paper's name and the line at the foot."""
    with Image.open(BytesIO(content)) as opened:
        grey = opened.convert("L").crop((0, 150, WIDTH, HEIGHT - 70))
    return grey.point(lambda value: 255 if value < 128 else 0).getbbox()


class TestAddress:
    def test_is_signed_for_this_article_and_this_headline(self):
        assert is_signed(12345, CARD.version)
        assert not is_signed(12346, CARD.version)
        assert not is_signed(12345, CARD.version[:-1])
        assert not is_signed(12345, "")
        assert replace(CARD, headline="Five").version != CARD.version
        assert replace(CARD, name="Another paper").version != CARD.version

    def test_has_the_form_that_file_servers_hand_on(self):
        assert CARD.path == f"renditions/12/h12345-{CARD.version}/1200x630.jpg"


class TestDrawing:
    def test_shows_the_headline_at_the_side_where_its_script_begins(self):
        left, right = ink(draw_card(CARD)), ink(draw_card(replace(CARD, direction="rtl")))
        assert left[0] < 100
        assert right[2] > WIDTH - 100
        assert left != right

    @pytest.mark.parametrize("headline", ["海辺の壁", "\U0001f600 \ue000", "\U0010ffff"])
    def test_shows_the_papers_name_where_a_letter_would_be_a_box(self, settings, tmp_path, headline):
        settings.FONTS_FOLDER = tmp_path
        from articles.drawing import fonts

        fonts.installed.cache_clear()
        try:
            alone = draw_card(replace(CARD, headline="\U0010fffe"))
            assert draw_card(replace(CARD, headline=headline)) == alone
            assert ink(alone) is not None
            nothing = draw_card(replace(CARD, headline=headline, name="海"))
            assert ink(nothing) is None
        finally:
            fonts.installed.cache_clear()

    @pytest.mark.parametrize(
        "headline", ["x", "word " * 60, "W" * 300, "Donaudampfschifffahrtsgesellschaft " * 8]
    )
    def test_no_headline_leaves_the_card(self, headline):
        left, top, right, bottom = ink(draw_card(replace(CARD, headline=headline)))
        assert left >= 70
        assert right <= WIDTH - 70
        assert bottom <= HEIGHT - 70 - 150
        assert top > 0


class TestLines:
    font: ImageFont.FreeTypeFont = at_size(SHIPPED, 40)

    def test_are_about_equally_long(self):
        text = "The sea wall is four metres high and was paid for by the town"
        lines = in_lines(text, self.font, 700)
        assert len(lines) == len(broken(text, self.font, 700))
        assert " ".join(lines) == text
        lengths = [self.font.getlength(line) for line in lines]
        assert min(lengths) > 0.6 * max(lengths)

    def test_break_where_there_are_no_spaces(self):
        lines = in_lines("x" * 100 + "é́" * 30 + ".", self.font, 700)
        assert "".join(lines) == "x" * 100 + "é́" * 30 + "."
        assert not [line for line in lines if line[0] in "\u0301."]

    def test_what_fits_in_no_size_is_cut(self):
        size, lines = fitting("word " * 400, SHIPPED)
        assert lines[-1].endswith(" …")
        assert size == 36
