import shutil

import pytest

from articles.drawing import fonts
from articles.drawing.fonts import SHIPPED, at_size, characters, font_for


@pytest.fixture
def no_fonts(settings, tmp_path):
    """A host on which no font is installed."""
    settings.FONTS_FOLDER = tmp_path
    fonts.installed.cache_clear()
    yield tmp_path
    fonts.installed.cache_clear()


class TestFontFor:
    @pytest.mark.parametrize("text", ["Sea wall: “four metres”", "Łódź – Škoda", "Море и стена", "Η θάλασσα"])
    def test_is_the_one_that_is_shipped_for_latin_greek_and_cyrillic(self, no_fonts, text):
        assert font_for(text) == SHIPPED

    @pytest.mark.parametrize("text", ["海辺の壁", "جدار البحر", "समुद्र", "Goal ⚽", "\U0010ffff"])
    def test_is_none_where_a_letter_would_be_a_box(self, no_fonts, text):
        assert font_for(text) is None

    def test_looks_at_what_is_drawn_and_not_at_joiners_and_soft_hyphens(self, no_fonts):
        assert font_for("Sea\u00ad wall\u200d \u2067x\u2069\ufe0f") == SHIPPED

    def test_is_none_of_the_host_that_has_the_name_and_not_the_letters(self, no_fonts):
        # A font whose name says that it has Hebrew and that has none is not taken.
        shutil.copy(SHIPPED, no_fonts / "NotoSansHebrew-Bold.ttf")
        (no_fonts / "NotoSerifHebrew-Bold.ttf").write_bytes(b"no font")
        assert font_for("קיר") is None
        assert characters(no_fonts / "NotoSerifHebrew-Bold.ttf") == frozenset()
        assert set(fonts.candidates("קיר")) == {SHIPPED, *no_fonts.iterdir()}


def test_the_shipped_font_draws_what_it_says_it_has():
    """A glyph that is missing is drawn like that of a code point that no font has."""
    font = at_size(SHIPPED, 40)
    box = font.getmask("\U0010ffff").getbbox(), bytes(font.getmask("\U0010ffff"))
    for letter in "AЖΩé“—":
        assert (font.getmask(letter).getbbox(), bytes(font.getmask(letter))) != box
