import unittest

from articles.search.question import read_question
from articles.search.snippets import LENGTH, marked, snippet

BODY = (
    "The harbour was quiet.\nNobody had expected the Fathom’s wall to hold, and it did. " + "Rain fell. " * 60
) + "Then a storm took the wall and the harbour with it, on a Monday. The end."


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def ask(text):
    return read_question(text, ("en",))


class SnippetTest(unittest.TestCase):
    def test_shows_the_place_with_most_words_of_the_question(self):
        found = shown(snippet(BODY, ask("harbour walls storm"), "en"))
        self.assertEqual(
            found, "Then a [storm] took the [wall] and the [harbour] with it, on a Monday. The end."
        )

    def test_says_where_it_begins_or_ends_within_a_sentence(self):
        text = "word " * 40 + "the wall " + "word " * 60
        found = shown(snippet(text, ask("wall"), "en"))
        self.assertTrue(found.startswith("…word") and found.endswith("word…"), found)

    def test_marks_words_as_they_were_written(self):
        self.assertIn("the [Fathom’s] wall", shown(snippet(BODY, ask("fathom"), "en")))
        self.assertEqual(
            shown(marked("Ein Café in 東京都", ask("cafe 京都"), "de")), "Ein [Café] in 東[京都]"
        )

    def test_marks_phrases_whole_and_only_where_they_stand(self):
        found = shown(marked("A wall of sea, a sea wall.", ask('"sea wall"'), "en"))
        self.assertEqual(found, "A wall of sea, a [sea wall].")

    def test_is_empty_if_no_word_stands_in_the_text(self):
        self.assertEqual(snippet(BODY, ask("glacier"), "en"), [])

    def test_is_short_even_where_there_is_no_space(self):
        text = "猫" + "漢" * 5000
        self.assertLess(len(shown(snippet(text, ask("猫"), "ja"))), LENGTH + 20)

    def test_leaves_escaping_to_whoever_shows_it(self):
        text = "A <b>wall</b> & more"
        self.assertEqual(shown(marked(text, ask("wall"), "en")), "A <b>[wall]</b> & more")
