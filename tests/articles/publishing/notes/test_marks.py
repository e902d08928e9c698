from dataclasses import replace

from django.test import SimpleTestCase, TestCase

from articles import publishing
from articles.models import Note
from articles.publishing import Content
from articles.publishing.notes.marks import (
    changed_pieces,
    changed_words,
    moved_end,
    moved_start,
    renew_marks,
    text_of,
)
from articles.publishing.notes.words import Words
from articles.publishing.notes.writing import resolve, write_note
from tests import factories as make

BODY = "<p>The wall is four metres high.</p><p>Nobody knows why it leaks.</p>"
# Each differs a little from the one before; of the first one nothing is left in the last.
STEPS = (
    "The dam is four metres high.",
    "The dam was four metres tall.",
    "The dam was about four metres tall, they say.",
    "The dam was about five metres tall, they say.",
    "Its dam was about five yards tall, they say.",
    "Its dam had nearly five yards, as is said.",
    "Last year its dam had nearly five yards of height.",
)


class MarksTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana = make.editor("ana")
        cls.article = make.article(body=BODY, by=cls.ana)
        words = Words("four metres", "The wall is ", " high. Nobody knows why it leaks.")
        cls.note = write_note(cls.article, "Six?", by=cls.ana, words=words)

    def save(self, *paragraphs, article=None):
        body = "".join(f"<p>{each}</p>" for each in paragraphs)
        article = article or self.article
        self.article = publishing.save_draft(
            article, replace(Content.newest(article), body=body), by=self.ana
        )
        return self.marked()

    def marked(self):
        note = Note.objects.get(pk=self.note.pk)
        return note.quote_now or note.quote

    def test_a_mark_whose_words_and_surroundings_change_step_by_step_stays(self):
        marked = [self.save(step, f"Nobody knows {number}.") for number, step in enumerate(STEPS)]
        self.assertEqual(marked, ["four metres"] * 3 + ["five metres"] + ["five yards"] * 3)
        note = Note.objects.get()
        self.assertEqual((note.quote, note.version), ("four metres", 1))
        self.assertEqual(note.before, "Last year its dam had nearly ")
        self.assertTrue(note.after.startswith(" of height. Nobody knows 6."))

    def test_of_the_same_words_twice_it_keeps_to_its_own(self):
        self.save("It is four metres wide.", "The wall is four metres high.", "Nobody knows.")
        self.save("It is nine metres wide.", "The wall is four metres high.", "Nobody knows.")
        note = Note.objects.get()
        self.assertEqual((note.quote_now, note.before[-12:]), ("", "The wall is "))

    def test_words_that_are_gone_are_kept_and_found_again_when_they_come_back(self):
        self.assertEqual(self.save("Nobody knows why it leaks."), "four metres")
        self.assertEqual(self.save("Now it is four metres high."), "four metres")
        self.save("Now it is six metres high.")
        self.assertEqual(self.marked(), "six metres")

    def test_a_part_that_is_written_anew_takes_no_mark_along(self):
        self.assertEqual(self.save("Quite another story. " * 40), "four metres")

    def test_follows_what_is_published_and_what_is_discarded(self):
        live = publishing.publish(
            self.article, replace(Content.of(self.article), body=BODY.replace("four", "five")), by=self.ana
        )
        self.assertEqual(self.marked(), "five metres")
        self.save("The wall is six metres high.", article=live)
        self.assertEqual(self.marked(), "six metres")
        publishing.discard_working_copy(self.article, by=self.ana)
        self.assertEqual(self.marked(), "five metres")

    def test_whoever_has_the_article_open_gets_the_new_words(self):
        state = self.article.notes.state()
        self.save("The wall is six metres high.")
        self.assertNotEqual(self.article.notes.state(), state)

    def test_costs_one_query_without_notes_and_two_with_many(self):
        for _ in range(5):
            write_note(self.article, "Six?", by=self.ana, words=Words("leaks"))
        without = make.article()
        with self.assertNumQueries(1):
            renew_marks(without, BODY, "<p>Two</p>")
        with self.assertNumQueries(2):
            renew_marks(self.article, BODY, BODY.replace("why it", "that it"))
        with self.assertNumQueries(0):
            renew_marks(self.article, BODY, BODY)

    def test_a_thread_that_is_resolved_has_no_mark(self):
        resolve(self.note, by=self.ana, seen=1)
        self.assertEqual(self.save("The wall is six metres high."), "four metres")


class FollowingTests(SimpleTestCase):
    def follow(self, old, new, words):
        pieces = list(changed_pieces(old, new))
        start = old.index(words)
        return new[moved_start(start, pieces) : moved_end(start + len(words), pieces)]

    def test_what_is_put_before_and_after_the_words_is_not_theirs(self):
        for new, words in (
            ("a new b c d", "b c"),
            ("a b c new d", "b c"),
            ("a b new c d", "b new c"),
            ("a b d", "b"),
            ("new words", "new words"),
            ("a b c d", "b c"),
            ("", ""),
        ):
            with self.subTest(new):
                self.assertEqual(self.follow("a b c d", new, "b c").strip(), words)

    def test_each_word_of_a_long_text_is_followed_through_changes_around_it(self):
        old = " ".join(f"word{number}" for number in range(3_000))
        new = old.replace("word7", "other7").replace("word1499 ", "")
        for number in (0, 6, 800, 1498, 1500, 2999):
            self.assertEqual(self.follow(old, new, f"word{number}"), f"word{number}")

    def test_reads_a_body_as_the_editor_does(self):
        body = "<h2>One</h2>\n<ul><li>two&nbsp; <b>th</b>ree</li>\n<li>four</li></ul>"
        self.assertEqual(text_of(body), "One two three four")


class RepeatedWordsTests(SimpleTestCase):
    """A text of few words that come again and again has a square of places where it is like another one."""

    def test_words_that_make_up_the_text_are_not_compared_one_by_one(self):
        table, other = ["1 ", "0 "] * 900, ["0 ", "1 ", "1 "] * 600
        self.assertLessEqual(len(changed_words(table, other)), 3)

    def test_what_stands_between_them_is_still_followed(self):
        table = "1 0 " * 300
        old, new = f"Results {table}of the day {table}end", f"The results {table}of that day {table}here"
        pieces = list(changed_pieces(old, new))
        at = old.index("day")
        self.assertEqual(new[moved_start(at, pieces) : moved_end(at + 3, pieces)], "day")
