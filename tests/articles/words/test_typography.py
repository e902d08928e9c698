import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.words.typography import STYLES, signs, typographic

LANGUAGES = [*STYLES, "en-gb", "fr-CA", "he", "ja", ""]
SIGNS = st.text(st.sampled_from("\"'-.,;:!?«»“”‘’ \xa0\u202f()/@9a1éא\n"), max_size=60)


def seen(text):
    return text.replace("\xa0", "_").replace("\u202f", "~")


@pytest.mark.parametrize(
    ("language", "typed", "made"),
    [
        ("en", '"Well," he said, "it\'s the \'90s\' best."', "“Well,” he said, “it’s the ’90s’ best.”"),
        ("en-gb", "'Yes', she told me. \"No,\" said I.", "‘Yes’, she told me. “No,” said I."),
        ("en", "\"'Quoted' inside,\" she said", "“‘Quoted’ inside,” she said"),
        ("en", "the boys' boat, 'tis said, isn't hers", "the boys’ boat, ’tis said, isn’t hers"),
        ("en", 'He said:"No" and ("yes")', "He said:“No” and (“yes”)"),
        ("en", "6'2\" tall, 5\" long, 12' wide", "6'2\" tall, 5\" long, 12' wide"),
        ("en", "a - b -- c, well-known, -5", "a – b – c, well-known, -5"),
        ("en-us", "word--word", "word—word"),
        ("en-gb", "word--word", "word – word"),
        ("en", "1914-1918, 2026-11-30, 020-7946-0958, 3-2", "1914–1918, 2026-11-30, 020-7946-0958, 3-2"),
        ("en", "wait... no.... a  b   c", "wait… no.... a b c"),
        ("en", 'see http://a.org/?q="x"--y and "that"', 'see http://a.org/?q="x"--y and “that”'),
        ("en", "“right” – already’s", "“right” – already’s"),
        (
            "en",
            'see "https://a.org" and ("www.b.org"), "@ana"',
            "see “https://a.org” and (“www.b.org”), “@ana”",
        ),
        ("en", "'3 days free', 'em, '68", "‘3 days free’, ’em, ’68"),
        ("nb", "'til salgs'", "‘til salgs’"),
        ("pt", "'em casa'", "‘em casa’"),
        ("de", '"Gut", sagte er, "\'ne Sache" -- ja', "„Gut“, sagte er, „’ne Sache“ – ja"),
        ("de-CH", '"Gut"', "«Gut»"),
        ("fr", '"Oui" : il dit ! Vraiment? (non)', "«_Oui_»_: il dit~! Vraiment~? (non)"),
        ("fr", "« ça » 10:30 ; l'été http://a.b?c=1 Quoi ?!", "«_ça_» 10:30~; l’été http://a.b?c=1 Quoi~?!"),
        ("ru", '"Да" - сказал он', "«Да» — сказал он"),
        ("sv", "\"Ja\", sa 'han'", "”Ja”, sa ’han’"),
        ("pl", '"Tak"', "„Tak”"),
        ("he", 'צה"ל  אמר "שלום"', 'צה"ל אמר "שלום"'),
        ("ja", "「はい」  と", "「はい」 と"),
    ],
)
def test_what_is_typed_becomes_what_the_language_has(language, typed, made):
    assert seen(typographic(typed, language)) == made


@given(SIGNS, st.sampled_from(LANGUAGES))
def test_doing_it_again_changes_nothing(text, language):
    once = typographic(text, language)
    assert typographic(once, language) == once


@given(SIGNS, st.sampled_from(LANGUAGES))
def test_no_letter_is_lost(text, language):
    made = signs(text, language)
    assert len(made) == len(text)
    for before, after in zip(text, made, strict=True):
        assert not before.isalnum() or after == before


def test_what_is_kept_stays():
    assert "".join(signs('a "b" "c"', "en", [(2, 5)])) == 'a "b" “c”'
    assert "".join(signs('a "b "c"', "en", [(2, 4)])) == 'a "b “c”'
