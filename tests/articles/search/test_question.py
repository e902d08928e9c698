import unittest

from hypothesis import given
from hypothesis import strategies as st

from articles.search.question import LONGEST, MOST_TERMS, Question, read_question


def read(text, **more):
    return read_question(text, ("en",), **more)


def spelled(terms):
    return [" ".join(term.phrase) or (term.forms or term.beginnings)[0] for term in terms]


class QuestionTest(unittest.TestCase):
    def test_reads_words_phrases_and_what_must_not_occur(self):
        question = read('Harbour “sea WALL” -storms -"high tide" towns')
        self.assertEqual(spelled(question.terms), ["harbour", "sea wall", "towns"])
        self.assertEqual(spelled(question.excluded), ["storms", "high tide"])

    def test_asks_for_a_word_in_its_language_and_plainly(self):
        self.assertEqual(set(read("railways").terms[0].forms), {"railways", "~railway", "railway"})
        self.assertEqual(read("railways").terms[0].typed, "railways")

    def test_takes_no_minus_inside_a_word_for_one(self):
        self.assertEqual(spelled(read("twenty-one").terms), ["twenty", "one"])
        self.assertEqual(read("twenty-one - two").excluded, ())

    def test_closes_a_phrase_that_is_left_open(self):
        self.assertEqual(spelled(read('"sea wall').terms), ["sea wall"])

    def test_takes_apostrophes_for_no_quotation_marks(self):
        self.assertEqual(spelled(read("O’Brien's o'brien").terms), ["obriens", "obrien"])
        self.assertIn("ecole", read_question("l’école", ("fr",)).terms[0].forms)

    def test_reads_pairs_as_a_phrase_and_one_character_as_a_beginning(self):
        self.assertEqual(read("東京都庁").terms[0].phrase, ("東京", "京都", "都庁"))
        self.assertEqual(read("東京").terms[0].forms, ("東京",))
        self.assertEqual(read("猫").terms[0].beginnings, ("猫",))
        self.assertEqual(spelled(read("2025年の予算").terms), ["2025", "年の の予 予算"])

    def test_lets_the_last_word_go_on_while_it_is_typed(self):
        question = read("sea harb", is_unfinished=True)
        self.assertEqual([term.beginnings for term in question.terms], [(), ("harb",)])
        self.assertEqual(read("sea harb ", is_unfinished=True).terms[1].beginnings, ())
        self.assertEqual(read("ha", is_unfinished=True).terms[0].beginnings, ())

    def test_is_empty_without_anything_to_look_for(self):
        for text in ("", " ", '"', "-", '""', "—", "😀", "%_*:()"):
            with self.subTest(text=text):
                self.assertTrue(read(text).is_empty)
        self.assertFalse(Question(facts=(("@s1",),)).is_empty)

    def test_is_cut_where_it_is_too_long(self):
        for text in ("x" * (LONGEST + 1), " ".join(f"word{number}" for number in range(20))):
            question = read(text)
            self.assertTrue(question.is_cut)
            self.assertLessEqual(len(question.terms), MOST_TERMS)

    @given(st.text())
    def test_reads_any_string(self, text):
        question = read(text, is_unfinished=True)
        for term in (*question.terms, *question.excluded):
            self.assertTrue(term.phrase or term.forms or term.beginnings)
