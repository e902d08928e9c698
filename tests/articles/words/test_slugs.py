import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models.addresses.slug_field import validate_slug
from articles.press.shelf.addresses import has_place
from articles.words.slugs import MARKS, SLUG, cut, slug_of


class TestSlugs:
    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("हिंदी में जानकारी", "हिंदी-में-जानकारी"),
            ("ข่าววันนี้ที่กรุงเทพฯ", "ข่าววันนี้ที่กรุงเทพฯ"),
            ("বাংলাদেশের খবর!", "বাংলাদেশের-খবর"),
            ("தமிழ் செய்திகள்", "தமிழ்-செய்திகள்"),
            ("Crème brûlée", "crème-brûlée"),
            ("cafe\u0301", "café"),
            ("İstanbul", "istanbul"),
            ("The Sea’s  Wall – part 2", "the-seas-wall-part-2"),
            ("❤️ love 1️⃣", "love-1"),
            ("\u0301abc", "abc"),
            ("0 \u0308 0", "0-0"),
            ("!!!", ""),
            ("\u0301", ""),
        ],
    )
    def test_keep_letters_with_their_marks(self, text, slug):
        assert slug_of(text) == slug

    def test_of_heaped_marks_have_four_of_them(self):
        assert slug_of("z" + "\u0337" * 50) == "z" + "\u0337" * 4

    @given(st.text(max_size=60))
    def test_of_any_text_are_valid_and_stay_what_they_are(self, text):
        slug = slug_of(text)
        if slug:
            validate_slug(slug)
            assert SLUG.fullmatch(slug)
            assert slug_of(slug) == slug
            assert has_place(f"/{slug}/")

    def test_know_every_mark_but_variants(self):
        for character in ("\u093f", "\u0e34", "\u09be", "\u0300", "\U0001e94a"):
            assert unicodedata.category(character) in ("Mn", "Mc")
            assert SLUG.fullmatch(f"a{character}")
        assert "\ufe0f" not in MARKS
        assert not SLUG.fullmatch("a\ufe0f")
        assert not SLUG.fullmatch("\U000e0100")


class TestCut:
    def test_takes_no_letter_without_its_marks(self):
        assert cut("कि", "क") == ""
        assert cut("नकि", "नक") == "न"
        assert cut("ที่นี่", "ที่นี") == "ที่"
        assert cut("sea", "se") == "se"
        assert cut("sea", "sea") == "sea"
