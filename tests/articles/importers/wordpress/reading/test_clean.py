"""Unicode of bodies and of names."""

import pytest

from articles.importers.wordpress.reading.clean import clean_name, clean_text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("C:\\xampp", "C:\\xampp"),
        ("a\x7fb\x85c\tx\ny", "abc\tx\ny"),
        ("Nu\u0308rnberg", "Nürnberg"),
        ("a\u200bb\u00a0c\u202e", "a\u200bb\u00a0c\u202e"),
    ],
)
def test_bodies_lose_control_characters_only(text, cleaned):
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("admin\u200c", "admin"),
        ("ad\u200dmin", "admin"),
        (" \ufeffBo\u200b \u202eEvil ", "Bo Evil"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_names_lose_invisible_characters_where_no_script_needs_them(text, cleaned):
    assert clean_name(text) == cleaned
