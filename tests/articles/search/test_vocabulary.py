import datetime
import unittest

from django.test import TestCase

from articles.search.documents import Texts, document
from articles.search.vocabulary import likely, mistakes, note_words

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)


def texts(body):
    return document(Texts(1, NOON, "en", "", "", "", body))


class MistakesTest(unittest.TestCase):
    def test_counts_letters(self):
        for word, other, number in (
            ("railway", "railway", 0),
            ("raliway", "railway", 1),
            ("railwy", "railway", 1),
            ("raillway", "railway", 1),
            ("reilway", "railway", 1),
            ("ralway", "railways", 2),
        ):
            with self.subTest(word=word):
                self.assertEqual(mistakes(word, other, 2), number)

    def test_gives_up_on_other_words(self):
        self.assertGreater(mistakes("harbour", "railway", 2), 2)


class LikelyTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        note_words([texts("The railway embassy, governments and Häuser."), texts("Railway")], is_public=True)
        note_words([texts("A secretword")], is_public=False)

    def test_finds_the_word_that_was_meant(self):
        for typed, meant in (
            ("railwya", "railway"),
            ("raliway", "railway"),
            ("raiway", "railway"),
            ("embasy", "embassy"),
            ("goverments", "governments"),
            ("govermentz", "governments"),
            ("hauzer", "hauser"),
        ):
            with self.subTest(typed=typed):
                self.assertEqual(likely(typed, is_public=True), [meant])

    def test_finds_none_for_a_word_that_is_known_or_too_short(self):
        for typed in ("railway", "teh", "", "x" * 100, "12345"):
            with self.subTest(typed=typed):
                self.assertEqual(likely(typed, is_public=True), [])

    def test_keeps_the_words_of_the_desk_from_readers(self):
        self.assertEqual(likely("secretwrod", is_public=True), [])
        self.assertEqual(likely("secretwrod", is_public=False), ["secretword"])
