from django.test import TestCase

from articles.models import Note
from articles.publishing import Gone, Refused, put_in_bin, return_to_draft, submit
from articles.publishing.notes.words import AROUND, MOST_MARKED, Words
from articles.publishing.notes.writing import (
    LONGEST,
    edit_note,
    remove_note,
    reopen,
    resolve,
    write_note,
)
from tests import factories as make


class NotesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana, cls.ben = make.editor("ana"), make.editor("ben")
        cls.article = make.article(headline="The wall")
        cls.note = write_note(cls.article, "Says who?", by=cls.ana)

    def refused(self, sentence):
        return self.assertRaisesMessage(Refused, sentence)

    def test_a_note_of_two_people_is_two_rows(self):
        answer = write_note(self.article, "She does.", by=self.ben, thread=self.note.pk)
        (thread,) = self.article.notes.threads()
        self.assertEqual((thread, list(thread.answers.all())), (self.note, [answer]))
        self.assertEqual([thread.who, answer.who], ["ana", "ben"])

    def test_keeps_the_marked_words_and_what_stands_around_them_and_not_the_body(self):
        words = Words.cleaned("four\n metres", "x" * 90 + " is ", " high" + "y" * 90)
        body = self.article.body
        note = write_note(self.article, "Six?", by=self.ben, words=words)
        note.refresh_from_db()
        self.assertEqual((note.quote, note.before), ("four metres", "x" * (AROUND - 4) + " is "))
        self.assertEqual((note.after[:5], len(note.after)), (" high", AROUND))
        self.article.refresh_from_db()
        self.assertEqual(self.article.body, body)
        self.assertEqual(Words.cleaned(" \0", "a", "b"), Words())
        self.assertEqual(len(Words.cleaned("z" * 5000).quote), MOST_MARKED)

    def test_who_has_no_account_has_the_name_that_they_typed(self):
        note = write_note(self.article, "I never said so.", by=None, name="  Nessa \n Roe" + "e" * 99)
        self.assertTrue(note.is_comment)
        self.assertEqual((note.who[:9], len(note.who)), ("Nessa Roe", 80))
        self.assertEqual(write_note(self.article, "Mine.", by=self.ana, name="Ben").name, "")

    def test_only_who_wrote_a_note_changes_it_and_only_as_it_was_shown(self):
        with self.refused("somebody else's"):
            edit_note(self.note, "No.", by=self.ben, seen=1)
        with self.refused("somebody else's"):
            remove_note(self.note, by=self.ben, seen=1, may_moderate=True)
        edited = edit_note(self.note, "Who says so?", by=self.ana, seen=1)
        self.assertEqual((edited.text, edited.version, edited.edited_at is None), ("Who says so?", 2, False))
        for act in (
            lambda: edit_note(self.note, "From another window", by=self.ana, seen=1),
            lambda: remove_note(self.note, by=self.ana, seen=1),
            lambda: resolve(self.note, by=self.ben, seen=1),
        ):
            with self.refused("has changed since it was shown"):
                act()
        self.assertEqual(Note.objects.get().text, "Who says so?")
        self.assertEqual(edit_note(self.note, "Who says so?", by=self.ana, seen=2).version, 2)

    def test_what_was_answered_stays_below_a_note_that_was_removed(self):
        answer = write_note(self.article, "She does.", by=self.ben, thread=self.note.pk)
        remove_note(self.note, by=self.ana, seen=1)
        (thread,) = self.article.notes.threads()
        self.assertEqual((thread.text, list(thread.answers.all())), ("", [answer]))
        with self.refused("Somebody has removed this note"):
            edit_note(self.note, "Again", by=self.ana, seen=2)
        remove_note(answer, by=self.ben, seen=1)
        with self.refused("Somebody has removed this note"):
            edit_note(answer, "Again", by=self.ben, seen=1)
        with self.refused("removed this thread"):
            write_note(self.article, "To what?", by=self.ben, thread=answer.pk)

    def test_who_moderates_removes_comments(self):
        note = write_note(self.article, "Buy this.", by=None, name="Nessa")
        with self.refused("somebody else's"):
            remove_note(note, by=self.ana, seen=1)
        remove_note(note, by=self.ana, seen=1, may_moderate=True)
        self.assertEqual(Note.objects.get(), self.note)

    def test_a_thread_is_resolved_and_an_answer_opens_it_again(self):
        other = write_note(self.article, "A comma is missing.", by=self.ben)
        done = resolve(self.note, by=self.ben, seen=1)
        self.assertEqual((done.resolved_by, done.version), (self.ben, 2))
        self.assertEqual(resolve(self.note, by=self.ana, seen=2).resolved_by, self.ben)
        self.assertEqual(list(self.article.notes.threads()), [other, self.note])
        self.assertEqual(list(self.article.notes.open()), [other])
        write_note(self.article, "Not quite.", by=self.ana, thread=self.note.pk)
        self.note.refresh_from_db()
        self.assertIsNone(self.note.resolved_at)
        resolve(self.note, by=self.ana, seen=3)
        self.assertEqual(reopen(self.note, seen=4).resolved_at, None)

    def test_its_state_is_another_one_after_each_change(self):
        states = [self.article.notes.state()]
        for act in (
            lambda: write_note(self.article, "She does.", by=self.ben, thread=self.note.pk),
            lambda: edit_note(self.note, "Who?", by=self.ana, seen=1),
            lambda: resolve(self.note, by=self.ben, seen=2),
            lambda: Note.objects.exclude(pk=self.note.pk).get().delete(),
        ):
            act()
            states.append(self.article.notes.state())
        self.assertEqual(len(set(states)), len(states))

    def test_refuses_what_is_no_note(self):
        for text, sentence in ((" \0\n", "Write something first"), ("x" * (LONGEST + 1), "5,001")):
            with self.subTest(sentence), self.refused(sentence):
                write_note(self.article, text, by=self.ana)
        put_in_bin(self.article, by=self.ana)
        with self.assertRaises(Gone):
            write_note(self.article, "Why?", by=self.ana)

    def test_the_reason_for_sending_back_is_a_note(self):
        article = submit(make.article(), by=self.ana)
        return_to_draft(article, by=self.ben, reason="Who says that it leaks?")
        note = article.notes.get()
        self.assertEqual((note.text, note.by, note.kind), ("Who says that it leaks?", self.ben, "back"))
        return_to_draft(submit(make.article(), by=self.ana), by=self.ben)
        self.assertEqual(Note.objects.filter(kind="back").count(), 1)
