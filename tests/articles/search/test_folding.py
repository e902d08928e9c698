import unittest
from unittest import mock

from articles.search import folding
from articles.search.folding import KnownForms, folded, forms, forms_of_any, forms_of_ascii, tokens
from tests import corpora


def words(text, language="en"):
    return [token.forms.plain for token in tokens(text, language)]


class FoldedTest(unittest.TestCase):
    def test_leaves_out_case_accents_and_apostrophes(self):
        for written, plain in (
            ("Café", "cafe"),
            ("cafe\u0301", "cafe"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("O’Brien", "obrien"),
            ("O'Brien", "obrien"),
            ("Łódź", "lodz"),
            ("Ærø", "aero"),
            ("ＦＵＬＬ１２", "full12"),
            ("ﬁsh", "fish"),
            ("İstanbul", "istanbul"),
            ("Ελλάδα", "ελλαδα"),
            ("Ёлка", "елка"),
            ("שָׁלוֹם", "שלום"),
            ("مَاءٌ", "ماء"),
            ("co\u00adoperate", "cooperate"),
        ):
            with self.subTest(written=written):
                self.assertEqual(folded(written), plain)

    def test_keeps_the_signs_that_are_letters_to_their_readers(self):
        self.assertEqual(words("हिंदी में जानकारी"), ["हिंदी", "में", "जानकारी"])
        self.assertEqual(folded("が"), "が")

    def test_folds_what_is_folded_to_itself(self):
        for text in corpora.strings():
            for token in tokens(text, "en"):
                with self.subTest(text=text, token=token):
                    self.assertEqual(folded(token.forms.plain), token.forms.plain)
                    self.assertTrue(token.forms.plain)


class TokensTest(unittest.TestCase):
    def test_says_where_each_word_stands_in_the_text_as_it_was_written(self):
        text = "«Fathom’s» 東京都 and ＡＢＣ, l’e\u0301cole"
        self.assertEqual(
            [text[token.start : token.end] for token in tokens(text, "fr")],
            ["Fathom’s", "東京", "京都", "都", "and", "ＡＢＣ", "l’e\u0301cole"],
        )

    def test_cuts_scripts_without_spaces_into_overlapping_pairs(self):
        self.assertEqual(words("東京都庁"), ["東京", "京都", "都庁", "庁"])
        self.assertEqual(words("ｶﾞｽ会社"), ["ガス", "ス会", "会社", "社"])
        self.assertEqual(words("서울 시청"), ["서울", "울", "시청", "청"])
        self.assertEqual(words("น้ำมัน")[0], folded("น้ำ"))
        self.assertEqual(words("2025年の予算"), ["2025", "年の", "の予", "予算", "算"])

    def test_finds_no_words_in_signs(self):
        for text in ("", "  ", "¿¡ — … “”", "😀🎉", "'’", "\x00\x1f", "\ufeff"):
            with self.subTest(text=text):
                self.assertEqual(words(text), [])


class FormsTest(unittest.TestCase):
    def test_has_the_stem_of_the_language(self):
        self.assertIn("~bridg", forms("bridges", "en").others)
        self.assertIn("~haus", forms("Häuser", "de").others)
        self.assertIn("~нов", forms("новый", "ru").others)
        self.assertEqual(forms("bridges", "xx").others, ())
        self.assertEqual(forms("bridges", "en-gb").others, forms("bridges", "en").others)

    def test_has_the_parts_beside_an_apostrophe(self):
        self.assertIn("fathom", forms("Fathom’s", "en").others)
        self.assertIn("ecole", forms("l'école", "fr").others)
        self.assertIn("brien", forms("O’Brien", "en").others)

    def test_of_plain_words_are_those_of_any_word(self):
        words = "Bridges BRIDGES walled İstanbul 1st 2025 x Fathoms generously ties skies " + "a" * 61
        for language in ("en", "de", "tr", "et", "fi", "lt", "xx"):
            for word in [*words.split(), *(each for text in corpora.strings() for each in text.split())]:
                with self.subTest(word=word, language=language):
                    quick = forms_of_ascii(word, language)
                    self.assertIn(quick, (None, forms_of_any(word, language)))


class KnownFormsTest(unittest.TestCase):
    def test_are_bounded_and_those_that_come_often_stay(self):
        known = KnownForms("en")
        with mock.patch.object(folding, "MOST_KNOWN", 10):
            often = known["bridges"]
            for number in range(100):
                known[f"word{number}"]
                self.assertIs(known["bridges"], often)
            self.assertLessEqual(len(known) + len(known.before), 20)
